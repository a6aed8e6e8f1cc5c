#include "article/article_json.h"
#include "article/discover.h"
#include "feed/feed.h"
#include "feed/opml.h"
#include "picture/decode.h"
#include "worker/worker.h"

static int run_feed(const struct worker_request *request, struct buffer *out, struct error *error)
{
	const struct feed_source source = {request->base_url, request->content_type};
	return feed_to_json(request->bytes, &source, out, error);
}

static int run_outline(
	const struct worker_request *request, struct buffer *out, struct error *error)
{
	struct opml opml;
	if (opml_parse(request->bytes, &opml, error) < 0)
		return -1;
	int result = opml_write_json(&opml, out, error);
	opml_free(&opml);
	return result;
}

static int run_discover(
	const struct worker_request *request, struct buffer *out, struct error *error)
{
	struct discovery discovery;
	if (discover_feeds(request->bytes, request->content_type, request->base_url, &discovery,
		    error) < 0)
		return -1;
	int result = discover_write(&discovery, out, error);
	discover_free(&discovery);
	return result;
}

static int run_page(const struct worker_request *request, struct buffer *out, struct error *error)
{
	struct import_article article;
	struct buffer text = {0};
	int result = import_page(
		request->bytes, request->content_type, request->base_url, &article, &text, error);
	if (result == 0) {
		result = article_json_part(&article, buffer_view(&text), out, error);
		import_article_free(&article);
	}
	buffer_free(&text);
	return result;
}

static int run_picture(
	const struct worker_request *request, struct buffer *out, struct error *error)
{
	struct sample sample;
	if (picture_decode(request->bytes, &sample, error) < 0)
		return -1;
	sample_write(&sample, out);
	sample_free(&sample);
	return out->failed ? error_no_memory(error) : 0;
}

const struct worker_task worker_tasks[] = {
	{"feed", run_feed,
		"<rss version='2.0'><channel><title>&eacute;</title><item><title>خبر</title>"
		"<pubDate>Sat, 07 Sep 2024 10:00:00 +0300</pubDate><description>&lt;p&gt;خبر "
		"&lt;a href='/x'&gt;x&lt;/a&gt;&lt;/p&gt;</description></item></channel></rss>"},
	{"outline", run_outline,
		"<opml version='2.0'><body><outline text='x'><outline text='خبر' type='rss' "
		"xmlUrl='https://example.org/feed'/></outline></body></opml>"},
	{"discover", run_discover,
		"<title>x</title><link rel=alternate type=application/rss+xml title=خبر "
		"href=/feed>"},
	{"page", run_page,
		"<html dir=rtl><title>خبر</title><article><h1>خبر اليوم</h1><p>هذا خبر قصير كتبناه "
		"لكي نجرب به قراءة الصفحات، وفيه ما يكفي من الكلام لكي يكون مقالا صغيرا يقرأ.</p>"
		"<p>وهذه فقرة ثانية منه، تقول مثل ما قالت الأولى، ولكن بكلمات أخرى.</p></article>"},
	{"picture", run_picture, NULL},
	{NULL, NULL, NULL},
};
