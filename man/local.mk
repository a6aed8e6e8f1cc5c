# Manual pages, in mdoc: `mandoc -T lint -W warning man/*.[1578]` must be silent.
dist_man_MANS += man/khabar.1 man/khabar.conf.5 man/khabar-theme.5 man/khabar-query.7 man/khabar-terminals.7 man/khabar-fetch.8
