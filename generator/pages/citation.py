"""How to cite a page: a sentence, APA, BibTeX, CSL-JSON, each with the line that the source's licence asks for.

A page that follows the newest snapshot is cited with its day as the version, an edition with its week: what is cited
can then be found again among the editions or the raw snapshots.
"""

import json
import re
from dataclasses import dataclass
from datetime import date

from generator import formats
from generator.addresses import PREVIEW_ADDRESS
from generator.models import Settings

_SPECIAL = {
    **{character: f"\\{character}" for character in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A page in each form."""

    sentence: str  # without the address
    url: str
    apa: str
    bibtex: str
    csl: str  # JSON, as citation programs read it


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a program is told."""

    key: str
    title: str
    url: str
    as_of: date
    version: str
    source: str
    name: str  # of the site


def citation_of(title: str, path: str, as_of: date, version: str, source: str, settings: Settings) -> Citation:
    """`title`: of the thing and its window. `version`: the week of an edition, or the day. `source`: the line."""
    title, url = formats.plain(title), f"{settings.address or PREVIEW_ADDRESS}{path}"
    name = settings.name
    entry = _Entry(_key(path, version), title, url, as_of, version, source, name)
    return Citation(
        sentence=f"{title}. {name}, {version}. {source}",
        url=url,
        apa=f"{name}. ({as_of.year}). {title} (Version {version}) [Data set]. {url} {source}",
        bibtex=_bibtex(entry),
        csl=_csl(entry),
    )


def _bibtex(entry: _Entry) -> str:
    fields = {
        "author": f"{{{{{_escaped(entry.name)}}}}}",
        "title": f"{{{{{_escaped(entry.title)}}}}}",
        "year": f"{{{entry.as_of.year}}}",
        "month": formats.month(entry.as_of)[:3].lower(),  # BibTeX's own names, without braces
        "version": f"{{{entry.version}}}",
        "url": f"{{{entry.url}}}",
        "note": f"{{{_escaped(entry.source)}}}",
    }
    lines = "".join(f"  {field} = {value},\n" for field, value in fields.items())
    return f"@misc{{{entry.key},\n{lines}}}"


def _csl(entry: _Entry) -> str:
    """https://docs.citationstyles.org/en/stable/specification.html"""
    fields = {
        "id": entry.key,
        "type": "dataset",
        "title": entry.title,
        "author": [{"literal": entry.name}],
        "issued": {"date-parts": [[entry.as_of.year, entry.as_of.month, entry.as_of.day]]},
        "version": entry.version,
        "URL": entry.url,
        "note": entry.source,
    }
    lines = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()
    )
    return f"[{{\n{lines}\n}}]"


def _key(path: str, version: str) -> str:
    """Letters, digits and `-` alone."""
    place = path.replace(version, "")
    return "-".join(re.findall(r"[a-z0-9]+", f"task-share {place} {version}".lower()))


def _escaped(text: str) -> str:
    """As LaTeX prints it."""
    return "".join(_SPECIAL.get(character, character) for character in text)
