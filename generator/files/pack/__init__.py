"""An edition as one zip for newsrooms: pictures, tables, texts, citation, terms. Pure: bytes go out.

Comes in: the report of an edition, its charts, and the pictures drawn of them. Goes out: a file that says in its
README.txt what each of its files is. The same bytes on any machine: entries are stored as they are, since what packs
them smaller differs from machine to machine and pictures are packed already; their order and their time are fixed.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from generator.addresses import pack_path
from generator.files.pack.tables import all_models_csv, chart_tables
from generator.files.pack.texts import Entry, about_picture, captions, citation, readme, terms
from generator.models import Chart, File, PackPicture, Quotes, Report, Settings

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_READABLE = 0o100644 << 16
_ENDINGS = {"wide": "1200x630-{}.png", "square": "1080x1080-{}.png", "chart": "600-{}@2x.png", "outlines": "{}.svg"}


def pack_file(
    label: str,
    report: Report,
    charts: Sequence[Chart],
    pictures: Sequence[PackPicture],
    quotes: Mapping[str, Quotes],
    settings: Settings,
) -> File:
    """The pack of the edition `label`: the `pictures` of its `charts`, what is to be quoted of them, their tables."""
    told = captions(report, charts, quotes, settings)
    entries = [*_texts(label, report, told, settings), *_of_charts(report, charts, pictures)]
    list_of_all = readme(label, report, charts, entries, settings)
    head = Entry("", "README.txt", "", list_of_all.encode())
    return File(pack_path(label), _zipped(f"newsroom-{label}", [head, *entries]))


def _texts(label: str, report: Report, told: str, settings: Settings) -> Iterator[Entry]:
    about = "for each chart its finding, sentences of three lengths, a caption, an alt text, a post"
    yield Entry("", "captions.txt", about, told.encode())
    yield Entry("", "citation.txt", "how to cite", citation(label, report, settings).encode())
    yield Entry("", "LICENCE.txt", "terms of use", terms(report, settings).encode())
    about = "every model of every list, shares as fractions"
    yield Entry("", "tables/all-tasks-and-models.csv", about, all_models_csv(report).encode())


def _of_charts(report: Report, charts: Sequence[Chart], pictures: Sequence[PackPicture]) -> Iterator[Entry]:
    for chart in charts:
        for picture in pictures:
            if picture.chart == chart.id:
                ending = _ENDINGS[picture.form].format(picture.scheme)
                yield Entry(chart.id, f"pictures/{chart.id}-{ending}", about_picture(picture), picture.body)
        for ending, about, text in chart_tables(chart, report):
            yield Entry(chart.id, f"tables/{chart.id}.{ending}", about, text.encode())


def _zipped(folder: str, entries: Sequence[Entry]) -> bytes:
    """All in one folder: what is unpacked anywhere stays together."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_STORED) as pack:
        for entry in entries:
            info = zipfile.ZipInfo(f"{folder}/{entry.path}", _TIME)
            info.create_system, info.external_attr = 3, _READABLE
            pack.writestr(info, entry.body)
    return body.getvalue()
