libfetch_a_SOURCES += \
	src/net/address.c src/net/address.h \
	src/net/caching.c src/net/caching.h \
	src/net/hosts.c src/net/hosts.h \
	src/net/net.c src/net/net.h \
	src/net/proxy.c src/net/proxy.h \
	src/net/receive.c src/net/receive.h \
	src/net/transfer.c src/net/transfer.h \
	src/net/wording.c src/net/wording.h
