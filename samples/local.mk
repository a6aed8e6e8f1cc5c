# The articles that come with khabar: a guide in Arabic and English, and things to read;
# and feeds to begin with.
samplesdir = $(pkgdatadir)/samples
dist_samples_DATA = \
	samples/starter.opml \
	samples/01-ar-dalil.html \
	samples/02-ar-maktaba.html \
	samples/03-fa-nan.html \
	samples/04-he-robot.html \
	samples/05-en-guide.html \
	samples/06-ur-mandi.html \
	samples/07-ar-shair.html \
	samples/08-ckb-gwez.html \
	samples/09-yi-bikher.html \
	samples/10-fa-teleskop.html \
	samples/11-ar-matar.html \
	samples/12-ur-rail.html \
	samples/13-he-gan.html \
	samples/14-ckb-yari.html \
	samples/15-en-workshop.html \
	samples/16-fa-badbadak.html
