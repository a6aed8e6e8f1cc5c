# Manual pages, in mdoc: `mandoc -T lint -W warning man/*.1` must be silent.
dist_man_MANS += man/khabar.1
