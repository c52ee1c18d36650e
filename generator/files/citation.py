"""The site's data as they are to be cited, for programs that read CITATION.cff (https://citation-file-format.github.io/)."""

import json
from collections.abc import Iterator

from generator import formats
from generator.addresses import PREVIEW_ADDRESS
from generator.models import File, Report, Settings


def citation_file(report: Report, settings: Settings) -> File:
    """The data set with the day of the newest snapshot as its version. Nobody licenses the sample."""
    return File("CITATION.cff", "".join(f"{line}\n" for line in _lines(report, settings)).encode())


def _lines(report: Report, settings: Settings) -> Iterator[str]:
    source = formats.source_line(report.as_of, is_sample=report.is_sample, licence=True)
    title = f"{settings.name}: shares of language model traffic by task"
    yield "cff-version: 1.2.0"
    yield f"message: {_text(f'Cite the edition or page that the figures stand on, and keep this line: {source}')}"
    yield "type: dataset"
    yield f"title: {_text(title + (' (sample data)' if report.is_sample else ''))}"
    yield "authors:"
    yield f"  - name: {_text(settings.name)}"
    if not report.is_sample:
        yield "  - name: OpenRouter"
        yield "license: CC-BY-4.0"
    yield f"version: {_text(report.as_of.isoformat())}"
    yield f"date-released: {report.as_of.isoformat()}"
    yield f"url: {_text(settings.address or PREVIEW_ADDRESS)}"


def _text(text: str) -> str:
    """A JSON string is one of YAML too."""
    return json.dumps(text, ensure_ascii=False)
