"""HTTP/1.1 on the wire: reads requests, sends answers as well or as badly as told."""

import asyncio
import socket
import struct
import time
from urllib.parse import parse_qsl, unquote, urlsplit

import answers
import delivery

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified",
           404: "Not Found", 410: "Gone", 429: "Too Many Requests", 503: "Service Unavailable"}
REQUEST_MOST = 65536


class Request:
    """One request.  `query` has the last value of each name, `pairs` all of them."""

    def __init__(self, method, target, headers, address, secure):
        self.method, self.target, self.headers = method, target, headers
        self.address, self.secure = address, secure
        self.host = headers.get("host", "")
        if "://" in target:  # as to a proxy
            parts = urlsplit(target)
            self.host = parts.netloc
            self.target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        self.aim(self.target)

    def aim(self, target):
        path, _, query = target.partition("?")
        self.path = unquote(path)
        self.pairs = parse_qsl(query, keep_blank_values=True) if query else []
        self.query = dict(self.pairs)

    @property
    def origin(self):
        return ("https://" if self.secure else "http://") + self.host


def parse(head, address, secure):
    lines = head.decode("latin-1").split("\r\n")
    method, target, _ = (lines[0] + "  ").split(" ", 2)
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        if name:
            headers[name.strip().lower()] = value.strip()
    return Request(method, target or "/", headers, address, secure)


class Connection(asyncio.Protocol):
    def __init__(self, state, loop):
        self.state, self.loop = state, loop
        self.transport = self.task = None
        self.bytes = b""
        self.open = False
        self.writable = asyncio.Event()
        self.writable.set()

    # ---- what the loop tells --------------------------------------------

    def connection_made(self, transport):
        self.transport = transport
        self.open = True
        self.address = transport.get_extra_info("sockname")[0]
        self.secure = transport.get_extra_info("sslcontext") is not None
        self.gauges = self.state.connections
        self.gauges.up(self.address)

    def connection_lost(self, error):
        self.open = False
        self.writable.set()
        self.gauges.down(self.address)
        if self.task:
            self.task.cancel()

    def pause_writing(self):
        self.writable.clear()

    def resume_writing(self):
        self.writable.set()

    def data_received(self, data):
        self.bytes += data
        if not self.task:
            self.next_request()

    # ---- requests --------------------------------------------------------

    def next_request(self):
        while self.open and not self.task:
            end = self.bytes.find(b"\r\n\r\n")
            if end < 0:
                if len(self.bytes) > REQUEST_MOST:
                    self.transport.abort()
                return
            head, self.bytes = self.bytes[:end], self.bytes[end + 4:]
            self.handle(parse(head, self.address, self.secure))

    def handle(self, request):
        entry = None
        if not request.path.startswith("/_/"):
            entry = self.note(request)
        gauges = self.state.requests
        request.aim(self.state.resolve(request.target))
        answer = answers.find(self.state, request)
        delivery.shape(request, answer)
        if entry is not None:
            answer.delay += self.state.latency
            gauges.up(self.address)
        self.task = self.loop.create_task(self.send(answer, entry, gauges)) \
            if answer.takes_time() else None
        if not self.task:
            self.send_at_once(answer)
            self.sent(answer, entry, gauges)

    def note(self, request):
        state = self.state
        entry = {"n": len(state.log), "method": request.method, "host": request.host,
                 "address": request.address, "target": request.target,
                 "headers": request.headers, "visit": state.visit(request.target),
                 "at": round(time.monotonic() - state.started, 4)}
        if state.keep_log:
            state.log.append(entry)
        return entry

    def sent(self, answer, entry, gauges):
        if entry is not None:
            gauges.down(self.address)
            entry["status"] = answer.status
            entry["took"] = round(time.monotonic() - self.state.started - entry["at"], 4)

    # ---- answers ---------------------------------------------------------

    def head(self, answer):
        lines = [f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Told So')}"]
        lines += [f"{name}: {value}" for name, value in answer.headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")

    def end(self, answer):
        if answer.reset:
            self.reset()
        elif answer.close and self.open:
            self.transport.close()

    def reset(self):
        """Ends with RST in place of FIN."""
        plain = self.transport.get_extra_info("socket")
        if plain and self.open:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()

    def send_at_once(self, answer):
        if answer.raw is not None:
            self.transport.write(answer.raw)
        else:
            self.transport.write(self.head(answer) + answer.body)
        self.end(answer)

    async def send(self, answer, entry, gauges):
        try:
            if answer.delay:
                await asyncio.sleep(answer.delay)
            if answer.hang:
                await asyncio.sleep(3600)
            if answer.raw is not None:
                self.transport.write(answer.raw)
            elif not answer.silent:
                self.transport.write(self.head(answer))
                await self.send_body(answer)
            if answer.reset:
                await asyncio.sleep(0.05)  # let what was written leave first
            self.end(answer)
        except asyncio.CancelledError:
            pass
        finally:
            self.sent(answer, entry, gauges)
            self.task = None
            if self.open and not answer.close and not answer.reset:
                self.next_request()

    async def send_body(self, answer):
        if answer.stream is not None:
            for piece in answer.stream:
                await self.writable.wait()
                if not self.open:
                    return
                self.transport.write(piece)
                await asyncio.sleep(0)
            return
        size = answer.pace or len(answer.body) or 1
        for start in range(0, len(answer.body), size):
            await self.writable.wait()
            self.transport.write(answer.body[start:start + size])
            if answer.pace:
                await asyncio.sleep(answer.pause)
