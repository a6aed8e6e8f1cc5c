"""Reads a book as EPUB 3.3 wants it, with other libraries than ours, and tells what it holds."""
import sys
import xml.etree.ElementTree as xml
import zipfile

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
HTML = "{http://www.w3.org/1999/xhtml}"

book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
assert book.infolist()[0].filename == "mimetype"
assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
parts = {name: xml.fromstring(book.read(name)) for name in book.namelist() if name != "mimetype"}
package = parts["package.opf"]
items = {i.get("id"): i.get("href") for i in package.iter(OPF + "item")}
assert sorted(items.values()) == sorted(
    n for n in parts if n not in ("package.opf", "META-INF/container.xml"))
spine = package.find(OPF + "spine")
order = [items[i.get("idref")] for i in spine]
nav = parts["nav.xhtml"]
assert [a.get("href") for a in nav.iter(HTML + "a")] == order
meta = package.find(OPF + "metadata")
assert meta.find(DC + "identifier").text.startswith("urn:uuid:")
assert package.get("unique-identifier") == meta.find(DC + "identifier").get("id")
print(meta.find(DC + "title").text, meta.find(DC + "language").text, meta.find(OPF + "meta").text,
      spine.get("page-progression-direction"), sep="|")
for name in order:
    page = parts[name]
    links = " ".join(a.get("href") for a in page.iter(HTML + "a"))
    text = " ".join("".join(page.find(HTML + "body").itertext()).split())
    print(page.get("lang"), page.get("dir"), page.find(f"{HTML}head/{HTML}title").text, text, links,
          sep="|")
