# Manual pages, in mdoc: `mandoc -T lint -W warning man/*.[17]` must be silent.
dist_man_MANS += man/khabar.1 man/khabar-terminals.7
