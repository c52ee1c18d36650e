"""Feeds as programs read them: Atom (RFC 4287) and JSON Feed (https://jsonfeed.org/version/1.1).

An item stands in several feeds: it is written once for each format.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from generator import formats
from generator.addresses import PREVIEW_ADDRESS, feed_paths
from generator.models import Feed, FeedItem, FeedPart, File, Link, Settings

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # https://www.w3.org/TR/xml/#charsets
_END = "</feed>"


def feed_files(feeds: Iterable[Feed], settings: Settings) -> Iterator[File]:
    """Two files a feed. All addresses in them are absolute: a feed is read far from its site."""
    address = settings.address or PREVIEW_ADDRESS
    atom, json_feed = dict[str, str](), dict[str, str]()
    for feed in feeds:
        for item in feed.items:
            if item.id not in atom:
                content = _html(item, address)
                atom[item.id] = _written(_entry(item, content, address))
                json_feed[item.id] = _dumped(_json_item(item, content, address))
        in_xml, in_json = feed_paths(feed.page)
        head = _written(_atom_head(feed, settings, address)).removesuffix(_END)
        entries = "".join(f"{atom[item.id]}\n" for item in feed.items)
        yield File(in_xml, f'<?xml version="1.0" encoding="utf-8"?>\n{head}\n{entries}{_END}\n'.encode())
        about = _dumped(_json_head(feed, settings, address)).removesuffix("}")
        items = ",\n".join(json_feed[item.id] for item in feed.items)
        yield File(in_json, f'{about},"items":[\n{items}\n]}}\n'.encode())


def _title(feed: Feed, settings: Settings) -> str:
    about = f": {feed.title}" if feed.title else ""
    return f"{settings.name}{about}{' (sample data)' if feed.is_sample else ''}"


def _about(feed: Feed) -> str:
    return f"{feed.about[:1].upper()}{feed.about[1:]}. {feed.source}"


def _atom_head(feed: Feed, settings: Settings, address: str) -> ET.Element:
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(root, "id", feed.id)
    _add(root, "title", _title(feed, settings))
    _add(root, "subtitle", _about(feed))
    _add(root, "updated", _time(feed.updated))
    _add(ET.SubElement(root, "author"), "name", settings.name)
    _add(root, "rights", feed.source)
    _link(root, "self", "application/atom+xml", address + feed_paths(feed.page)[0])
    _link(root, "alternate", "text/html", address + feed.home)
    return root


def _entry(item: FeedItem, content: str, address: str) -> ET.Element:
    entry = ET.Element("entry")
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    _add(entry, "published", _time(item.published))
    _add(entry, "updated", _time(item.updated))
    _link(entry, "alternate", "text/html", address + item.path)
    if item.picture:
        _link(entry, "enclosure", "image/png", address + item.picture.path)
    _add(entry, "content", content, type="html")
    return entry


def _json_head(feed: Feed, settings: Settings, address: str) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(feed, settings),
        "description": _about(feed),
        "home_page_url": address + feed.home,
        "feed_url": address + feed_paths(feed.page)[1],
        "language": "en",
        "authors": [{"name": settings.name}],
    }


def _json_item(item: FeedItem, content: str, address: str) -> dict[str, Any]:
    picture = {"image": address + item.picture.path} if item.picture else {}
    return {
        "id": item.id,
        "url": address + item.path,
        "title": _plain(item.title),
        "content_html": content,
        **picture,
        "date_published": _time(item.published),
        "date_modified": _time(item.updated),
    }


def _html(item: FeedItem, address: str) -> str:
    """The text of an item, then its picture, then the source."""
    told = "".join(_part(part, address) for part in item.parts)
    picture = ""
    if item.picture:
        source, alt = quoteattr(address + item.picture.path), quoteattr(_plain(item.picture.alt))
        picture = f"<p><img src={source} alt={alt}></p>"
    return f"{told}{picture}<p><small>{escape(item.source)}</small></p>"


def _part(part: FeedPart, address: str) -> str:
    if not part.heading:
        return "".join(f"<p>{_line(line, address)}</p>" for line in part.lines)
    lines = "".join(f"<li>{_line(line, address)}</li>" for line in part.lines)
    return f"<h3>{escape(part.heading)}</h3><ul>{lines}</ul>"


def _line(line: tuple[Link | str, ...], address: str) -> str:
    return "".join(
        escape(_plain(part))
        if isinstance(part, str)
        else f"<a href={quoteattr(address + part.path)}>{escape(_plain(part.text))}</a>"
        for part in line
    )


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _plain(text)


def _link(parent: ET.Element, relation: str, media_type: str, address: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "type": media_type, "href": address})


def _written(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode")


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(text: str) -> str:
    """With plain spaces, and a mark for each character that no XML may hold."""
    return _NO_XML.sub("\ufffd", formats.plain(text))


def _time(moment: datetime) -> str:
    """`2026-08-30T23:59:59Z`, as RFC 3339 has it."""
    return moment.isoformat().replace("+00:00", "Z")
