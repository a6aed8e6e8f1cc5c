#include "net/wording.h"

#include "base/message.h"
#include "base/str.h"

enum place { ANYWHERE, BEFORE }; /* BEFORE the host was reached */

/* Each is told behind the name of the host and a colon. */
static const struct {
	CURLcode code;
	int status;
	enum place place;
	const char *words;
} codes[] = {
	{CURLE_COULDNT_RESOLVE_HOST, EX_NOHOST, BEFORE,
		N_("the name is not known: check the address, or whether there is a network")},
	{CURLE_COULDNT_RESOLVE_PROXY, EX_NOHOST, BEFORE,
		N_("the name of its proxy is not known: check http_proxy or the setting proxy")},
	{CURLE_COULDNT_CONNECT, EX_UNAVAILABLE, BEFORE,
		N_("cannot be reached: it may be down; it is tried again later")},
	{CURLE_OPERATION_TIMEDOUT, EX_UNAVAILABLE, ANYWHERE,
		N_("took too long: it is tried again later")},
	{CURLE_PEER_FAILED_VERIFICATION, EX_NOPERM, ANYWHERE,
		N_("does not prove who it is (certificate): check the clock, or tell those who run "
		   "it")},
	{CURLE_SSL_CACERT_BADFILE, EX_CONFIG, ANYWHERE,
		N_("the file of certificates cannot be read: check the setting ca-file")},
	{CURLE_SSL_CONNECT_ERROR, EX_UNAVAILABLE, ANYWHERE,
		N_("does not speak TLS as it should: check the address")},
	{CURLE_GOT_NOTHING, EX_UNAVAILABLE, ANYWHERE,
		N_("hung up without an answer: it is tried again later")},
	{CURLE_PARTIAL_FILE, EX_UNAVAILABLE, ANYWHERE,
		N_("hung up in the middle: it is tried again later")},
	{CURLE_RECV_ERROR, EX_UNAVAILABLE, ANYWHERE,
		N_("the connection broke: it is tried again later")},
	{CURLE_SEND_ERROR, EX_UNAVAILABLE, ANYWHERE,
		N_("the connection broke: it is tried again later")},
	{CURLE_HTTP2, EX_UNAVAILABLE, ANYWHERE,
		N_("does not speak HTTP/2 as it should: it is tried again later")},
	{CURLE_HTTP2_STREAM, EX_UNAVAILABLE, ANYWHERE,
		N_("does not speak HTTP/2 as it should: it is tried again later")},
	{CURLE_BAD_CONTENT_ENCODING, EX_DATAERR, ANYWHERE,
		N_("sends what cannot be decompressed: tell those who run it")},
	{CURLE_WEIRD_SERVER_REPLY, EX_DATAERR, ANYWHERE,
		N_("answers with something that is not HTTP: check the address")},
	{CURLE_UNSUPPORTED_PROTOCOL, EX_DATAERR, ANYWHERE,
		N_("answers with something that is not HTTP: check the address")},
	{CURLE_FILE_COULDNT_READ_FILE, EX_NOINPUT, ANYWHERE,
		N_("the file cannot be read: check its name")},
	{CURLE_OUT_OF_MEMORY, EX_OSERR, ANYWHERE, N_("out of memory: close other programs")},
};

static const struct {
	int status;
	const char *words;
} statuses[] = {
	{400, N_("the server does not understand the address (400): check it")},
	{401, N_("it wants a name and a password (401): give them as "
		 "https://name:password@host/..., "
		 "or in ~/.netrc with netrc = yes")},
	{402, N_("it wants to be paid (402): see its web site")},
	{403, N_("the server forbids it (403): see its web site; some want another user-agent")},
	{404, N_("it is not there (404): look on the web site for its new address")},
	{406, N_("it has nothing that khabar reads (406): check the address")},
	{410, N_("it is gone for good (410), and is not fetched any more: remove it, or give its "
		 "new "
		 "address")},
	{429, N_("the server asks for fewer visits (429): it is tried again later")},
	{451, N_("it is withheld for legal reasons (451): see its web site")},
	{500, N_("the server has a fault (500): it is tried again later")},
	{502, N_("the server has a fault (502): it is tried again later")},
	{503, N_("the server is busy or down (503): it is tried again later")},
	{504, N_("the server has a fault (504): it is tried again later")},
};

bool wording_is_offline(CURLcode code)
{
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (codes[i].code == code)
			return codes[i].place == BEFORE;
	}
	return false;
}

void wording_of_code(CURLcode code, const char *host, struct error *error)
{
	/* TRANSLATORS: the name of a host, and what is wrong with it. */
	const char *format = *host ? N_("%.100s: %s") : "%.100s%s";
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (codes[i].code == code) {
			error_set(error, codes[i].status, format, host, _(codes[i].words));
			return;
		}
	}
	if (*host)
		error_set(error, EX_UNAVAILABLE, "%.100s: %s: it is tried again later", host,
			curl_easy_strerror(code));
	else
		error_set(error, EX_UNAVAILABLE, "%s: it is tried again later",
			curl_easy_strerror(code));
}

void wording_of_status(int status, struct error *error)
{
	const char *words = NULL;
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		if (statuses[i].status == status)
			words = statuses[i].words;
	}
	if (words)
		error_set(error, EX_UNAVAILABLE, "%s", _(words));
	else if (status >= 500)
		error_set(error, EX_UNAVAILABLE,
			"the server has a fault (%d): it is tried again later", status);
	else if (status >= 300 && status < 400)
		error_set(error, EX_UNAVAILABLE,
			"it redirects without saying where (%d): check the address", status);
	else
		error_set(error, EX_UNAVAILABLE, "the server refuses it (%d): check the address",
			status);
}

void wording_promise_nothing(struct error *error)
{
	/* What fetches speaks English (base/message.h). */
	static const struct str promises[] = {
		{"; it is tried again later", 25}, {": it is tried again later", 25}};
	struct str message = str_of(error->message);
	for (size_t i = 0; i < sizeof promises / sizeof *promises; i++) {
		if (str_ends(message, promises[i]))
			error->message[message.len - promises[i].len] = '\0';
	}
}
