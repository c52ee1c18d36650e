"""The record of a task in words: its leaders, its closest race, its turnover, its concentration."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator import formats
from generator.models import Cell, Column, Concentration, Lead, Leader, Reign, Span, Table, TaskReport, Trends
from generator.models import TaskRecord as Record

MOST_REIGNS = 26  # rows of a table; older ones are in the archive


@dataclass(frozen=True, slots=True)
class RecordFact:
    """A line of the record: what, and the figure with whose it is and when, or why it is not known."""

    label: str
    text: str


def record_facts(task: TaskReport, trends: Trends) -> tuple[RecordFact, ...]:
    """The newest reign, the closest race and the newest turnover, each with its days."""
    record = trends.tasks[task.tag]
    return (_first_place(record), _closest(record), _turnover(record, trends))


def task_leaders(task: TaskReport, trends: Trends) -> Table | None:
    """Each reign at the first place, newest first; none where there is only one, which the facts tell."""
    reigns = trends.tasks[task.tag].reigns
    if len(reigns) < 2:
        return None
    cut = f": the newest {MOST_REIGNS} of {len(reigns)}" if len(reigns) > MOST_REIGNS else ""
    return Table(
        caption=f"First by requests in {task.label}, at the end of each finished week{cut}",
        columns=(
            Column(""),
            Column("leader", is_number=False),
            Column("weeks"),
            Column("from", is_number=False),
            Column("to", is_number=False),
        ),
        rows=tuple(
            (
                Cell(""),
                Cell(_who(reign.leaders), note=", ".join(leader.id for leader in reign.leaders))
                if reign.leaders
                else Cell(formats.MISSING, detail=reign.reason),
                Cell(str(reign.weeks)),
                Cell(formats.long_date(reign.first)),
                Cell(formats.long_date(reign.last)),
            )
            for reign in reigns[:MOST_REIGNS]
        ),
    )


def concentration_facts(task: TaskReport, trends: Trends) -> tuple[tuple[str, str, str], ...]:
    """In words, by requests, by tokens: the first model, the first three, the index; nothing for an empty list."""
    requests, tokens = trends.tasks[task.tag].requests, trends.tasks[task.tag].tokens
    if requests is None or tokens is None:
        return ()
    return (
        ("First model, listed or not", _percents(requests.first), _percents(tokens.first)),
        ("First three, listed or not", _percents(requests.first_three), _percents(tokens.first_three)),
        ("HHI: 10,000 is one model alone", _index(requests), _index(tokens)),
    )


def lead_cell(lead: Lead | None, absent: Cell) -> Cell:
    """Who leads, all that are level."""
    return Cell(_who(lead.leaders), note=", ".join(leader.id for leader in lead.leaders)) if lead else absent


def turnover_cell(record: Record, week: int) -> Cell:
    """At least how much changed hands in the 7 days before the end of a week, by its number."""
    turnover = record.turnover[week]
    if turnover.share is None:
        return Cell(formats.MISSING, note=turnover.reason)
    return Cell(formats.percent(turnover.share.low), note=f"at most {formats.percent(turnover.share.high)}")


def _first_place(record: Record) -> RecordFact:
    if not record.reigns:
        return RecordFact("First by requests", "no week that lists it is over yet.")
    reign = record.reigns[0]
    weeks = formats.plural(reign.weeks, "week") + (" in a row" if reign.weeks > 1 else "")
    if not reign.leaders:
        return RecordFact("First by requests", f"not known for {weeks} ({_days(reign)}), {reign.reason}.")
    return RecordFact("First by requests", f"{_who(reign.leaders)}, for {weeks} ({_days(reign)}).")


def _days(reign: Reign) -> str:
    first, last = formats.long_date(reign.first), formats.long_date(reign.last)
    return last if reign.weeks == 1 else f"{first} to {last}"


def _closest(record: Record) -> RecordFact:
    race = record.closest
    if race is None:
        return RecordFact("Closest race", "no week that is over has two models listed.")
    second = f" before {_with_share(race.second)}" if race.second else ""
    difference = formats.points(race.difference).removeprefix("+") if race.second else "level"
    said = f"{difference}, {_with_share(race.first)}{second}, on {formats.long_date(race.as_of)}."
    return RecordFact("Closest race", said)


def _with_share(lead: Lead) -> str:
    names, many = formats.listed([leader.name for leader in lead.leaders]), len(lead.leaders) > 1
    return f"{names} ({formats.percent(lead.request_share)}{' each' if many else ''})"


def _turnover(record: Record, trends: Trends) -> RecordFact:
    turnover = record.turnover[-1]
    if turnover.share is None or turnover.since is None:
        return RecordFact("Turnover in 7 days", f"not known, since {turnover.reason}.")
    low, high = formats.percent(turnover.share.low), formats.percent(turnover.share.high)
    bounds = low if low == high else f"at least {low} and at most {high}"
    days = f"between {formats.long_date(turnover.since)} and {formats.long_date(trends.weeks[-1])}"
    return RecordFact("Turnover in 7 days", f"{bounds} of its requests changed hands {days}.")


def _who(leaders: Sequence[Leader]) -> str:
    names = formats.listed([leader.name for leader in leaders])
    return f"{names}, level" if len(leaders) > 1 else names


def _percents(span: Span) -> str:
    low, high = formats.percent(span.low), formats.percent(span.high)
    return low if low == high else f"{low} to {high}"


def _index(concentration: Concentration) -> str:
    low, high = (f"{round(bound):,}" for bound in (concentration.hhi.low, concentration.hhi.high))
    return low if low == high else f"{low} to {high}"
