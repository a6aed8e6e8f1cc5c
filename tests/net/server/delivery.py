"""How an answer is sent.  These names in the query of any URL change it:

    delay=MS          waits before the answer
    pace=BYTES        sends so many bytes, then waits pause=MS (50), and so on
    cut=BYTES         closes the connection after so many bytes of the body
    reset=BYTES       the same with a TCP reset
    length=+N, -N     Content-Length lies by so much
    nolength=1        no Content-Length: the end of the connection ends the body
    chunked=BYTES     chunks of this size
    badchunks=KIND    size (no hexadecimal number), huge (a size near 2^64), cut (no last chunk)
    encoding=NAMES    gzip, deflate, raw (deflate without zlib's frame), br,
                      stored (br that compresses nothing); several with commas
    claim=NAME        Content-Encoding says this without doing it
    status=CODE       this status
    type=TYPE         this Content-Type
    charset=NAME      the body is in this encoding (Python's name), and Content-Type says so
    label=NAME        Content-Type says this encoding, whatever the body is in
    etag=strong|weak  an ETag, honoured in If-None-Match, letter by letter
    modified=1        Last-Modified, honoured in If-Modified-Since, letter by letter
    range=KIND        yes: Range (one, "bytes=N-") is honoured, with If-Range; shifted: other bytes
                      come, and are said to; blind: If-Range is not looked at
    cache=VALUE       Cache-Control (repeats)
    expires=SECONDS   Expires, from now
    retry=SECONDS     Retry-After in seconds; retrydate=SECONDS: as a date so far from now
    header=NAME:VALUE any header (repeats)
    flood=N           N further headers; floodsize=BYTES: of this length (40)
"""

import ctypes
import ctypes.util
import gzip
import hashlib
import time
import zlib
from email.utils import formatdate


class Answer:
    def __init__(self, status=200, body=b"", kind="application/rss+xml; charset=utf-8"):
        self.status, self.body, self.kind = status, body, kind
        self.headers = []
        self.changed = 0        # Unix time, for Last-Modified
        self.stream = None      # an iterable of bytes in place of body
        self.raw = None         # all bytes of the answer, the head included
        self.delay = 0.0
        self.pace, self.pause = 0, 0.05
        self.close = self.reset = self.hang = self.silent = False

    def takes_time(self):
        return bool(self.delay or self.pace or self.hang or self.silent or self.reset
                    or self.stream is not None)


# ---- encodings ------------------------------------------------------------


def brotli_library():
    name = ctypes.util.find_library("brotlienc")
    if not name:
        return None
    library = ctypes.CDLL(name)
    library.BrotliEncoderMaxCompressedSize.restype = ctypes.c_size_t
    library.BrotliEncoderMaxCompressedSize.argtypes = [ctypes.c_size_t]
    library.BrotliEncoderCompress.argtypes = [
        ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_size_t, ctypes.c_char_p,
        ctypes.POINTER(ctypes.c_size_t), ctypes.c_char_p]
    return library


BROTLI = brotli_library()


def brotli_stored(data):
    """A brotli stream of uncompressed meta-blocks (RFC 7932, section 9.2)."""
    out, bits, count = bytearray(), 0, 1  # WBITS: 16
    for start in range(0, len(data), 65536):
        piece = data[start:start + 65536]
        # ISLAST 0, MNIBBLES 4 (00), MLEN - 1 (16 bits), ISUNCOMPRESSED 1
        bits |= ((len(piece) - 1) << 3 | 1 << 19) << count
        count += 20
        out += bits.to_bytes((count + 7) // 8, "little") + piece
        bits = count = 0
    bits |= 3 << count  # ISLAST, ISLASTEMPTY
    return bytes(out + bits.to_bytes((count + 2 + 7) // 8, "little"))


def brotli(data):
    if not BROTLI:
        return brotli_stored(data)
    room = ctypes.c_size_t(BROTLI.BrotliEncoderMaxCompressedSize(len(data)) or len(data) + 4096)
    out = ctypes.create_string_buffer(room.value)
    if not BROTLI.BrotliEncoderCompress(5, 22, 0, len(data), data, ctypes.byref(room), out):
        raise ValueError("brotli failed")
    return out.raw[:room.value]


def raw_deflate(data):
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


ENCODINGS = {"gzip": lambda data: gzip.compress(data, 6, mtime=0), "deflate": zlib.compress,
             "raw": raw_deflate, "br": brotli, "stored": brotli_stored}
CALLED = {"raw": "deflate", "stored": "br"}


def encode(answer, value):
    names = value.split(",")
    for name in names:
        answer.body = ENCODINGS[name](answer.body)
    answer.headers.append(("Content-Encoding", ", ".join(CALLED.get(n, n) for n in names)))


# ---- conditional requests -------------------------------------------------


def not_modified(answer):
    answer.status, answer.body, answer.kind = 304, b"", None
    answer.headers = [pair for pair in answer.headers if pair[0] != "Content-Encoding"]


def condition(request, answer, query):
    """If-None-Match wins over If-Modified-Since (RFC 9110, section 13.2.2)."""
    same = None
    if "etag" in query:
        tag = '"' + hashlib.sha1(answer.body).hexdigest()[:16] + '"'
        tag = "W/" + tag if query["etag"] == "weak" else tag
        answer.headers.append(("ETag", tag))
        if "if-none-match" in request.headers:
            same = request.headers["if-none-match"] == tag
    if "modified" in query:
        date = formatdate(answer.changed, usegmt=True)
        answer.headers.append(("Last-Modified", date))
        if same is None and "if-modified-since" in request.headers:
            same = request.headers["if-modified-since"] == date
    if same and answer.status == 200:
        not_modified(answer)


def part(request, answer, query):
    """RFC 9110, sections 14.2 and 13.1.5; after condition(), which has set the validators."""
    asked = request.headers.get("range", "")
    if "range" not in query or answer.status != 200 or not asked.startswith("bytes="):
        return
    marks = [value for name, value in answer.headers if name in ("ETag", "Last-Modified")]
    same = request.headers.get("if-range")
    if same is not None and same not in marks and query["range"] != "blind":
        return
    start, whole = int(asked[len("bytes="):].rstrip("-")), len(answer.body)
    if start >= whole:
        answer.status, answer.body = 416, b""
        answer.headers.append(("Content-Range", f"bytes */{whole}"))
        return
    start = max(0, start - 7) if query["range"] == "shifted" else start
    answer.status, answer.body = 206, answer.body[start:]
    answer.headers.append(("Content-Range", f"bytes {start}-{whole - 1}/{whole}"))


# ---- framing --------------------------------------------------------------


def chunks(body, size, bad):
    out = b""
    for start in range(0, len(body), size):
        piece = body[start:start + size]
        out += b"%x\r\n" % len(piece) + piece + b"\r\n"
    ends = {"size": b"zz-not-a-number\r\nabc\r\n0\r\n\r\n", "huge": b"fffffffffffffff0\r\nabc\r\n",
            "cut": b""}
    return out + ends.get(bad, b"0\r\n\r\n")


def frame(answer, query):
    bad = query.get("badchunks")
    if answer.status == 304 or answer.raw is not None or answer.silent:
        return
    if "chunked" in query or bad:
        answer.headers.append(("Transfer-Encoding", "chunked"))
        answer.body = chunks(answer.body, int(query.get("chunked") or 1000), bad)
        answer.close = answer.close or bool(bad)
    elif answer.stream is not None or "nolength" in query:
        answer.close = True
        answer.headers.append(("Connection", "close"))
    else:
        lie = int(query.get("length", 0))
        answer.headers.append(("Content-Length", max(0, len(answer.body) + lie)))
        answer.close = answer.close or lie != 0
    for name in ("cut", "reset"):
        if name in query and answer.stream is None:
            answer.body = answer.body[:int(query[name])]
            answer.close = True
            answer.reset = name == "reset"


def shape(request, answer):
    """Makes of the answer what the request's query asks for."""
    query = request.query
    if "retry" in query:
        answer.headers.append(("Retry-After", query["retry"]))
    if "retrydate" in query:
        at = time.time() + int(query["retrydate"])
        answer.headers.append(("Retry-After", formatdate(at, usegmt=True)))
    if "expires" in query:
        at = time.time() + int(query["expires"])
        answer.headers.append(("Expires", formatdate(at, usegmt=True)))
    for name, value in request.pairs:
        if name == "cache":
            answer.headers.append(("Cache-Control", value))
        elif name == "header":
            answer.headers.append(tuple(part.strip() for part in value.split(":", 1)))
    if "charset" in query:
        answer.body = answer.body.decode("utf-8").encode(query["charset"], "xmlcharrefreplace")
        answer.kind = answer.kind.partition(";")[0] + "; charset=" + query["charset"]
    if "label" in query:
        answer.kind = answer.kind.partition(";")[0] + "; charset=" + query["label"]
    answer.kind = query.get("type", answer.kind)
    condition(request, answer, query)
    part(request, answer, query)
    if "encoding" in query and answer.status != 304 and answer.stream is None:
        encode(answer, query["encoding"])
    if "claim" in query:
        answer.headers.append(("Content-Encoding", query["claim"]))
    answer.status = int(query.get("status", answer.status))
    if answer.kind:
        answer.headers.append(("Content-Type", answer.kind))
    flood = int(query.get("flood", 0))
    size = int(query.get("floodsize", 40))
    answer.headers += [(f"X-Flood-{i}", "x" * size) for i in range(flood)]
    answer.delay += int(query.get("delay", 0)) / 1000
    answer.pace = int(query.get("pace", answer.pace))
    answer.pause = int(query.get("pause", 50)) / 1000
    frame(answer, query)
    if request.headers.get("connection", "").lower() == "close":
        answer.close = True
