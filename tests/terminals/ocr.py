#!/usr/bin/env python3
"""Reads pictures of khabar in a terminal and compares them with what was imported.

    ocr.py judge --pages DIR --rows N --columns N --expected right|wrong|free --bidi MODE NAME DIR
    ocr.py none --expected right|wrong|free --bidi MODE NAME
    ocr.py table [--markdown] FILE
    ocr.py tap FILE

judge reads DIR/list.png and DIR/PAGE.png, writes DIR/read.txt (every line wanted and got) and
prints one JSON object on a line; none prints the one of a terminal that gave no pictures; a table,
and what a test says in TAP, is made of such lines.  Exit status: 0 as expected, 1 not or a tool is missing.

Needs tesseract with ara, fas, heb, urd and eng, and ImageMagick.  Error rates are edits per
character after folding: what OCR cannot tell apart (kinds of yeh, digits, quotes) is one.
Tesseract also reads Arabic letters that are not joined, so joining is counted by itself:
the pieces of ink in a row against the pieces its letters make when they join.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

PAGES = ('ar', 'fa', 'he', 'ur', 'mixed')
LANGUAGE = {'ar': 'ara', 'fa': 'fas', 'he': 'heb', 'ur': 'urd'}

# Where the reader puts things, in rows and columns from 0.
TITLE_ROW = 1
BODY_ROW = 4      # the first paragraph; each has one row, and a blank one behind
LIST_ROW = 1      # the first headline, newest (imported last) first
LIST_COLUMN = 9   # behind the marks and the day

SCALE = 3
INK = 90          # difference from the ground that is ink, of 255

# Error rates up to which a page is right, and those aimed at.
LIMIT = {'ar': 0.08, 'fa': 0.12, 'he': 0.08, 'ur': 0.12, 'mixed': 0.20}
GOAL = {'ar': 0.02, 'fa': 0.05, 'he': 0.02, 'ur': 0.05, 'mixed': 0.20}
UNJOINED_LIMIT = 0.25


# ---- pictures ----

class Picture:
    """Grey, `width` bytes a row."""

    def __init__(self, width, height, data):
        self.width, self.height, self.data = width, height, data

    def row(self, y):
        return self.data[y * self.width:(y + 1) * self.width]

    def crop(self, left, top, right, bottom):
        left, right = max(0, left), min(self.width, right)
        top, bottom = max(0, top), min(self.height, bottom)
        return Picture(right - left, bottom - top,
                       b''.join(self.row(y)[left:right] for y in range(top, bottom)))

    def ground(self):
        """The grey there is most of."""
        return max(range(256), key=self.data.count)

    def inked(self):
        """For each column whether there is ink."""
        ground = self.ground()
        lut = bytes(1 if abs(v - ground) > INK else 0 for v in range(256))
        bits = self.data.translate(lut)
        return [any(bits[x::self.width]) for x in range(self.width)]

    def dark_on_light(self):
        if self.ground() >= 128:
            return self
        return Picture(self.width, self.height, self.data.translate(bytes(range(255, -1, -1))))

    def pgm(self, margin):
        side = b'\xff' * margin
        wide = self.width + 2 * margin
        body = b''.join(side + self.row(y) + side for y in range(self.height))
        edge = b'\xff' * (wide * margin)
        return b'P5 %d %d 255\n' % (wide, self.height + 2 * margin) + edge + body + edge


def read_picture(path, scale=1):
    command = ['convert', path, '-alpha', 'off', '-colorspace', 'gray', '-depth', '8']
    if scale != 1:
        command += ['-filter', 'triangle', '-resize', '%d%%' % (100 * scale)]
    pgm = run(command + ['pgm:-'])
    found = re.match(rb'P5\s(\d+)\s(\d+)\s255\s', pgm)
    return Picture(int(found[1]), int(found[2]), pgm[found.end():])


def grid_of(picture):
    """Without what a window has around its cells: from the bar above to the one below."""
    ground = picture.ground()
    lut = bytes(1 if abs(v - ground) > INK else 0 for v in range(256))
    filled = [picture.row(y).translate(lut).count(1) > 0.6 * picture.width
              for y in range(picture.height)]
    thick = 4 * SCALE  # a frame around the window is thinner
    tops = [y for y in range(picture.height - thick) if all(filled[y:y + thick])]
    if not tops:
        return picture
    top, bottom = tops[0], tops[-1] + thick
    bar = picture.row(top + thick // 2).translate(lut)
    # Columns that are filled from edge to edge of the bar, without the frame beside it.
    left, right = bar.index(1), bar.rindex(1) + 1
    gap = bar.find(bytes(thick // 2), left, left + 2 * thick)
    left = bar.index(1, gap) if gap >= 0 else left
    gap = bar.rfind(bytes(thick // 2), right - 20 * thick, right)
    right = bar.rindex(1, 0, gap) + 1 if gap >= 0 and right - gap < 4 * thick else right
    return picture.crop(left, top, right, bottom)


def run(command, **more):
    try:
        return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, **more).stdout
    except FileNotFoundError:
        sys.exit('ocr.py: %s is not installed' % command[0])
    except subprocess.CalledProcessError as failure:
        sys.exit('ocr.py: %s: %s' % (command[0], failure.stderr.decode('utf-8', 'replace')))


def trimmed(picture):
    """Without the ground left and right of the ink."""
    inked = picture.inked()
    if True not in inked:
        return None
    left = inked.index(True)
    right = len(inked) - inked[::-1].index(True)
    return picture.crop(left - SCALE, 0, right + SCALE, picture.height)


def pieces(picture):
    """Runs of columns that have ink."""
    inked = picture.inked()
    return sum(now and not before for before, now in zip([False] + inked, inked))


# ---- text ----

SAME = {}
for one, others in {
        'ي': 'ىیےېئۓ', 'ك': 'کڪ', 'ه': 'ہھەۀةۃۂ', 'ا': 'أإآٱ', 'و': 'ؤ', 'ن': 'ں',
        '"': '“”„«»״', "'": '’‘׳`', '-': '–—־', '.': '۔٫', ',': '،٬', ';': '؛', '?': '؟',
}.items():
    for other in others:
        SAME[ord(other)] = one
for digit in range(10):
    SAME[0x660 + digit] = SAME[0x6F0 + digit] = str(digit)


def folded(text):
    text = unicodedata.normalize('NFKC', text).translate(SAME)
    text = unicodedata.normalize('NFD', text)
    kept = (c for c in text if unicodedata.category(c) not in ('Mn', 'Me', 'Cf') and c != 'ـ')
    return re.sub(r'\s+', ' ', ''.join(kept).translate(SAME)).strip()


def edits(a, b):
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        now = [i]
        for j, y in enumerate(b, 1):
            now.append(min(before[j] + 1, now[-1] + 1, before[j - 1] + (x != y)))
        before = now
    return before[-1]


def reversals(text):
    words = text.split(' ')
    return (text[::-1], ' '.join(w[::-1] for w in words), ' '.join(reversed(words)))


# Letters that do not join the one behind them.
RIGHT_JOINING = set('آأؤإاةدذرزوٱڈڑژۆۇےۓە')


def ink_of(text):
    """(joints, pieces) of a text whose letters join; None where pieces cannot be foretold."""
    joints = count = 0
    joining = False
    previous = ''
    for c in unicodedata.normalize('NFC', text):
        kind = unicodedata.category(c)
        if kind in ('Mn', 'Cf') and c != '\u200c':
            continue
        if '\u0620' <= c <= '\u06d5' and kind == 'Lo':
            if previous == 'ل' and joining and c in 'اأإآ':
                joining = False  # a ligature: one piece either way
            elif c == 'ء':
                count, joining = count + 1, False
            else:
                joints += joining
                count += not joining
                joining = c not in RIGHT_JOINING
        else:
            joining = False
            if kind in ('Nd', 'Po', 'Pd', 'Ps', 'Pe') and c not in '"%':
                count += 1
            elif c != ' ' and c != '\u200c':
                return None
        previous = c
    return joints, count


def language_of(text):
    """For tesseract, of a line of the page of mixed scripts."""
    return ('heb' if re.search('[א-ת]', text) else 'ara') + '+eng'


# ---- reading ----

def tesseract(folder, pictures, language, how):
    names = []
    for number, picture in enumerate(pictures):
        names.append(os.path.join(folder, '%d.pgm' % number))
        with open(names[-1], 'wb') as file:
            file.write(picture.pgm(12 * SCALE))
    listed = os.path.join(folder, 'names')
    with open(listed, 'w') as file:
        file.write('\n'.join(names) + '\n')
    out = run(['tesseract', listed, 'stdout', '-l', language, '--psm', str(how), '--dpi', '300'],
              env=dict(os.environ, OMP_THREAD_LIMIT='1')).decode('utf-8', 'replace')
    return [' '.join(page.split()) for page in out.split('\f')][:len(pictures)]


def read_lines(pictures, language):
    """What is written in each; '' for one that is None."""
    texts = [''] * len(pictures)
    for how in (7, 6, 13):  # a single line; now and then that finds nothing
        open_ones = [i for i, p in enumerate(pictures) if p and not texts[i]]
        if not open_ones:
            break
        with tempfile.TemporaryDirectory() as folder:
            got = tesseract(folder, [pictures[i] for i in open_ones], language, how)
        for i, text in zip(open_ones, got):
            texts[i] = text
    return texts


class Line:
    def __init__(self, where, page, want, picture, language, joins):
        self.where, self.page, self.want = where, page, want
        self.picture, self.language, self.joins = picture, language, joins
        self.got = ''

    def measure(self):
        want, got = folded(self.want), folded(self.got)
        self.length = len(want)
        self.errors = edits(got, want)
        self.reversed = min(edits(got, other) for other in reversals(want))
        self.joints = self.parted = 0
        ink = ink_of(self.want) if self.joins and self.picture else None
        if ink and ink[0] >= 4:
            self.joints = ink[0]
            self.parted = pieces(self.picture) - ink[1]


def lines_of(options, wanted):
    lines = []

    def cut(picture, row, column):
        high, wide = picture.height / options.rows, picture.width / options.columns
        strip = picture.crop(int(column * wide), round(row * high), picture.width,
                             round((row + 1) * high))
        found = trimmed(strip)
        return found.dark_on_light() if found else None

    def add(where, page, want, picture, row, column, joins):
        language = LANGUAGE.get(page) or language_of(want)
        lines.append(Line(where, page, want, cut(picture, row, column), language, joins))

    picture = grid_of(read_picture(os.path.join(options.folder, 'list.png'), SCALE))
    for row, page in enumerate(reversed(PAGES), LIST_ROW):
        add('list', page, wanted[page][0], picture, row, LIST_COLUMN, True)
    for page in PAGES:
        picture = grid_of(read_picture(os.path.join(options.folder, page + '.png'), SCALE))
        # The title is underlined: its pieces cannot be counted.
        add('article', page, wanted[page][0], picture, TITLE_ROW, 0, False)
        for number, want in enumerate(wanted[page][1:]):
            add('article', page, want, picture, BODY_ROW + 2 * number, 0, True)
    return lines


def judge(options):
    wanted = {}
    for page in PAGES:
        with open(os.path.join(options.pages, page + '.txt'), encoding='utf-8') as file:
            wanted[page] = [line.strip() for line in file if line.strip()]
    lines = lines_of(options, wanted)
    for language in sorted({line.language for line in lines}):
        same = [line for line in lines if line.language == language]
        for line, got in zip(same, read_lines([line.picture for line in same], language)):
            line.got = got
    for line in lines:
        line.measure()
    result = summary(options, lines)
    with open(os.path.join(options.folder, 'read.txt'), 'w', encoding='utf-8') as file:
        for line in lines:
            file.write('%s %s: %d of %d wrong, %d of %d joints parted\n  want %s\n  got  %s\n' % (
                line.where, line.page, line.errors, line.length, line.parted, line.joints,
                line.want, line.got))
    print(json.dumps(result, ensure_ascii=False))
    return 0 if result['as_expected'] else 1


def summary(options, lines):
    rates, flipped, parted = {}, {}, {}
    for page in PAGES:
        some = [line for line in lines if line.page == page]
        length = sum(line.length for line in some)
        rates[page] = sum(line.errors for line in some) / length
        flipped[page] = sum(line.reversed for line in some) / length
        joints = sum(line.joints for line in some)
        if joints:
            parted[page] = sum(line.parted for line in some) / joints
    told = {}
    try:
        with open(os.path.join(options.folder, 'told.json'), encoding='utf-8') as file:
            told = json.load(file)
    except (OSError, ValueError):
        pass
    problems = []
    for page in PAGES:
        if rates[page] > LIMIT[page]:
            what = 'reversed' if flipped[page] < rates[page] and flipped[page] < 0.5 else 'garbled'
            problems.append('%s %s' % (page, what))
        elif parted.get(page, 0) > UNJOINED_LIMIT:
            problems.append('%s unjoined' % page)
    right = not problems
    said = content(options, 'errors')
    if said:
        problems.append('on stderr: ' + said.splitlines()[0])
    newest = next(line.want for line in lines if line.page == PAGES[-1])
    copy, wrong_copy = copying(options, newest, told.get('clipboard'))
    return {
        'name': options.name, 'bidi': options.bidi, 'expected': options.expected,
        'terminal': told.get('terminal', '?'), 'mode': told.get('mode', '?'),
        'sure': told.get('sure', '?'), 'rates': rates, 'unjoined': parted,
        'verdict': ', '.join(problems) or 'right',
        'goal': right and all(rates[page] <= GOAL[page] for page in PAGES),
        'copy': copy,
        'as_expected': not wrong_copy and not said and (
            options.expected == 'free' or (options.expected == 'right') == right),
    }


def content(options, name):
    try:
        with open(os.path.join(options.folder, name), encoding='utf-8') as file:
            return file.read().strip()
    except OSError:
        return None


def copying(options, title, told):
    """What came of the key that copies the title, and whether khabar promised something else."""
    copied, osc52 = content(options, 'copied'), content(options, 'osc52')
    if copied is None:
        return '-', False
    taken = osc52 == 'khabar'
    if copied == title:
        return 'yes', told == 'none'
    if copied not in ('', 'nothing'):
        return 'OTHER TEXT', True
    if content(options, 'primary') == title:
        return 'primary', False
    if told == 'on' or (told == 'none' and taken):
        return 'NO, and khabar says %s' % told, True
    return 'no', False


def no_pictures(options):
    print(json.dumps({
        'name': options.name, 'bidi': options.bidi, 'expected': options.expected, 'mode': '?',
        'rates': {}, 'unjoined': {}, 'verdict': 'no pictures', 'goal': False, 'copy': '-',
        'as_expected': False}))
    return 1


# ---- table ----

def cells_of(row):
    parted = ['%.2f' % row['unjoined'][p] if p in row['unjoined'] else '-' for p in ('ar', 'fa', 'ur')]
    verdict = row['verdict']
    if row['expected'] == 'crash':
        verdict = "the shell's Arabic after SIGSEGV: " + verdict
    elif row['expected'] == 'wrong':
        verdict += ' (control: %s)' % ('as it must be' if row['as_expected'] else 'NOT FOUND WRONG')
    elif verdict == 'right' and not row['goal']:
        verdict += ', above goal'
    return ([row['name'], row['mode'] if row['bidi'] == 'auto' else row['bidi'] + ' (forced)'] +
            ['%.1f' % (100 * row['rates'][page]) if row['rates'] else '-' for page in PAGES] + ['/'.join(parted), row['copy'], verdict])


HEAD = ['setup', 'mode', 'ar %', 'fa %', 'he %', 'ur %', 'mixed %', 'unjoined ar/fa/ur', 'copy', 'verdict']

PREFACE = """# khabar in real terminals

Made by `tests/terminals/run`: pictures of a list and of articles (`tests/terminals/pages`) read by
tesseract; errors per character after folding, in percent, and the share of joints between
letters that are parted.  Goals: 2 % for Arabic and Hebrew, 5 % for Persian and Urdu, 20 % for
lines of mixed scripts, which tesseract itself reads worse.  In the controls a wrong mode is forced.
Copy: whether the title was in the clipboard of the desktop after khabar's key for copying (xterm is
told to allow OSC 52, the others run as they come).  Primary: it was in the selection that the middle
button of the mouse pastes, as tmux asks for in xterm.

"""


def table(options):
    with open(options.file, encoding='utf-8') as file:
        rows = [cells_of(json.loads(line)) for line in file]
    if options.markdown:
        print(PREFACE, end='')
        for cells in [HEAD, ['---'] * len(HEAD)] + rows:
            print('| ' + ' | '.join(cells) + ' |')
        return 0
    widths = [max(len(row[i]) for row in [HEAD] + rows) for i in range(len(HEAD))]
    for cells in [HEAD] + rows:
        print('  '.join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip())
    return 0


def tap(options):
    with open(options.file, encoding='utf-8') as file:
        rows = [json.loads(line) for line in file]
    print('1..%d' % len(rows))
    for number, row in enumerate(rows, 1):
        print('%s %d - %s: %s' % ('ok' if row['as_expected'] else 'not ok', number, row['name'],
                                  row['verdict'].replace('#', '')) +
              (' # SKIP' if row.get('skipped') else ''))
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    for name, do in (('judge', judge), ('none', no_pictures)):
        one = commands.add_parser(name)
        one.add_argument('--expected', choices=('right', 'wrong', 'free'), default='right')
        one.add_argument('--bidi', default='auto')
        one.add_argument('name')
        one.set_defaults(do=do)
        if do is judge:
            one.add_argument('--pages', required=True)
            one.add_argument('--rows', type=int, required=True)
            one.add_argument('--columns', type=int, required=True)
            one.add_argument('folder')
    other = commands.add_parser('table')
    other.add_argument('--markdown', action='store_true')
    other.add_argument('file')
    other.set_defaults(do=table)
    other = commands.add_parser('tap')
    other.set_defaults(do=tap)
    other.add_argument('file')
    options = parser.parse_args()
    return options.do(options)


if __name__ == '__main__':
    sys.exit(main())
