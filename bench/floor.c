/*
 * The floor of bench/first-frame: what ncurses alone needs to put a full screen of
 * presentation forms on the terminal.  Paints every cell but one, waits for a key.
 */
#include <curses.h>
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>

static void paint(void)
{
	enum { FIRST_FORM = 0xFE8F, FORMS = 0xFEFC - FIRST_FORM };
	for (int row = 0; row < LINES; row++) {
		for (int column = 0; column < COLS - (row == LINES - 1); column++) {
			/* Words of five letters and a blank, unlike from row to row. */
			wchar_t text[2] = {L' ', 0};
			if (column % 6 != 5)
				text[0] = FIRST_FORM + (row * 7 + column * 5) % FORMS;
			cchar_t cell;
			attr_t attributes = row == 0 || row == LINES - 1 ? A_REVERSE : A_NORMAL;
			setcchar(&cell, text, attributes, 0, NULL);
			mvadd_wch(row, column, &cell);
		}
	}
}

int main(void)
{
	setlocale(LC_ALL, "");
	if (!initscr())
		return EXIT_FAILURE;
	raw();
	noecho();
	keypad(stdscr, TRUE);
	paint();
	refresh();
	wint_t key;
	get_wch(&key);
	endwin();
	return EXIT_SUCCESS;
}
