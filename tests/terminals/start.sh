# How each terminal is started: line_NAME COMMAND sets the array `line`.  Sourced by run, whose
# variables (font, size, rows, columns, name) it uses.
# shellcheck shell=bash disable=SC2034,SC2154,SC2206

q() { printf '%q ' "$@"; }

line_xterm() {
	# OSC 52 is allowed (SetSelection is not in the list), which it is not by default.
	line=(xterm -u8 -fa "$font" -fs $size -geometry ${columns}x$rows+0+0 -b 0 +sb
		-xrm 'XTerm*allowWindowOps: false' -xrm 'XTerm*disallowedWindowOps: 20,21,GetSelection'
		-bg white -fg black -e "$1")
}

line_urxvt() {
	line=(urxvt -fn "xft:$font:pixelsize=24" -letsp 0 -lsp 6 -b 0 +sb
		-geometry ${columns}x$rows+0+0 -bg white -fg black -e "$1")
}

line_stterm() { line=(stterm -f "$font:size=$size" -g ${columns}x$rows+0+0 -e "$1"); }

line_pterm() {
	line=(pterm -fn "client:$font $size" -geometry ${columns}x$rows+0+0 +sb -bg white -fg black -bfg black
		-xrm 'pterm.LineCodePage: UTF-8' -e "$1")
}

line_mlterm() {
	mkdir -p "$HOME/.mlterm"
	{
		printf 'DEFAULT=%s\nISO10646_UCS4_1=%s\n' "$font" "$font"
		for range in 590-5FF 6D4 FB50-FB51 FB82-FB89 FB96-FB9D FBA0-FBA9 FBAE-FBBE; do
			echo "U+$range=FreeMono"
		done
	} >"$HOME/.mlterm/aafont"
	# Room between rows: it leaves what letters have outside of their cells when they go.
	line=(mlterm -A -w 24 --lsp=8 -g ${columns}x$rows+0+0 --sb=false --km=UTF-8 -b white -f black
		--im=none -e "$1")
}

line_kitty() {
	cat >"$HOME/kitty.conf" <<-CONF
		font_family $font
		font_size $size
		remember_window_size no
		initial_window_width ${columns}c
		initial_window_height ${rows}c
		window_padding_width 0
		background #ffffff
		foreground #000000
		update_check_interval 0
		confirm_os_window_close 0
		cursor_blink_interval 0
		force_ltr $([ "$name" = kitty-ltr ] && echo yes || echo no)
	CONF
	line=(kitty --config "$HOME/kitty.conf" "$1")
}

line_alacritty() {
	cat >"$HOME/alacritty.toml" <<-CONF
		[window]
		dimensions = { columns = $columns, lines = $rows }
		decorations = "None"
		[font]
		size = $size
		normal = { family = "$font" }
		[colors.primary]
		background = "#ffffff"
		foreground = "#000000"
	CONF
	cat >"$HOME/alacritty.yml" <<-CONF
		window: { dimensions: { columns: $columns, lines: $rows }, decorations: none }
		font: { size: $size, normal: { family: "$font" } }
		colors: { primary: { background: '#ffffff', foreground: '#000000' } }
	CONF
	local file=$HOME/alacritty.toml
	case $(alacritty --version) in *" 0."[0-9].* | *" 0.1"[0-2].*) file=$HOME/alacritty.yml ;; esac
	line=(alacritty --config-file "$file" -e "$1")
}

line_xfce4_terminal() {
	mkdir -p "$HOME/.config/xfce4/terminal"
	printf '%s\n' '[Configuration]' MiscAlwaysShowTabs=FALSE MiscCursorBlinks=FALSE \
		MiscMenubarDefault=FALSE MiscToolbarDefault=FALSE \
		ScrollingBar=TERMINAL_SCROLLBAR_NONE >"$HOME/.config/xfce4/terminal/terminalrc"
	line=(dbus-run-session -- xfce4-terminal --disable-server
		--geometry=${columns}x$rows+0+0 --hide-menubar --hide-toolbar --hide-scrollbar
		--hide-borders --font="$font $size" --color-text=black --color-bg=white -x "$1")
}

line_konsole() {
	local bar
	mkdir -p "$HOME/.local/share/konsole"
	cat >"$HOME/.local/share/konsole/khabar.profile" <<-CONF
		[Appearance]
		ColorScheme=BlackOnWhite
		Font=$font,$size,-1,5,50,0,0,0,0,0
		[General]
		Name=khabar
		Parent=FALLBACK/
		TerminalColumns=$columns
		TerminalRows=$rows
		ShowTerminalSizeHint=false
		TerminalMargin=0
		[Scrolling]
		ScrollBarPosition=2
		[Terminal Features]
		BlinkingCursorEnabled=false
	CONF
	cat >"$HOME/.config/konsolerc" <<-CONF
		[Desktop Entry]
		DefaultProfile=khabar.profile
		[KonsoleWindow]
		RememberWindowSize=false
		ShowMenuBarByDefault=false
		[MainWindow]
		MenuBar=Disabled
		StatusBar=Disabled
	CONF
	for bar in konsole/konsoleui:konsole:mainToolBar konsole/sessionui:session:sessionToolbar; do
		mkdir -p "$HOME/.local/share/kxmlgui5/konsole"
		local file=${bar%%:*} name=${bar#*:}
		printf '<!DOCTYPE gui SYSTEM "kpartgui.dtd">\n<gui name="%s" version="9999"><ToolBar name="%s" hidden="true" noMerge="1"/></gui>\n' \
			"${name%:*}" "${name#*:}" >"$HOME/.local/share/kxmlgui5/$file.rc"
	done
	line=(dbus-run-session -- konsole --nofork --hide-menubar --hide-tabbar
		--profile khabar -e "$1")
}

line_qterminal() {
	mkdir -p "$HOME/.config/qterminal.org"
	printf '%s\n' '[General]' "fontFamily=$font" "fontSize=$size" MenuVisible=false \
		HideTabBarWithOneTab=true ScrollbarPosition=0 colorScheme=BlackOnWhite \
		KeyboardCursorBlink=false AskOnExit=false Borderless=true TerminalMargin=0 \
		'FixedWindowSize=@Size(0 0)' >"$HOME/.config/qterminal.org/qterminal.ini"
	line=(dbus-run-session -- qterminal -e "$1")
}

# foot in a Wayland compositor, whose one window is as large as foot's grid: its size cannot be
# changed, so foot is first asked for the size of its cells (CSI 16 t) in one that is large enough.
line_foot() {
	cat >"$HOME/foot.ini" <<-CONF
		font=$font:size=$size
		pad=0x0
		term=foot
		[colors]
		background=ffffff
		foreground=000000
		[csd]
		preferred=none
		[cursor]
		blink=no
	CONF
	printf '%s\n' '[core]' shell=kiosk-shell.so idle-time=0 xwayland=false \
		'[shell]' locking=false >"$HOME/weston.ini"
	cat >"$HOME/in-weston" <<-'WESTON'
		#!/bin/bash
		# WIDTH HEIGHT SOCKET COMMAND
		weston --backend=x11-backend.so --use-pixman --width="$1" --height="$2" --socket="$3" \
			--config="$HOME/weston.ini" &
		for _ in $(seq 100); do
			[ -S "$XDG_RUNTIME_DIR/$3" ] && break
			sleep 0.1
		done
		WAYLAND_DISPLAY=$3 exec foot --config="$HOME/foot.ini" "$4"
	WESTON
	cat >"$HOME/ask-cell" <<-'CELL'
		#!/bin/bash
		stty raw -echo
		printf '\033[16t'
		IFS= read -r -t 5 -d t reply
		echo "${reply##*[[]}" >"$HOME/cell-new" && mv "$HOME/cell-new" "$HOME/cell"
		sleep 60
	CELL
	chmod +x "$HOME/in-weston" "$HOME/ask-cell"
	setsid "$HOME/in-weston" 1200 960 ask "$HOME/ask-cell" >"$HOME/log-cell" 2>&1 </dev/null &
	terminal=$!
	for _ in $(seq 100); do
		[ -s "$HOME/cell" ] && break
		sleep 0.1
	done
	end "$terminal"
	terminal=
	local high=0 wide=0
	IFS=';' read -r _ high wide <"$HOME/cell"
	line=("$HOME/in-weston" $((columns * wide)) $((rows * high)) show "$1")
}
