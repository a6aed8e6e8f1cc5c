themesdir = $(pkgdatadir)/themes
dist_themes_DATA = \
	themes/colour-blind.theme \
	themes/dark.theme \
	themes/dusk.theme \
	themes/high-contrast.theme \
	themes/light.theme \
	themes/mono.theme \
	themes/paper.theme \
	themes/sixteen.theme
