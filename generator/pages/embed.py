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

from generator import formats
from generator.addresses import Paths, embed_path, picture_path, use_path
from generator.models import CardImage, Chart, Drawing, Ended, Frozen, Link, Page, ShareRow, Table
from generator.pages.cells import Drawn
from generator.pages.embed_height import height_of
from generator.pages.embed_table import table_of
from generator.pages.marks import ShareMarks, marks_of

WIDTH = 600  # of the frame in snippets; it may be narrower
_FRAME = re.compile(r'viewBox="(-?\d+) (-?\d+) (\d+) \d+" width="\d+" height="\d+"')
_TITLE = re.compile(r'<text font-size="18".*</text>')  # and what stands below it: the last two texts, above the frame


@dataclass(frozen=True, slots=True)
class Embed:
    """A chart as it can be embedded: what snippets and descriptions of it say."""

    chart: str  # its id
    edition: str  # "2026-W36"; "" for the one that follows the newest snapshot
    path: str  # of the embed page
    page: str  # where the site shows it: the path of a page, or of a section
    title: str
    what: str  # what is measured, of what, in which window
    description: str  # for those who do not see it
    picture: str  # the path of its picture
    picture_width: int
    width: int  # of the frame
    height: int  # that holds it at 320, 400 and 600 pixels

    @property
    def canonical(self) -> str:
        """The page that is to be found in its place."""
        return self.page.partition("#")[0]


@dataclass(frozen=True, slots=True)
class EmbedContent:
    """What embed.html prints."""

    embed: Embed
    drawing: Drawing | None  # the plot alone, with title and source as text around it; None: what is below does
    narrow: Drawing | None  # the same for narrow frames
    is_tall: bool  # so that it is never shown larger than it was drawn
    rows: ShareMarks | None  # in place of it, and where the reader of the address asks for it
    table: Table | None  # None where the rows say it
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


def embed_of(chart: Chart, edition: str = "") -> Embed:
    """The chart as it can be embedded."""
    return Embed(
        chart=chart.id,
        edition=edition,
        path=embed_path(chart.id, edition),
        page=Paths("", edition).page(chart.page),
        title=chart.title,
        what=chart.subtitle,
        description=chart.description,
        picture=picture_path(chart.id, edition=edition),
        picture_width=chart.spec["width"] + chart.spec["padding"]["left"] + chart.spec["padding"]["right"],
        width=WIDTH,
        height=height_of(chart, is_in_rows=_is_in_rows(chart, edition), is_of_edition=bool(edition)),
    )


def embed_pages(drawn: Drawn, as_of: date, edition: str = "", frozen: Frozen | None = None) -> Iterator[Page]:
    """An embed page for each chart, with its description. What one of an edition links to stays, and so does it."""
    for chart, drawing in drawn.values():
        embed = embed_of(chart, edition)
        content = _content(embed, chart, drawing)
        title = f"{embed.title}, embed{f' of {edition}' if edition else ''}: {chart.id}"
        said = embed.description if edition else embed.description[:200]  # an edition's is taken over by static/use.js
        page = Page(embed.path, "embed.html", title, said, (), content, frozen)
        page = replace(page, card=_card(embed, chart, as_of))
        yield page
        yield replace(page, path=f"{embed.path}oembed.json", template="oembed.json", content=embed)


def ended_pages(ended: Iterable[Ended], live: frozenset[str]) -> Iterator[Page]:
    """What stands at the addresses of a live chart that can no longer be drawn. `live`: the ids of those that can."""
    for thing in ended:
        state, sentence = _why_ended(thing)
        content = EndedContent(thing.label, sentence)
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


def _content(embed: Embed, chart: Chart, drawing: Drawing) -> EmbedContent:
    leaders = _leaders(chart) if embed.edition else ()
    is_in_rows = _is_in_rows(chart, embed.edition)
    return EmbedContent(
        embed=embed,
        drawing=None if embed.edition and chart.rows else _plot_alone(chart, drawing),
        narrow=replace(drawing, svg=drawing.narrow) if drawing.narrow else None,
        is_tall=bool(chart.rows),
        rows=None if drawing.narrow else marks_of(chart.rows),
        table=None if is_in_rows else table_of(chart),
        use=f"{use_path(chart.id)}{'?edition=' + embed.edition if embed.edition else ''}",
        latest=Link("See the latest", embed_path(chart.id)) if embed.edition else None,
        now=f"{embed_path(chart.id)}now.json",
        leaders=json.dumps([row.key for row in leaders], ensure_ascii=False) if leaders else "",
        leader_names=formats.listed([row.label for row in leaders]),
    )


def _is_in_rows(chart: Chart, edition: str) -> bool:
    """Whether rows stand in place of the drawing at any width: there are thousands of embeds of editions."""
    return bool(edition) and bool(chart.rows) and chart.narrow is None


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

    def frame(found: re.Match[str]) -> str:
        left, above, width = found.groups()
        return f'viewBox="{left} {int(above) + top} {width} {height}" width="{width}" height="{height}"'

    svg = _TITLE.sub("", _FRAME.sub(frame, drawing.svg, count=1), count=1)
    return replace(drawing, svg=svg, height=height)
