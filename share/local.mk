# What the desktop and the shells are told.  Completions are printed by the program itself, from
# the tables that parse its command line.
desktopdir = $(datadir)/applications
dist_desktop_DATA = share/khabar.desktop
icondir = $(datadir)/icons/hicolor/scalable/apps
dist_icon_DATA = share/khabar.svg

bashcompletiondir = $(datadir)/bash-completion/completions
bashcompletion_DATA = share/bash/khabar
zshcompletiondir = $(datadir)/zsh/site-functions
zshcompletion_DATA = share/zsh/_khabar
fishcompletiondir = $(datadir)/fish/vendor_completions.d
fishcompletion_DATA = share/fish/khabar.fish
CLEANFILES += share/bash/khabar share/zsh/_khabar share/fish/khabar.fish

share/bash/khabar: khabar$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) share/bash && ./khabar$(EXEEXT) completion bash >$@.new && mv $@.new $@
share/zsh/_khabar: khabar$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) share/zsh && ./khabar$(EXEEXT) completion zsh >$@.new && mv $@.new $@
share/fish/khabar.fish: khabar$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) share/fish && ./khabar$(EXEEXT) completion fish >$@.new && mv $@.new $@
