#include "net/wording.h"

#include "base/message.h"
#include "base/str.h"

#include <stdio.h>

enum place { ANYWHERE, BEFORE }; /* BEFORE the host was reached */

/* What stands behind the words: they are sentences of their own, so that they can be left out. */
enum promise { NOTHING, LATER, LATER_TOO };
static const char *const promises[] = {[NOTHING] = "",
	[LATER] = N_(": it is tried again later"),
	[LATER_TOO] = N_("; it is tried again later")};

/* Each is told behind the name of the host and a colon. */
static const struct {
	CURLcode code;
	int status;
	enum place place;
	const char *words;
	enum promise promise;
} codes[] = {
	{CURLE_COULDNT_RESOLVE_HOST, EX_NOHOST, BEFORE,
		N_("the name is not known: check the address, or whether there is a network"),
		NOTHING},
	{CURLE_COULDNT_RESOLVE_PROXY, EX_NOHOST, BEFORE,
		N_("the name of its proxy is not known: check http_proxy or the setting proxy"),
		NOTHING},
	{CURLE_COULDNT_CONNECT, EX_UNAVAILABLE, BEFORE, N_("cannot be reached: it may be down"),
		LATER_TOO},
	{CURLE_OPERATION_TIMEDOUT, EX_UNAVAILABLE, ANYWHERE, N_("took too long"), LATER},
	{CURLE_PEER_FAILED_VERIFICATION, EX_NOPERM, ANYWHERE,
		N_("does not prove who it is (certificate): check the clock, or tell those who run "
		   "it"),
		NOTHING},
	{CURLE_SSL_CACERT_BADFILE, EX_CONFIG, ANYWHERE,
		N_("the file of certificates cannot be read: check the setting ca-file"), NOTHING},
	{CURLE_SSL_CONNECT_ERROR, EX_UNAVAILABLE, ANYWHERE,
		N_("does not speak TLS as it should: check the address"), NOTHING},
	{CURLE_GOT_NOTHING, EX_UNAVAILABLE, ANYWHERE, N_("hung up without an answer"), LATER},
	{CURLE_PARTIAL_FILE, EX_UNAVAILABLE, ANYWHERE, N_("hung up in the middle"), LATER},
	{CURLE_RECV_ERROR, EX_UNAVAILABLE, ANYWHERE, N_("the connection broke"), LATER},
	{CURLE_SEND_ERROR, EX_UNAVAILABLE, ANYWHERE, N_("the connection broke"), LATER},
	{CURLE_HTTP2, EX_UNAVAILABLE, ANYWHERE, N_("does not speak HTTP/2 as it should"), LATER},
	{CURLE_HTTP2_STREAM, EX_UNAVAILABLE, ANYWHERE, N_("does not speak HTTP/2 as it should"),
		LATER},
	{CURLE_BAD_CONTENT_ENCODING, EX_DATAERR, ANYWHERE,
		N_("sends what cannot be decompressed: tell those who run it"), NOTHING},
	{CURLE_WEIRD_SERVER_REPLY, EX_DATAERR, ANYWHERE,
		N_("answers with something that is not HTTP: check the address"), NOTHING},
	{CURLE_UNSUPPORTED_PROTOCOL, EX_DATAERR, ANYWHERE,
		N_("answers with something that is not HTTP: check the address"), NOTHING},
	{CURLE_FILE_COULDNT_READ_FILE, EX_NOINPUT, ANYWHERE,
		N_("the file cannot be read: check its name"), NOTHING},
	{CURLE_OUT_OF_MEMORY, EX_OSERR, ANYWHERE, N_("out of memory: close other programs"),
		NOTHING},
};

static const struct {
	int status;
	const char *words;
	enum promise promise;
} statuses[] = {
	{400, N_("the server does not understand the address (400): check it"), NOTHING},
	{401,
		N_("it wants a name and a password (401): give them as "
		   "https://name:password@host/..., "
		   "or in ~/.netrc with netrc = yes"),
		NOTHING},
	{402, N_("it wants to be paid (402): see its web site"), NOTHING},
	{403, N_("the server forbids it (403): see its web site; some want another user-agent"),
		NOTHING},
	{404, N_("it is not there (404): look on the web site for its new address"), NOTHING},
	{406, N_("it has nothing that khabar reads (406): check the address"), NOTHING},
	{410,
		N_("it is gone for good (410), and is not fetched any more: remove it, or give its "
		   "new "
		   "address"),
		NOTHING},
	{429, N_("the server asks for fewer visits (429)"), LATER},
	{451, N_("it is withheld for legal reasons (451): see its web site"), NOTHING},
	{500, N_("the server has a fault (500)"), LATER},
	{502, N_("the server has a fault (502)"), LATER},
	{503, N_("the server is busy or down (503)"), LATER},
	{504, N_("the server has a fault (504)"), LATER},
};

bool wording_is_offline(CURLcode code)
{
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (codes[i].code == code)
			return codes[i].place == BEFORE;
	}
	return false;
}

static const char *promised(enum promise promise)
{
	return promise == NOTHING ? "" : _(promises[promise]);
}

void wording_of_code(CURLcode code, const char *host, struct error *error)
{
	const char *before = *host ? ": " : "";
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (codes[i].code == code) {
			error_set(error, codes[i].status, "%.100s%s%s%s", host, before,
				_(codes[i].words), promised(codes[i].promise));
			return;
		}
	}
	error_set(error, EX_UNAVAILABLE, "%.100s%s%s%s", host, before, curl_easy_strerror(code),
		promised(LATER));
}

void wording_of_status(int status, struct error *error)
{
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		if (statuses[i].status == status) {
			error_set(error, EX_UNAVAILABLE, "%s%s", _(statuses[i].words),
				promised(statuses[i].promise));
			return;
		}
	}
	if (status >= 500) {
		char fault[256];
		snprintf(fault, sizeof fault, _("the server has a fault (%d)"), status);
		error_set(error, EX_UNAVAILABLE, "%s%s", fault, promised(LATER));
	} else if (status >= 300 && status < 400) {
		error_set(error, EX_UNAVAILABLE,
			"it redirects without saying where (%d): check the address", status);
	} else {
		error_set(error, EX_UNAVAILABLE, "the server refuses it (%d): check the address",
			status);
	}
}

void wording_promise_nothing(struct error *error)
{
	struct str message = str_of(error->message);
	for (enum promise promise = LATER; promise <= LATER_TOO; promise++) {
		struct str end = str_of(promised(promise));
		if (str_ends(message, end)) {
			error->message[message.len - end.len] = '\0';
			return;
		}
	}
}
