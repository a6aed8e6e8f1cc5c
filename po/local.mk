# The catalogues: po/LANGUAGE.po in the sources, LANGUAGE/LC_MESSAGES/khabar.mo for the program.
#   make pot        writes po/khabar.pot anew from the sources
#   make update-po  the same, and takes its new texts over into each po/LANGUAGE.po
catalogue_ardir = $(localedir)/ar/LC_MESSAGES
catalogue_ckbdir = $(localedir)/ckb/LC_MESSAGES
catalogue_fadir = $(localedir)/fa/LC_MESSAGES
catalogue_hedir = $(localedir)/he/LC_MESSAGES
catalogue_urdir = $(localedir)/ur/LC_MESSAGES
catalogue_ar_DATA = po/ar/LC_MESSAGES/khabar.mo
catalogue_ckb_DATA = po/ckb/LC_MESSAGES/khabar.mo
catalogue_fa_DATA = po/fa/LC_MESSAGES/khabar.mo
catalogue_he_DATA = po/he/LC_MESSAGES/khabar.mo
catalogue_ur_DATA = po/ur/LC_MESSAGES/khabar.mo

CATALOGUES = $(catalogue_ar_DATA) $(catalogue_ckb_DATA) $(catalogue_fa_DATA) \
	$(catalogue_he_DATA) $(catalogue_ur_DATA)
TRANSLATIONS = po/ar.po po/ckb.po po/fa.po po/he.po po/ur.po
CLEANFILES += $(CATALOGUES)
EXTRA_DIST += po/LINGUAS po/khabar.pot po/extract $(TRANSLATIONS)

# The language is the folder below po/.
MAKE_CATALOGUE = $(AM_V_GEN)$(MKDIR_P) $(@D) && \
	language=`echo $@ | sed 's,^po/,,; s,/.*,,'` && \
	$(MSGFMT) --no-hash --output-file=$@.new $(top_srcdir)/po/$$language.po && mv $@.new $@

po/ar/LC_MESSAGES/khabar.mo: po/ar.po
	$(MAKE_CATALOGUE)
po/ckb/LC_MESSAGES/khabar.mo: po/ckb.po
	$(MAKE_CATALOGUE)
po/fa/LC_MESSAGES/khabar.mo: po/fa.po
	$(MAKE_CATALOGUE)
po/he/LC_MESSAGES/khabar.mo: po/he.po
	$(MAKE_CATALOGUE)
po/ur/LC_MESSAGES/khabar.mo: po/ur.po
	$(MAKE_CATALOGUE)

.PHONY: pot update-po
pot:
	$(top_srcdir)/po/extract >$(top_srcdir)/po/khabar.pot.new
	mv $(top_srcdir)/po/khabar.pot.new $(top_srcdir)/po/khabar.pot
update-po: pot
	for language in `cat $(top_srcdir)/po/LINGUAS`; do \
		msgmerge --quiet --no-wrap --no-fuzzy-matching --add-location=file --backup=none \
			--update $(top_srcdir)/po/$$language.po $(top_srcdir)/po/khabar.pot || \
			exit 1; \
		msgattrib --no-wrap --no-obsolete --output-file=$(top_srcdir)/po/$$language.po \
			$(top_srcdir)/po/$$language.po || exit 1; \
	done
