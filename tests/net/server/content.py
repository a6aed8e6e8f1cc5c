"""Plausible news in six languages, always the same for the same seed; all of it made up."""

import functools
import json
import time
from email.utils import formatdate
from html import escape

FIRST_DATE = 1700000000  # of article 0
SPACING = 3600           # seconds between two articles

LANGUAGES = {
    "ar": {
        "name": "صحيفة الضفة", "rtl": True,
        "who": ["وزارة النقل", "بلدية المدينة", "اتحاد الكتّاب", "فريق من الباحثين",
                "لجنة المياه", "جمعية الصيادين", "متحف الخزف"],
        "does": ["تفتتح خطّا جديدا للقطار", "تعلن خطة الصيف", "تناقش أسعار القمح",
                 "تعرض نتائج المسح", "تحذّر من موجة حرّ", "تكشف عن لوحة نادرة"],
        "where": ["في الميناء القديم", "جنوب الوادي", "على ساحل البحر", "قرب الجسر الكبير",
                  "في سوق الحدّادين"],
        "text": ["قال شهود إن الأعمال بدأت قبل 18 شهرا وإن الموقع https://example.org/دليل يعرض "
                 "الصور والخرائط.", "وأضاف البيان أن العدد بلغ 4,250 زائرا يومي 4 و5 مايو، "
                 "أي بزيادة 12.5% عن العام الماضي.", "ولم تُعرف بعدُ كلفة المشروع، "
                 "لكن مهندسا في شركة Delta Works قدّرها بنحو ثلاثة ملايين."],
    },
    "fa": {
        "name": "روزنامهٔ سپیدار", "rtl": True,
        "who": ["شهرداری", "انجمن نویسندگان", "سازمان هواشناسی", "گروهی از پژوهشگران",
                "کتابخانهٔ ملی", "خانهٔ موسیقی"],
        "does": ["برنامهٔ تازه‌ای می‌نویسد", "از باران‌های پاییزی می‌گوید",
                 "نمایشگاهی برپا می‌کند", "گزارش سالانه را می‌خواند", "درختان کهن را می‌شمارد"],
        "where": ["در کنار رودخانه", "در دامنهٔ کوه", "در شهر بندری", "در بازار فرش",
                  "در روستاهای شمال"],
        "text": ["به گفتهٔ مسئولان، کار از ۱۲ سال پیش آغاز شده و هنوز به پایان نرسیده است.",
                 "بازدیدکنندگان می‌توانند از ساعت ۸ تا ۱۷ به نشانی https://example.org/bazar "
                 "سر بزنند.", "هزینهٔ این طرح روشن نیست؛ یکی از کارشناسان آن را ۳٫۵ میلیارد "
                 "برآورد می‌کند."],
    },
    "ur": {
        "name": "روزنامہ چراغ", "rtl": True,
        "who": ["وزارتِ تعلیم", "شہری انتظامیہ", "مصنفین کی انجمن", "ماہرینِ آب",
                "کسانوں کی تنظیم"],
        "does": ["نے نئی لائبریری کھول دی", "نے موسمِ گرما کا منصوبہ پیش کیا",
                 "نے گندم کی قیمتوں پر بات کی", "نے سالانہ رپورٹ جاری کی",
                 "نے پرانے درخت گنے"],
        "where": ["دریا کے کنارے", "پہاڑ کے دامن میں", "بندرگاہ کے شہر میں", "بڑے بازار میں"],
        "text": ["حکام کے مطابق یہ کام ۱۸ ماہ پہلے شروع ہوا تھا۔",
                 "ویب سائٹ https://example.org/ur پر تصویریں اور نقشے موجود ہیں۔",
                 "ایک انجینئر نے کہا کہ لاگت تین کروڑ سے زیادہ نہیں ہو گی۔"],
    },
    "he": {
        "name": "עיתון הגבעה", "rtl": True,
        "who": ["עיריית הנמל", "איגוד הספרנים", "צוות החוקרים", "רשות הנחלים",
                "תזמורת הנוער"],
        "does": ["פותחת קו רכבת חדש", "מציגה את תוכנית הקיץ", "דנה במחירי הלחם",
                 "מפרסמת סקר מקיף", "מזהירה מפני חום כבד"],
        "where": ["בנמל הישן", "בצפון הבקעה", "על שפת הים", "ליד הגשר הגדול"],
        "text": ["לפי ההודעה, העבודה החלה לפני 18 חודשים ותסתיים ב־5 ביוני.",
                 "באתר https://example.org/he אפשר לראות תמונות ומפות.",
                 "המחיר אינו ידוע, אך מהנדס של Delta Works העריך אותו ב־3.5 מיליון."],
    },
    "ckb": {
        "name": "ڕۆژنامەی چرا", "rtl": True,
        "who": ["شارەوانی", "یەکێتیی نووسەران", "تیمێکی توێژەران", "کۆمەڵەی جووتیاران"],
        "does": ["پلانی هاوین ڕادەگەیەنێت", "باسی نرخی گەنم دەکات", "کتێبخانەیەکی نوێ دەکاتەوە",
                 "لە باران دەدوێت"],
        "where": ["لە کەنار ڕووبار", "لە داوێنی چیا", "لە بازاڕی گەورە", "لە گوندەکانی باکوور"],
        "text": ["بەپێی ڕاگەیەندراوەکە کارەکە پێش ١٨ مانگ دەستی پێ کردووە.",
                 "لە ماڵپەڕی https://example.org/ckb وێنە و نەخشە هەن.",
                 "هێشتا نازانرێت تێچووی پڕۆژەکە چەندە."],
    },
    "en": {
        "name": "The Riverbank", "rtl": False,
        "who": ["The transport ministry", "The city", "The writers' union", "A research team",
                "The water board", "The ceramics museum"],
        "does": ["opens a new rail line", "announces a summer plan", "debates wheat prices",
                 "shows survey results", "warns of a heat wave", "unveils a rare print"],
        "where": ["at the old harbour", "in the southern valley", "on the coast",
                  "by the long bridge", "in the smiths' market"],
        "text": ["Work began 18 months ago, witnesses said, and photographs & maps are at "
                 "https://example.org/guide.", "Visitors numbered 4,250 on 4 and 5 May, "
                 "12.5% more than a year before.", "What it costs is not known; an engineer "
                 "of Delta Works guessed three million."],
    },
}


def pick(words, seed, number, salt):
    """One of the words; the same for the same numbers."""
    value = (seed * 1000003 + number * 7919 + salt * 104729) & 0xFFFFFFFF
    value = (value ^ value >> 15) * 2246822519 & 0xFFFFFFFF
    return words[(value ^ value >> 13) % len(words)]


class Item:
    def __init__(self, language, seed, number, edition):
        words = LANGUAGES[language]
        self.number = number
        self.guid = f"urn:khabar-test:{language}:{seed}:{number}"
        self.link = f"https://news.example/{language}/{seed}/{number}"
        self.date = FIRST_DATE + number * SPACING
        parts = [pick(words[name], seed, number, salt)
                 for salt, name in enumerate(("who", "does", "where"))]
        self.title = " ".join(parts) + f" ({seed}-{number})"
        self.summary = pick(words["text"], seed, number, 3)
        paragraphs = [pick(words["text"], seed, number, salt) for salt in range(4, 10)]
        if edition:
            paragraphs.append(f"[{edition}]")
        direction = "rtl" if words["rtl"] else "ltr"
        self.html = "".join(
            f'<p dir="{direction}">{escape(text)} <b>{number}</b></p>' for text in paragraphs)
        self.html += f'<p><a href="{self.link}">{escape(self.title)}</a></p>'


def rss_item(item):
    return (f"<item><title>{escape(item.title)}</title><link>{item.link}</link>"
            f'<guid isPermaLink="false">{item.guid}</guid>'
            f"<pubDate>{formatdate(item.date, usegmt=True)}</pubDate>"
            f"<description>{escape(item.summary)}</description>"
            f"<content:encoded><![CDATA[{item.html}]]></content:encoded></item>\n")


def rss(title, language, items, extra):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
            f"<title>{escape(title)}</title><link>https://news.example/{language}</link>"
            f"<description>{escape(title)}</description><language>{language}</language>{extra}\n"
            + "".join(map(rss_item, items)) + "</channel></rss>\n")


def rfc3339(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def atom_entry(item):
    return (f"<entry><title>{escape(item.title)}</title><id>{item.guid}</id>"
            f'<link href="{item.link}"/><updated>{rfc3339(item.date)}</updated>'
            f"<summary>{escape(item.summary)}</summary>"
            f'<content type="html">{escape(item.html)}</content></entry>\n')


def atom(title, language, items, extra):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
            f'xml:lang="{language}"><title>{escape(title)}</title><id>urn:{language}</id>'
            f"<updated>{rfc3339(FIRST_DATE)}</updated>{extra}\n"
            + "".join(map(atom_entry, items)) + "</feed>\n")


def rdf(title, language, items, extra):
    entries = "".join(
        f'<item rdf:about="{item.link}"><title>{escape(item.title)}</title>'
        f"<link>{item.link}</link><dc:date>{rfc3339(item.date)}</dc:date>"
        f"<description>{escape(item.html)}</description></item>\n" for item in items)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/">'
            f'<channel rdf:about="https://news.example/"><title>{escape(title)}</title>'
            f"<link>https://news.example/{language}</link>"
            f"<description>{escape(title)}</description>{extra}</channel>\n{entries}</rdf:RDF>\n")


def json_feed(title, language, items, extra):
    return json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": title, "language": language,
        "items": [{"id": item.guid, "url": item.link, "title": item.title,
                   "content_html": item.html, "summary": item.summary,
                   "date_published": rfc3339(item.date)} for item in items]}, ensure_ascii=False)


FORMATS = {"rss": (rss, "application/rss+xml"), "atom": (atom, "application/atom+xml"),
           "rdf": (rdf, "application/rdf+xml"), "json": (json_feed, "application/feed+json")}


@functools.lru_cache(maxsize=4096)
def feed(language, count, seed, form="rss", title=None, edition=0, extra=""):
    """(bytes, MIME type): articles count-1 down to 0, newest first."""
    make, kind = FORMATS[form]
    items = [Item(language, seed, number, edition) for number in reversed(range(count))]
    name = title if title is not None else f"{LANGUAGES[language]['name']} {seed}"
    return make(name, language, items, extra).encode(), kind


def page(language, links, title=None):
    """An HTML page whose head links to feeds: (address, type, title) each."""
    words = LANGUAGES[language]
    head = "".join(f'<link rel="alternate" type="{escape(kind)}" title="{escape(name)}" '
                   f'href="{escape(address)}">\n' for address, kind, name in links)
    text = "".join(f"<p>{escape(piece)}</p>\n" for piece in words["text"] * 3)
    return (f'<!doctype html>\n<html lang="{language}" dir="{"rtl" if words["rtl"] else "ltr"}">'
            f'<head><meta charset="utf-8"><title>{escape(title or words["name"])}</title>\n'
            f'<link rel="stylesheet" href="/style.css">\n{head}</head>\n<body><h1>'
            f'{escape(words["name"])}</h1>\n{text}</body></html>\n').encode()


def story(language, number, part):
    """A paragraph of ours that no other number and part has."""
    words = LANGUAGES[language]
    texts = [pick(words["text"], number, part, salt) for salt in range(6)]
    return " ".join(texts) + f" [{number}/{part}]"


def article(language, number, part, following):
    """The page of an article, with what else stands on such pages; `following`: rel=next."""
    words = LANGUAGES[language]
    item = Item(language, 1, number, 0)
    link = f'<link rel="next" href="{escape(following)}">' if following else ""
    text = "".join(f"<p>{escape(story(language, number, part * 10 + i))}</p>\n"
                   for i in range(4))
    return (f'<!doctype html>\n<html lang="{language}" dir="{"rtl" if words["rtl"] else "ltr"}">'
            f'<head><meta charset="utf-8"><title>{escape(item.title)}</title>{link}</head>\n<body>'
            f'<nav><a href="/">Home</a> <a href="/all">All of it</a></nav>'
            f'<article><h1>{escape(item.title)}</h1>\n{text}</article>'
            f'<footer><p>All rights reserved, menu, share</p></footer></body></html>\n').encode()


def teasers(language, count, base):
    """RSS whose articles have the first words alone; their pages are at `base` and a number."""
    class Teaser(Item):
        def __init__(self, number):
            super().__init__(language, 1, number, 0)
            self.link = f"{base}{number}"
            self.html = f"<p>{escape(story(language, number, 0))}</p>"
            self.summary = ""
    items = [Teaser(number) for number in reversed(range(count))]
    return rss(LANGUAGES[language]["name"], language, items, "").encode()
