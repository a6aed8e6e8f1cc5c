# khabar killed in a terminal: is the shell's own right-to-left text still what it was?  Sourced by
# run, whose variables and functions it uses.
# shellcheck shell=bash disable=SC2034,SC2154

# What runs in the terminal: the shell's own Arabic, khabar, the same Arabic again; three times.
write_crashing() { # FILE
	cat >"$1-fit" <<-INSIDE
		#!/bin/bash
		export KHABAR_DATADIR=$(q "$top") HOME=$(q "$HOME") LC_ALL=C.UTF-8
		cd $(q "$HOME")
		ulimit -c 0
		until [ -e go ]; do
			stty size >size-new && mv size-new size
			sleep 0.1
		done
		show() { # NAME
			printf '\\033[H\\033[2J\\033[?25l'
			printf '%s\\n' 'مرحبا بالعالم من الصدفة' '\$ echo سلام'
			touch "shown-\$1"
			until [ -e "go-\$1" ]; do sleep 0.1; done
		}
		read_on() { # NAME
			sh -c 'echo \$\$ >"pid-\$0"; exec "\$@"' "\$1" $(q "$program" --db "$work/store") 2>>errors
			stty sane
		}
		show before
		read_on segv
		show segv
		read_on kill
		printf '\\033[?1049l'
		show kill
		$(q "$program") terminal --reset
		show reset
	INSIDE
	chmod +x "$1-fit"
}

await() { # FILE
	for _ in $(seq 100); do
		[ -e "$1" ] && return 0
		sleep 0.1
	done
	return 1
}

# Pictures of the shell: as it was, after SIGSEGV, after SIGKILL (a control: nothing can be restored
# then, so it must differ), and mended.
take_crashes() { # FOLDER
	seen=
	local name
	for name in before segv kill reset; do
		await "$HOME/shown-$name" && picture "$1/$name.png" || return 1
		touch "$HOME/go-$name"
		case $name in
		before) next=segv ;;
		segv) next=kill ;;
		*) continue ;;
		esac
		await "$HOME/pid-$next" && picture "$1/reading-$next.png" || return 1
		kill "-${next^^}" "$(cat "$HOME/pid-$next")"
	done
}

same() { [ "$(convert "$1" rgb:- | cksum)" = "$(convert "$2" rgb:- | cksum)" ]; }

judge_crashes() { # NAME FOLDER
	local verdict=right expected=true
	same "$2/before.png" "$2/segv.png" || verdict="SIGSEGV left another picture"
	same "$2/before.png" "$2/reset.png" || verdict="terminal --reset left another picture"
	! same "$2/before.png" "$2/kill.png" || verdict="SIGKILL left no trace: nothing is shown by this"
	[ "$verdict" = right ] || expected=false
	printf '{"name":"%s","bidi":"auto","expected":"crash","mode":"visual","rates":{},"unjoined":{},"verdict":"%s","goal":%s,"as_expected":%s,"copy":"-"}\n' \
		"$1" "$verdict" $expected $expected
	[ $expected = true ]
}
