#!/bin/sh
# Runs a cmocka program and mends what it says in TAP: a skipped test is "ok ... # SKIP"
# (cmocka says "not ok"), and an exit status that only says that tests failed is no
# failure of its own.  That of a crash stays, and of a leak found at the end.
exec 4>&1
exec 5>&2
status=$({
	{
		"$@" 2>&5 3>&- 4>&- 5>&-
		echo $? >&3
	} | awk '
		/^not ok [0-9]+ # SKIP/ { sub(/^not /, "") }
		/^not ok / { failed++ }
		{ print; fflush() }
		END { exit failed < 250 ? failed : 250 }' >&4
	echo $? >&3
} 3>&1)
# The status of the program, then the number of failed tests.
# shellcheck disable=SC2086 # two words
set -- $status
if [ "$2" -gt 0 ] && [ "$1" -lt 128 ]; then
	exit 0
fi
exit "$1"
