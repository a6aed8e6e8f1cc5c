libkhabar_a_SOURCES += \
	src/article/address.c src/article/address.h \
	src/article/build.c src/article/build.h \
	src/article/build_link.c \
	src/article/build_table.c \
	src/article/document.c src/article/document.h \
	src/article/document-html.c \
	src/article/epub.c src/article/epub.h \
	src/article/export.c src/article/export.h \
	src/article/judge.c src/article/judge.h \
	src/article/layout.c src/article/layout.h \
	src/article/layout_measure.c \
	src/article/layout_table.c \
	src/article/markdown.c src/article/markdown.h \
	src/article/marker.c src/article/marker.h \
	src/article/page.c src/article/page.h \
	src/article/page_row.c \
	src/article/part.c src/article/part.h \
	src/article/place.c \
	src/article/runs.c src/article/runs.h \
	src/article/walk.h \
	src/article/walk_inline.c \
	src/article/walk_list.c \
	src/article/walk_places.c \
	src/article/walk_table.c \
	src/article/words.c src/article/words.h \
	src/article/xhtml.c src/article/xhtml.h \
	src/article/zip.c src/article/zip.h
libkhabar_a_SOURCES += \
	src/article/article_json.c src/article/article_json.h \
	src/article/blocks.c src/article/blocks.h \
	src/article/boilerplate.c src/article/boilerplate.h \
	src/article/dateline.c src/article/dateline.h \
	src/article/declared.c src/article/declared.h \
	src/article/discover.c src/article/discover.h \
	src/article/extract.c src/article/extract.h \
	src/article/extract_clean.c \
	src/article/extract_refine.c \
	src/article/facts.c src/article/facts.h \
	src/article/html.c src/article/html.h \
	src/article/html_simple.c src/article/html_simple.h \
	src/article/identity.c src/article/identity.h \
	src/article/import.c src/article/import.h \
	src/article/language.c src/article/language.h \
	src/article/link.c src/article/link.h \
	src/article/meta.c src/article/meta.h \
	src/article/meta_json.c \
	src/article/plain.c src/article/plain.h \
	src/article/sanitize.c src/article/sanitize.h \
	src/article/sanitize_elements.c src/article/sanitize_walk.h \
	src/article/sanitize_links.c src/article/sanitize_links.h \
	src/article/sanitize_media.c src/article/sanitize_media.h \
	src/article/sentence.c src/article/sentence.h \
	src/article/striptext.c src/article/striptext.h \
	src/article/tame.c src/article/tame.h \
	src/article/title.c src/article/title.h \
	src/article/url.c src/article/url.h \
	src/article/webpage.c src/article/webpage.h \
	src/article/witness.c src/article/witness.h \
	src/article/writer.c src/article/writer.h \
	src/article/writer_inline.c src/article/writer_state.h \
	src/article/writer_text.c
