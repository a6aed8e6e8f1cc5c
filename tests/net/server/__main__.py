"""A web server for the tests that misbehaves on demand.

    python3 tests/net/server [--hosts N] [--port N] [--tls FOLDER]

listens on 127.0.0.1 ... 127.0.0.N (one port for all, so that each is a host of its own) and,
with --tls, on two further ports: one with a certificate for these addresses, one with a
certificate for another name, both signed by FOLDER/ca.pem, which is made at the start.
Prints one line, "ready PORT TLS-PORT WRONG-PORT" (0 where there is none), and serves until
its standard input ends.  What a URL does is told in answers.py and delivery.py.

Only the standard library is used; brotli comes from libbrotlienc, where there is one.
"""

import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import asyncio  # noqa: E402
import gc  # noqa: E402
import ipaddress  # noqa: E402
import socket  # noqa: E402

import certificates  # noqa: E402
import wire  # noqa: E402
from state import State  # noqa: E402


def listen(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError:
        listener.close()
        raise
    return listener


def listen_all(addresses, port):
    """One socket an address, all with the same port; with port 0 a free one is found."""
    for _ in range(50):
        listeners = []
        try:
            for address in addresses:
                chosen = listeners[0].getsockname()[1] if listeners else port
                listeners.append(listen(address, chosen))
            return listeners
        except OSError:
            for listener in listeners:
                listener.close()
            if port:
                raise
    raise OSError("no port is free on all addresses")


def options():
    parser = argparse.ArgumentParser(description="A web server that misbehaves on demand.")
    parser.add_argument("--hosts", type=int, default=4, help="addresses from 127.0.0.1 on")
    parser.add_argument("--address", action="append", default=[], help="a further address")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", metavar="FOLDER", help="make certificates there, serve TLS too")
    return parser.parse_args()


async def serve(given):
    loop = asyncio.get_running_loop()
    first = ipaddress.ip_address("127.0.0.1")
    addresses = [str(first + i) for i in range(given.hosts)] + given.address
    state = State()
    ports = []

    async def open_port(port, context):
        listeners = listen_all(addresses, port)
        for listener in listeners:
            await loop.create_server(lambda: wire.Connection(state, loop), sock=listener,
                                     backlog=4096, ssl=context)
        ports.append(listeners[0].getsockname()[1])

    await open_port(given.port, None)
    if given.tls:
        for context in certificates.make(given.tls, addresses):
            await open_port(0, context)
    state.port = ports[0]
    print("ready", *(ports + [0, 0])[:3], flush=True)

    ended = asyncio.Event()
    loop.add_reader(0, lambda: sys.stdin.buffer.read1(4096) or ended.set())
    await ended.wait()


gc.freeze()
try:
    asyncio.run(serve(options()))
except KeyboardInterrupt:
    pass
except OSError as error:
    sys.exit(f"test server: {error}")
