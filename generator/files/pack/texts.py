"""What a newsroom pack says: what is in it, sentences and captions, how to cite, the terms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import fill

from generator import formats
from generator.addresses import edition_path
from generator.models import Chart, PackPicture, Quotes, Report, Settings

_SIZES = {
    "wide": "1200 by 630 pixels, for previews of links",
    "square": "1080 by 1080 pixels, for posts",
    "chart": "1200 pixels wide, to be shown 600 wide",
    "outlines": "SVG of any size, letters as outlines",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a pack."""

    chart: str  # the id of the chart that it belongs to; "" for none
    path: str  # within the pack
    about: str  # what it is, in a few words
    body: bytes


def about_picture(picture: PackPicture) -> str:
    """Format and scheme."""
    return f"{_SIZES[picture.form]}, on a {picture.scheme} ground"


def readme(label: str, report: Report, charts: Sequence[Chart], entries: Sequence[Entry], settings: Settings) -> str:
    """What is in the pack, file by file."""
    return _page(
        f"{settings.name}: edition {label}, pack for newsrooms",
        f"{_week(report)}. Figures of the {formats.window_words(report.window_days, report.as_of)}.",
        *_sample(report),
        "Every picture and every number may be printed if the source line stands beside it, letter for letter:",
        _source(report),
        "A share of requests counts every request once, however long it is; a share of tokens weighs it by what was "
        "read and written. A list of models is cut by requests: what a model that is not listed has is unknown, not "
        "zero. Shares are published with three decimals, so what is equal in them is level.",
        "The charts that are the news of the week (the front, all tasks, the macro-categories, the largest tasks that "
        "others lead now) come in all formats, every other task in one.",
        *_link(label, settings),
        "FILES",
        *_listed(charts, entries),
    )


def captions(report: Report, charts: Sequence[Chart], quotes: Mapping[str, Quotes], settings: Settings) -> str:
    """For each chart sentences to quote, a caption, an alt text, a post. `quotes`: by the id of the chart."""
    parts = (part for chart in charts for part in _of_chart(report, chart, quotes.get(chart.id), settings.address))
    return _page("Sentences, captions and alt texts, chart by chart.", *_sample(report), *parts, width=0)


def _of_chart(report: Report, chart: Chart, quotes: Quotes | None, address: str) -> Iterator[str]:
    yield f"{chart.id}\n{'-' * len(chart.id)}"
    yield f"Finding: {_ended(chart.title)}"
    if quotes is None:
        yield f"Caption: {_ended(chart.title)} {_ended(chart.subtitle)} {_source(report)}"
        yield f"Alt text: {_ended(chart.description)}"
        return
    for length, sentence in zip(("Short", "Middle", "Long"), quotes.sentences, strict=True):
        yield f"{length}: {sentence}"
    yield f"Caption: {quotes.caption}"
    yield f"Alt text: {quotes.alt}"
    yield f"Post: {quotes.post}{f' {address}{quotes.post_path}' if address else ''}"


def citation(label: str, report: Report, settings: Settings) -> str:
    """A sentence with the source's own line."""
    place = f" {settings.address}{edition_path(label)}" if settings.address else ""
    return _page(
        f"{settings.name}, edition {label} ({_week(report)}), snapshot of {formats.long_date(report.as_of)}.{place} "
        f"{_source(report)}",
        width=0,
    )


def terms(report: Report, settings: Settings) -> str:
    """Whose the data are, and what one may do with them."""
    if report.is_sample:
        return _page(*_sample(report), "Nobody licenses these figures. They are here to show what a pack holds.")
    return _page(
        "The data are OpenRouter's, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/): copy and "
        "change them, for money too, as long as you name the source, link to the licence and say what you changed.",
        "Name the source so, letter for letter:",
        _source(report),
        f"The pictures, tables and texts were made from them by {settings.name}, which asks for nothing more. It is "
        "not affiliated with OpenRouter. The letters in the pictures are Inter, under the SIL Open Font License.",
    )


def _listed(charts: Sequence[Chart], entries: Sequence[Entry]) -> Iterator[str]:
    """Each file with what it is; those of a chart together, below its finding."""
    yield "\n".join(("  README.txt\n      this list", *(_line(entry) for entry in entries if not entry.chart)))
    titles = {chart.id: chart.title for chart in charts}
    for chart, group in groupby((entry for entry in entries if entry.chart), key=lambda entry: entry.chart):
        yield "\n".join((_ended(titles[chart]), *map(_line, group)))


def _line(entry: Entry) -> str:
    return f"  {entry.path}\n      {entry.about}"


def _week(report: Report) -> str:
    year, week, _ = report.as_of.isocalendar()
    return f"Week {week} of {year}"


def _sample(report: Report) -> tuple[str, ...]:
    said = "SAMPLE DATA: the models are fictional and the figures made up. They are not OpenRouter's."
    return (said,) if report.is_sample else ()


def _link(label: str, settings: Settings) -> tuple[str, ...]:
    place = f"{settings.address}{edition_path(label)}"
    return (f"The same on pages that stay as they are: {place}",) if settings.address else ()


def _source(report: Report) -> str:
    return formats.source_line(report.as_of, is_sample=report.is_sample, licence=True)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _page(*parts: str, width: int = 100) -> str:
    """Paragraphs with plain spaces; those of several lines as they are, `width` 0: all."""
    plain = (part.replace(formats.NBSP, " ") for part in parts)
    return "\n\n".join(fill(part, width) if width and "\n" not in part else part for part in plain) + "\n"
