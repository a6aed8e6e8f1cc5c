"""What the server remembers: settings that tests switch, and a log that they read."""

import time


class Gauge:
    """How many at once: now, at most, ever."""

    def __init__(self):
        self.now = self.most = self.total = 0

    def up(self):
        self.now += 1
        self.total += 1
        self.most = max(self.most, self.now)

    def down(self):
        self.now -= 1

    def told(self):
        return {"now": self.now, "most": self.most, "total": self.total}


class Gauges(dict):
    """A gauge for each name, and one for all of them under ""."""

    def __missing__(self, name):
        self[name] = gauge = Gauge()
        return gauge

    def up(self, name):
        self[name].up()
        self[""].up()

    def down(self, name):
        self[name].down()
        self[""].down()

    def told(self):
        return {name: gauge.told() for name, gauge in self.items()}


class State:
    def __init__(self):
        self.port = 0
        self.latency = 0.0   # seconds before each answer
        self.epoch = 0       # what growing and edited feeds count in
        self.keep_log = True
        self.aliases = {}    # path: other paths, one a request, the last for all further ones
        self.forget()

    def forget(self):
        self.log = []
        self.visits = {}     # path and query: number of requests
        self.requests = Gauges()      # by address, from the request's last byte to the answer's
        self.connections = Gauges()   # by address
        self.started = time.monotonic()

    def visit(self, target):
        self.visits[target] = count = self.visits.get(target, 0) + 1
        return count

    def resolve(self, target):
        """The target that this request really gets."""
        path = target.partition("?")[0]
        others = self.aliases.get(target) or self.aliases.get(path)
        if not others:
            return target
        return others.pop(0) if len(others) > 1 else others[0]

    def told(self):
        return {"requests": self.requests.told(), "connections": self.connections.told(),
                "visits": self.visits, "log": self.log}
