"""What each path of the server gives.  How it is sent is changed by the query: delivery.py.

    /feed/LANG/N         N articles in ar, fa, ur, he, ckb or en.  Query: seed=S, format=rss|atom|
                         rdf|json, title=T, grow=G (G more each epoch), edit=1 (their text changes
                         each epoch), extra=XML (in the channel), ttl=MINUTES
    /page/LANG           a page; feed=URL (repeats) are its <link rel=alternate>; named=TITLE
    /teasers/LANG/N      RSS of N articles with the first paragraph alone; their pages are at
                         BASE and 0 to N-1.  Query: base=BASE (http://HOST/article/LANG/)
    /article/LANG/I/N    the page of article I, which goes on for N pages (1 when left out, 0: it
                         comes back to the first one after the second); page=P of them
    /hostile/NAME        a document of hostile.py
    /bytes/HEX           these bytes; fill=N: and so many zero bytes behind them
    /noise/SEED/N/NAME   N bytes that differ from their neighbours; epoch=1: and each epoch
    /echo                a feed with an article for each header of the request
    /status/CODE         nothing but a status and a short page
    /redirect/CODE/N/... N redirects, and then what the rest of the path gives
    /loop/CODE           redirects to itself; /loop/CODE/N: a further number each time, for ever
    /to?url=URL          redirects there; code=302; nothing changed in the URL
    /auth/USER/PASSWORD/... 401 unless these are given (Basic), and then the rest of the path
    /cookie/...          sets a cookie; with it, the rest of the path; without, 403
    /hang                never answers
    /close               closes the connection at once; /reset: with a TCP reset
    /garbage             bytes that are no HTTP
    /endless             a body without end; /endless-head: a head without end
    /bomb/ENCODING/MB    so many megabytes, compressed with gzip, deflate or br

    /_/log               JSON: {requests, connections, visits, log}; state.py
    /_/forget            empties the log and the counters
    /_/latency?ms=N      waits before each answer from now on
    /_/epoch?n=N         what growing feeds count in
    /_/alias?path=P&to=Q a path (with its query, or without) gives what another one gives;
                         `to` repeats: one a request, the last one for all later requests
    /_/nolog             keeps the counters alone
"""

import base64
import hashlib
import json
import zlib

import content
import delivery
import hostile
from delivery import Answer

HTML = "text/html; charset=utf-8"
XML = "application/rss+xml; charset=utf-8"


def rest_of(request, parts, start):
    """Aims the request at what stands behind the first parts of its path."""
    query = request.target.partition("?")[2]
    request.aim("/" + "/".join(parts[start:]) + ("?" + query if query else ""))


def not_found():
    return Answer(404, "<p>لا شيء هنا</p>".encode(), HTML)


# ---- documents --------------------------------------------------------------


def feed(state, request, parts):
    query = request.query
    count = int(parts[2]) + int(query.get("grow", 0)) * state.epoch
    extra = query.get("extra", "")
    if "ttl" in query:
        extra += f"<ttl>{query['ttl']}</ttl>"
    body, kind = content.feed(
        parts[1], count, int(query.get("seed", 1)), query.get("format", "rss"),
        query.get("title"), state.epoch if "edit" in query else 0, extra)
    answer = Answer(200, body, kind + "; charset=utf-8")
    answer.changed = content.FIRST_DATE + count * content.SPACING
    return answer


def page(state, request, parts):
    kinds = {"format=atom": "application/atom+xml", "format=json": "application/feed+json"}
    names = [value for name, value in request.pairs if name == "named"]
    links = []
    for name, value in request.pairs:
        if name == "feed":
            kind = next((kinds[k] for k in kinds if k in value), "application/rss+xml")
            title = names[len(links)] if len(links) < len(names) else f"{len(links) + 1}"
            links.append((value, kind, title))
    return Answer(200, content.page(parts[1], links), HTML)


def teasers(state, request, parts):
    base = request.query.get("base", f"http://{request.headers['host']}/article/{parts[1]}/")
    return Answer(200, content.teasers(parts[1], int(parts[2]), base), XML)


def article(state, request, parts):
    number, count = int(parts[2]), int(parts[3]) if len(parts) > 3 else 1
    here = int(request.query.get("page", 1))
    following = here % 2 + 1 if count == 0 else here + 1 if here < count else None
    following = f"{request.path}?page={following}" if following else None
    return Answer(200, content.article(parts[1], number, here - 1, following), HTML)


def document(state, request, parts):
    make = hostile.DOCUMENTS.get(parts[1])
    return Answer(200, make(), XML) if make else not_found()


def given(state, request, parts):
    body = bytes.fromhex(parts[1]) + bytes(int(request.query.get("fill", 0)))
    return Answer(200, body, "application/octet-stream")


def noise(state, request, parts):
    seed = parts[1] + (str(state.epoch) if "epoch" in request.query else "")
    size = int(parts[2])
    block = b"".join(hashlib.sha256(f"{seed}/{i}".encode()).digest() for i in range(997))
    answer = Answer(200, (block * (size // len(block) + 1))[:size], "audio/mpeg")
    answer.changed = content.FIRST_DATE
    return answer


def echo(state, request, parts):
    items = b"".join(
        hostile.item((name + ": " + value).replace("&", "&amp;").replace("<", "&lt;").encode(),
                     b"x", name.encode()) for name, value in request.headers.items())
    return Answer(200, hostile.wrap(items, "echo"), XML)


def status(state, request, parts):
    body = f"<!doctype html><title>{parts[1]}</title><p>status {parts[1]}</p>".encode()
    return Answer(int(parts[1]), body, HTML)


# ---- redirects and doors ----------------------------------------------------


def redirect_to(code, target):
    answer = Answer(code, b"<p>elsewhere</p>", HTML)
    answer.headers.append(("Location", target))
    return answer


def redirect(state, request, parts):
    code, left = int(parts[1]), int(parts[2])
    query = request.target.partition("?")[2]
    rest = "/".join(parts[3:]) + ("?" + query if query else "")
    target = f"/redirect/{code}/{left - 1}/{rest}" if left > 1 else "/" + rest
    return redirect_to(code, target)


def loop(state, request, parts):
    code = int(parts[1])
    if len(parts) < 3:
        return redirect_to(code, f"/loop/{code}")
    return redirect_to(code, f"/loop/{code}/{int(parts[2]) + 1}")


def elsewhere(state, request, parts):
    answer = redirect_to(int(request.query.get("code", 302)), request.query["url"])
    request.query = {}
    return answer


def auth(state, request, parts):
    wanted = base64.b64encode(f"{parts[1]}:{parts[2]}".encode()).decode()
    if request.headers.get("authorization") != "Basic " + wanted:
        answer = Answer(401, b"<p>who are you?</p>", HTML)
        answer.headers.append(("WWW-Authenticate", 'Basic realm="khabar"'))
        return answer
    rest_of(request, parts, 3)
    return find(state, request)


def cookie(state, request, parts):
    if "seen=yes" in request.headers.get("cookie", ""):
        rest_of(request, parts, 1)
        answer = find(state, request)
    else:
        answer = Answer(403, b"<p>no cookie</p>", HTML)
    answer.headers.append(("Set-Cookie", "seen=yes; Path=/"))
    return answer


# ---- misbehaviour -----------------------------------------------------------


def hang(state, request, parts):
    answer = Answer()
    answer.hang = True
    return answer


def close(state, request, parts):
    answer = Answer()
    answer.silent = answer.close = True
    return answer


def reset(state, request, parts):
    answer = Answer()
    answer.silent = answer.reset = True
    return answer


def garbage(state, request, parts):
    answer = Answer()
    answer.raw, answer.close = b"\0\xff\x1b[2J this is no HTTP\r\n\r\n" * 20, True
    return answer


def endless(state, request, parts):
    answer = Answer(200, b"", XML)

    def body():
        yield hostile.HEAD + b'<rss version="2.0"><channel><title>endless</title>'
        number = 0
        while True:
            yield b"".join(hostile.item(b"t%d" % i, b"x" * 500, b"%d" % i)
                           for i in range(number, number + 50))
            number += 50

    answer.stream = body()
    return answer


def endless_head(state, request, parts):
    answer = Answer()
    answer.raw = b"HTTP/1.1 200 OK\r\n" + b"".join(
        b"X-%d: %s\r\n" % (i, b"y" * 100) for i in range(50000))
    answer.close = True
    return answer


# ---- bombs ------------------------------------------------------------------

MEGABYTE = 1 << 20
BOMB_HEAD = hostile.HEAD + b'<rss version="2.0"><channel><title>bomb</title><description>'
BLANKS = b" " * (MEGABYTE - len(BOMB_HEAD))


def deflated(size, bits):
    """A megabyte of blanks over and over: deflated once, flushed, sent many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    head = packer.compress(BOMB_HEAD + BLANKS) + packer.flush(zlib.Z_FULL_FLUSH)
    body = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    yield head
    for _ in range(0, size - 1, 16):
        yield body * 16
    yield packer.flush()  # the checksum is of two megabytes only; who comes so far may complain


def bomb(state, request, parts):
    answer = Answer(200, b"", XML)
    size = int(parts[2])
    answer.headers.append(("Content-Encoding", parts[1]))
    if parts[1] == "br":
        answer.body = delivery.brotli(BOMB_HEAD + b" " * (size * MEGABYTE))
    else:
        answer.stream = deflated(size, 31 if parts[1] == "gzip" else 15)
    return answer


# ---- control ----------------------------------------------------------------


def told(value):
    return Answer(200, json.dumps(value, ensure_ascii=False).encode(), "application/json")


def control(state, request, parts):
    query = request.query
    if parts[1] == "log":
        return told(state.told())
    if parts[1] == "forget":
        state.forget()
    elif parts[1] == "latency":
        state.latency = int(query["ms"]) / 1000
    elif parts[1] == "epoch":
        state.epoch = int(query["n"])
    elif parts[1] == "nolog":
        state.keep_log = False
    elif parts[1] == "alias":
        state.aliases[query["path"]] = [v for name, v in request.pairs if name == "to"]
    else:
        return not_found()
    request.query, request.pairs = {}, []
    return told({"done": parts[1]})


PATHS = {"feed": feed, "page": page, "teasers": teasers, "article": article,
         "hostile": document, "bytes": given, "noise": noise, "echo": echo, "status": status,
         "redirect": redirect, "loop": loop, "to": elsewhere, "auth": auth, "cookie": cookie,
         "hang": hang, "close": close, "reset": reset, "garbage": garbage, "endless": endless,
         "endless-head": endless_head, "bomb": bomb, "_": control}


def find(state, request):
    """The answer of a request, as it would be sent by a server that behaves."""
    parts = request.path.strip("/").split("/")
    give = PATHS.get(parts[0])
    if not give:
        return not_found()
    try:
        return give(state, request, parts)
    except (IndexError, KeyError, ValueError) as error:
        return Answer(400, f"<p>{error!r}</p>".encode(), HTML)
