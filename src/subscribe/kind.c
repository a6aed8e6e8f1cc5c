#include "subscribe/kind.h"

#include "subscribe/sfeed.h"

#include <string.h>

enum { LOOKED_AT = 64 << 10 /* bytes */ };

const char *const kind_names[] = {[KIND_AUTO] = "auto",
	[KIND_PAGE] = "page",
	[KIND_OPML] = "opml",
	[KIND_NEWSBOAT_URLS] = "newsboat",
	[KIND_NEWSRAFT_FEEDS] = "newsraft",
	[KIND_SFEED_RC] = "sfeedrc",
	[KIND_SFEED_TSV] = "tsv",
	[KIND_NEWSBOAT_CONFIG] = "newsboat-config",
	[KIND_DATABASE] = "database",
	NULL};

/* What the lines of a text look like. */
struct shape {
	size_t lines; /* that are neither blank nor comments */
	size_t addresses, sections, commands, newsboat, named, items;
	size_t settings, sure; /* of newsboat's config; of these, what is nothing else */
	bool feeds_function, feed_lines;
};

/* Commands of newsboat's config: those that no sentence begins with, and those that one may. */
static const char *const settings[] = {"bind-key ", "unbind-key ", "highlight-article ",
	"ignore-article ", "ignore-mode ", "reload-time ", "reload-threads ", "auto-reload ",
	"max-items ", "download-path ", "download-timeout ", "download-retries ",
	"max-downloads ", "article-sort-order ", "feed-sort-order ", "show-read-feeds ",
	"show-read-articles ", "cleanup-on-quit ", "confirm-exit ", "text-width ", "user-agent ",
	"urls-source ", "notify-program ", "notify-format ", "bookmark-cmd ", "goto-next-feed ",
	"keep-articles-days ", "datetime-format ", "articlelist-format ", "feedlist-format ",
	"external-url-viewer ", "html-renderer ", "use-proxy ", NULL};
static const char *const words[] = {"macro ", "color ", "highlight ", "browser ", "player ",
	"include ", "proxy ", "scrolloff ", "bind ", NULL};

static bool starts_any(struct str line, const char *const *prefixes)
{
	for (; *prefixes; prefixes++) {
		if (str_starts(line, str_of(*prefixes)))
			return true;
	}
	return false;
}

static void look_at_line(struct str line, struct shape *shape)
{
	static const char *const web[] = {"http://", "https://", "\"http://", "\"https://", NULL};
	static const char *const newsboat[] = {"query:", "\"query:", "exec:", "\"exec:", "filter:",
		"\"filter:", "command:", "file://", "\"file://", NULL};
	static const char *const other[] = {"gopher://", "gemini://", "file:/", NULL};
	shape->items += sfeed_is_item(line);
	line = str_trim(line);
	if (line.len == 0 || line.ptr[0] == '#')
		return;
	shape->lines++;
	if (starts_any(line, web)) {
		ptrdiff_t name = str_find(line, STR(" \""));
		shape->addresses++;
		/* newsraft's names stand right behind the address, newsboat's begin with "~". */
		shape->newsboat +=
			line.ptr[0] == '"' || str_find(line, STR("\"~")) >= 0 ||
			(name < 0 && str_find(line, STR(" ")) >= 0 && str_find(line, STR("<")) < 0);
		shape->named += name >= 0 && str_find(line, STR("\"~")) < 0;
	} else if (starts_any(line, newsboat)) {
		shape->addresses++;
		shape->newsboat++;
	} else if (starts_any(line, other)) {
		shape->addresses++;
	} else if (starts_any(line, settings) || starts_any(line, words)) {
		shape->settings++;
		shape->sure += starts_any(line, settings);
	} else if (line.ptr[0] == '@') {
		shape->sections++;
	} else if (str_starts(line, STR("$("))) {
		shape->commands++;
	} else if (str_starts(line, STR("feeds()")) || str_starts(line, STR("feeds ()"))) {
		shape->feeds_function = true;
	} else if (str_starts(line, STR("feed \"")) || str_starts(line, STR("feed '"))) {
		shape->feed_lines = true;
	}
}

/* The name of the first element of XML, behind declaration, comments and document type. */
static struct str root_of(struct str text)
{
	for (;;) {
		if (str_starts(text, STR("\xEF\xBB\xBF")))
			text = str_slice(text, 3, text.len);
		text = str_trim(text);
		bool comment = str_starts(text, STR("<!--"));
		if (!comment && !str_starts(text, STR("<?")) && !str_starts(text, STR("<!")))
			break;
		ptrdiff_t end = str_find(text, comment ? STR("-->") : STR(">"));
		if (end < 0)
			return STR("");
		text = str_slice(text, (size_t)end + (comment ? 3 : 1), text.len);
	}
	if (text.len == 0 || text.ptr[0] != '<')
		return STR("");
	size_t len = 1;
	while (len < text.len && !strchr(" \t\r\n>/", text.ptr[len]))
		len++;
	return str_slice(text, 1, len);
}

static enum file_kind kind_of_lines(struct str text)
{
	struct shape shape = {0};
	struct str line, rest = text;
	while (rest.len > 0 && str_split(&rest, '\n', &line))
		look_at_line(line, &shape);
	if (shape.items > 0 && shape.items >= shape.lines)
		return KIND_SFEED_TSV;
	if (shape.feeds_function || shape.feed_lines)
		return KIND_SFEED_RC;
	/* A few others are among them, known only to newsboat. */
	if (shape.sure > 0 && shape.settings * 2 > shape.lines)
		return KIND_NEWSBOAT_CONFIG;
	size_t listed = shape.addresses + shape.sections + shape.commands;
	if (listed == 0 || listed < shape.lines || shape.addresses + shape.commands == 0)
		return KIND_PAGE;
	if (shape.sections + shape.commands > 0 || (shape.named > 0 && shape.newsboat == 0))
		return KIND_NEWSRAFT_FEEDS;
	return KIND_NEWSBOAT_URLS;
}

enum file_kind kind_of(struct str bytes)
{
	struct str text = str_slice(bytes, 0, LOOKED_AT);
	if (str_starts(bytes, STR("SQLite format 3\0")))
		return KIND_DATABASE;
	struct str root = root_of(text);
	if (str_equal_nocase(root, STR("opml")))
		return KIND_OPML;
	if (root.len > 0)
		return KIND_PAGE;
	/* The last line may have been cut. */
	if (text.len < bytes.len) {
		while (text.len > 0 && text.ptr[text.len - 1] != '\n')
			text.len--;
	}
	return kind_of_lines(text);
}
