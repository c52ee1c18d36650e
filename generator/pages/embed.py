"""The embed pages: a chart by itself, for a frame on somebody else's page.

Comes in: charts with their drawings, the live ones or an edition's. Goes out: for each a page that is complete without
a script at any width from 320 pixels, and its oEmbed description. A chart that can no longer be drawn has a page that
says so: an address that was pasted somewhere never ends in an error.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from textwrap import wrap

from generator import formats
from generator.addresses import Paths, edition_path, embed_path, picture_path, use_path
from generator.models import (
    CardImage,
    Cell,
    Chart,
    Column,
    CourseLine,
    Drawing,
    Ended,
    Frozen,
    Link,
    Page,
    Pair,
    ShareRow,
    Style,
    Table,
)
from generator.pages.cells import Drawn

WIDTH = 600  # of the frame in snippets; it may be narrower
MOST_DATES = 26  # rows of the table of a chart over time; all of them are in its file
_WIDTHS = (320, 400, WIDTH)  # at which the height of a snippet has to do without a script
_WIDEST_ROWS, _NARROWEST_DRAWING, _WIDEST_NARROW = 576, 320, 420
_FRAME = re.compile(r'viewBox="0 0 (\d+) \d+" width="\d+" height="\d+"')
_TITLE = re.compile(r'<g transform="translate\(0,-[\d.]+\)"><text font-size="18px".*?</g>')  # above the frame
_AROUND, _NOTICE = 92, 56  # pixels: band, summary and margins; the lines on what changed since an edition
_LONGEST_SOURCE = formats.source_line(date.min, is_sample=True) + " Task Share of somebody · Use this chart"
_LEFT, _RIGHT = 3, 94  # percent of the room for marks in which the scale lies


@dataclass(frozen=True, slots=True)
class Embed:
    """A chart as it can be embedded: what snippets and descriptions of it say."""

    chart: str  # its id
    edition: str  # "2026-W36"; "" for the one that follows the newest snapshot
    path: str  # of the embed page
    page: str  # the path of the page that shows it
    title: str
    what: str  # what is measured, of what, in which window
    description: str  # for those who do not see it
    picture: str  # the path of its picture
    picture_width: int
    width: int  # of the frame
    height: int  # that holds it at 320, 400 and 600 pixels


@dataclass(frozen=True, slots=True)
class ShareMark:
    """A row of a chart that is printed row by row. Places are percent of the room for marks; None: not known."""

    label: str
    colour: str
    requests: str
    tokens: str
    requests_at: float | None
    tokens_at: float | None
    line: tuple[float, float] | None  # between the two: where it begins and how long it is
    by_tokens: float  # to order the rows by


@dataclass(frozen=True, slots=True)
class EmbedContent:
    """What embed.html prints."""

    embed: Embed
    drawing: Drawing  # the plot alone: title and source are text around it
    narrow: Drawing | None  # the same for narrow frames
    is_tall: bool  # so that it is never shown larger than it was drawn
    rows: tuple[ShareMark, ...]  # in place of it, and where the reader of the address asks for it
    table: Table
    style: Style
    use: str
    latest: Link | None  # from an edition to the newest
    now: str  # the file that says who leads now
    leaders: str  # the ids of those who lead here, as JSON; "" where that is not to be compared
    leader_names: str


@dataclass(frozen=True, slots=True)
class EndedContent:
    """What ended.html prints."""

    label: str
    sentence: str
    style: Style


def embed_style(sheet: str, palette: str) -> Style:
    """The style of embed pages, to stand in them: `sheet` with the colours of both schemes, on one line.

    A page may choose a scheme of its own, so each colour holds both (CSS `light-dark()`).
    """
    light, dark = (dict(re.findall(r"--(\w+): (#\w+);", part)) for part in palette.split("@media")[:2])
    colours = "".join(f"--{name}:light-dark({value},{dark[name]});" for name, value in light.items())
    text = re.sub(r"/\*.*?\*/|\s+", " ", sheet, flags=re.DOTALL)
    return Style(re.sub(r" ?([{};,]) ?|(:) ", r"\1\2", f":root{{color-scheme:light dark;{colours}}}{text}").strip())


def embed_of(chart: Chart, edition: str = "") -> Embed:
    """The chart as it can be embedded."""
    return Embed(
        chart=chart.id,
        edition=edition,
        path=embed_path(chart.id, edition),
        page=f"{edition_path(edition) if edition else ''}{chart.page}",
        title=chart.title,
        what=chart.subtitle,
        description=chart.description,
        picture=picture_path(chart.id, edition=edition),
        picture_width=chart.spec["width"] + chart.spec["padding"]["left"] + chart.spec["padding"]["right"],
        width=WIDTH,
        height=max(_height_at(width, chart) for width in _WIDTHS) + (_NOTICE if edition else 0),
    )


def embed_pages(
    drawn: Drawn, style: Style, as_of: date, edition: str = "", frozen: Frozen | None = None
) -> Iterator[Page]:
    """An embed page for each chart, with its description. What one of an edition links to stays, and so does it."""
    for chart, drawing in drawn.values():
        embed = embed_of(chart, edition)
        content = _content(embed, chart, drawing, style)
        title = f"{embed.title}, embed{f' of {edition}' if edition else ''}: {chart.id}"
        page = Page(embed.path, "embed.html", title, embed.description[:200], (), content, frozen)
        page = replace(page, card=_card(embed, chart, as_of))
        yield page
        yield replace(page, path=f"{embed.path}oembed.json", template="oembed.json", content=embed)


def ended_pages(ended: Iterable[Ended], style: Style, live: frozenset[str]) -> Iterator[Page]:
    """What stands at the addresses of a live chart that can no longer be drawn. `live`: the ids of those that can."""
    for thing in ended:
        state, sentence = _why_ended(thing)
        content = EndedContent(thing.label, sentence, style)
        for chart in thing.charts:
            if chart in live:
                continue
            for path, what in ((embed_path(chart), "embed"), (use_path(chart), "use")):
                yield Page(path, "ended.html", f"{thing.label}: {state}, {what}: {chart}", sentence, (), content)


def _why_ended(thing: Ended) -> tuple[str, str]:
    """In a few words, and in a sentence."""
    as_of, frozen = formats.long_date(thing.as_of), "Embeds of editions stay as they are."
    if not thing.is_listed:
        return "no longer listed", (
            f"{thing.label} is no longer listed: the snapshot of {as_of} was the last with it. {frozen}"
        )
    return "no chart today", (
        f"{thing.label}: this chart cannot be drawn from the snapshot of {as_of}, which lacks what it would compare. "
        f"It returns with the first snapshot that has it. {frozen}"
    )


def _content(embed: Embed, chart: Chart, drawing: Drawing, style: Style) -> EmbedContent:
    leaders = _leaders(chart) if embed.edition else ()
    return EmbedContent(
        embed=embed,
        drawing=_plot_alone(chart, drawing),
        narrow=replace(drawing, svg=drawing.narrow) if drawing.narrow else None,
        is_tall=bool(chart.rows),
        rows=() if drawing.narrow else _marks(chart.rows),
        table=_rows_table(chart) if chart.rows else _lines_table(chart),
        style=style,
        use=f"{use_path(chart.id)}{'?edition=' + embed.edition if embed.edition else ''}",
        latest=Link("See the latest", embed_path(chart.id)) if embed.edition else None,
        now=f"{embed_path(chart.id)}now.json",
        leaders=json.dumps([row.key for row in leaders], ensure_ascii=False) if leaders else "",
        leader_names=formats.listed([row.label for row in leaders]),
    )


def _card(embed: Embed, chart: Chart, as_of: date) -> CardImage:
    """That of the page which shows the chart, or of the front; in an edition that of its front."""
    page = chart.page if chart.page != "models/" and not embed.edition else ""
    return CardImage(Paths("", embed.edition).card(as_of, page), embed.title)


def _leaders(chart: Chart) -> tuple[ShareRow, ...]:
    """The first row, and those tied with it."""

    def measure(row: ShareRow) -> float:
        return row.intensity or round(row.share.requests or 0.0, 3)

    tied = (row for row in chart.rows if measure(row) == measure(chart.rows[0]))
    return tuple(sorted(tied, key=lambda row: row.key))


def _plot_alone(chart: Chart, drawing: Drawing) -> Drawing:
    """The drawing without its title and its last line: they stand around it as text."""
    top, height = chart.plot

    def frame(width: str) -> str:
        return f'viewBox="0 {top} {width} {height}" width="{width}" height="{height}"'

    svg = _TITLE.sub("", _FRAME.sub(lambda found: frame(found[1]), drawing.svg, count=1), count=1)
    return replace(drawing, svg=svg, height=height)


def _marks(rows: tuple[ShareRow, ...]) -> tuple[ShareMark, ...]:
    top = max((max(row.share.requests or 0.0, row.share.tokens or 0.0) for row in rows), default=0.0) or 1.0

    def at(share: float | None) -> float | None:
        return None if share is None else round(_LEFT + (_RIGHT - _LEFT) * share / top, 1)

    return tuple(_mark(row, at(row.share.requests), at(row.share.tokens)) for row in rows)


def _mark(row: ShareRow, requests_at: float | None, tokens_at: float | None) -> ShareMark:
    line = None
    if requests_at is not None and tokens_at is not None:
        line = min(requests_at, tokens_at), round(abs(requests_at - tokens_at), 1)
    return ShareMark(
        label=row.label,
        colour=row.colour,
        requests=formats.percent(row.share.requests),
        tokens=formats.percent(row.share.tokens),
        requests_at=requests_at,
        tokens_at=tokens_at,
        line=line,
        by_tokens=row.share.tokens or 0.0,
    )


def _rows_table(chart: Chart) -> Table:
    has_intensity = any(row.intensity for row in chart.rows)
    return Table(
        caption=chart.title,
        columns=(Column(""), Column("● requests"), Column("◇ tokens"), *[Column("tokens per request")] * has_intensity),
        rows=tuple(
            (
                Cell(row.label),
                Cell(formats.percent(row.share.requests)),
                Cell(formats.percent(row.share.tokens)),
                *[Cell(formats.times(row.intensity))] * has_intensity,
            )
            for row in chart.rows
        ),
    )


def _lines_table(chart: Chart) -> Table:
    """A chart over time, the newest date first."""
    shown = list(enumerate(chart.dates))[::-1][:MOST_DATES]
    cut = f": the newest {len(shown)} of {len(chart.dates)} dates" if len(shown) < len(chart.dates) else ""
    return Table(
        caption=f"{chart.subtitle.partition(';')[0]}{cut}",
        columns=(Column("date"), *(Column(line.label) for line in chart.lines)),
        rows=tuple((Cell(formats.short_date(day)), *_points(chart.lines, place)) for place, day in shown),
    )


def _points(lines: tuple[CourseLine, ...], place: int) -> Iterator[Cell]:
    for line in lines:
        point = line.points[place]
        if isinstance(point, Pair):
            yield Cell(formats.percent(point.requests))
        else:
            yield Cell(formats.MISSING if point is None else str(point))


def _height_at(width: int, chart: Chart) -> int:
    """Pixels of the whole embed in a frame of this width, at least; letters are taken as wide ones (embed.css)."""
    title = 22 * len(wrap(chart.title, int(width / 11)))
    words = 18 * len(wrap(chart.subtitle, int(width / 7.5))) + 2
    source = 18 * len(wrap(_LONGEST_SOURCE, int(width / 7.5)))
    return _AROUND + title + words + _plot_height(width, chart) + source


def _plot_height(width: int, chart: Chart) -> int:
    if width >= _WIDEST_ROWS:
        return ceil(chart.plot[1] * min(width, 672) / 672) + 4
    if chart.narrow:
        padding = chart.narrow["padding"]
        height: int = chart.narrow["height"] + padding["top"] + padding["bottom"]
        return ceil(height * min(width, _NARROWEST_DRAWING if chart.rows else _WIDEST_NARROW) / _NARROWEST_DRAWING) + 4
    letters = int(max(122, width * 0.38) / 7.1)
    return 24 + sum(max(24, 16 * len(wrap(row.label, letters))) for row in chart.rows)
