"""Documents that mean harm; each a function that gives bytes."""

import content

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def wrap(items, title="عدائي", prologue=b""):
    return (HEAD + prologue + b'<rss version="2.0"><channel><title>' + title.encode()
            + b"</title><link>https://hostile.example/</link>" + items + b"</channel></rss>\n")


def item(title, body=b"x", guid=b"1", link=b"https://hostile.example/1"):
    return (b"<item><title>" + title + b"</title><guid>" + guid + b"</guid><link>" + link
            + b"</link><description>" + body + b"</description></item>")


def entities():
    """A billion laughs."""
    lines = [b'<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12)]
    return wrap(item(b"&a11;", b"&a11;"), prologue=b"<!DOCTYPE rss [" + b"".join(lines) + b"]>\n")


def quadratic():
    """One long entity, named many times."""
    prologue = b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * 100000 + b'">]>\n'
    return wrap(item(b"t", b"&a;" * 20000), prologue=prologue)


def outside():
    """Entities that name a file and a web server."""
    prologue = (b'<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">'
                b'<!ENTITY net SYSTEM "http://127.0.0.1:1/secret">]>\n')
    return wrap(item(b"before &file; after", b"&file; &net;"), prologue=prologue)


def deep():
    """XML as deep as it is long."""
    return wrap(b"<item><title>t</title>" + b"<a>" * 500000)


def deep_html():
    depth = 200000
    return wrap(item(b"deep", b"<![CDATA[" + b"<div><b>" * depth + b"end" + b"]]>"))


def controls():
    """Bytes that no XML may hold."""
    bad = b"".join(bytes([i]) for i in range(1, 32) if i not in (9, 10, 13))
    return wrap(item(b"con" + bad + b"trol", b"body" + bad + b"\x7f\xc2\x9b31m"))


def escapes():
    """Escape sequences for a terminal, plain and as references."""
    return wrap(
        item(b"&#27;]0;owned&#7;&#155;2Jtitle", b"&#x1b;[2J&#x1b;[31mred", b"e1")
        + item(b"\xc2\x9b5m C1 \xc2\x9d0;owned\xc2\x9c", b"text \xc2\x9b31m", b"e2",
               b"https://hostile.example/&#27;[2J"),
        title="&#27;[31mred&#x9b;5m")


def overrides():
    """Bidi controls that are never closed."""
    marks = "\u202e\u202d\u2066\u2067\u2068\u200f\u061c"
    return wrap(item(("عنوان " + marks * 30 + " title").encode(), ("نص " + marks * 100).encode()),
                title="مصدر \u202e")


def scripts():
    body = (b"<![CDATA[<p onclick='alert(1)'>seen</p><script>alert(2)</script>"
            b"<style>p{display:none}</style><a href='javascript:alert(3)'>link</a>"
            b"<img src='http://tracker.example/1.gif' width=1 height=1>"
            b"<iframe src='http://frame.example/'></iframe>"
            b"<form action='http://form.example/'><input name=q></form>]]>")
    return wrap(item(b"<![CDATA[<b>title</b><script>alert(4)</script>]]>", body))


def many():
    """Sixty thousand items."""
    return wrap(b"".join(item(b"t%d" % i, b"b", b"%d" % i) for i in range(60000)))


def long_title():
    return wrap(item(b"\xd8\xae" * 2000000, b"body"))


def long_attribute():
    return wrap(b'<item a="' + b"x" * 9000000 + b'"><title>t</title></item>')


def attributes():
    return wrap(b"<item " + b" ".join(b'a%d="1"' % i for i in range(200000)) + b"/>")


def nulls():
    return b"\0" * 300000


def noise():
    value, out = 12345, bytearray()
    for _ in range(300000):
        value = (value * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(value >> 16 & 0xFF)
    return bytes(out)


def cut():
    """Three items whole, the fourth cut."""
    text = content.feed("ar", 4, 77)[0]
    return text[:text.rindex(b"<item>") + 200]


def empty():
    return b""


DOCUMENTS = {name.replace("_", "-"): make for name, make in list(globals().items())
             if callable(make) and name not in ("wrap", "item")}
