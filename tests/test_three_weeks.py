"""Three weeks made by hand: every state and every record as worked out by hand, in tables to be checked by reading.

The shares stand in test_events.THREE_WEEKS, whose events have their table there.
"""

from test_events import THREE_WEEKS

from generator.analyse import day_reports, trends_of

# day, task, model; place, state, places gained, difference of request share in thousandths
STATES = """
2026-08-16 Debugging    1 same     0 -50
2026-08-16 Debugging B  1 up       1 60
2026-08-16 Debugging A  2 down    -1 -10
2026-08-16 Debugging C  3 same     0 0
2026-08-16 Debugging D  4 same     0 0
2026-08-16 Chat         2 same     0 -50
2026-08-16 Chat      A  1 same     0 10
2026-08-16 Chat      B  2 down    -1 0
2026-08-16 Chat      E  3 same     0 0
2026-08-16 Chat      G  4 new      0 unknown
2026-08-16 Chat      F  4 left     0 unknown
2026-08-16 Extract      3 new      0 unknown
2026-08-16 Extract   A  1 new      0 unknown
2026-08-16 Extract   X  2 new      0 unknown
2026-08-23 Debugging    1 same     0 10
2026-08-23 Debugging A  1 up       1 10
2026-08-23 Debugging B  1 same     0 -10
2026-08-23 Debugging C  3 same     0 -10
2026-08-23 Debugging H  4 new      0 unknown
2026-08-23 Debugging D  4 left     0 unknown
2026-08-23 Chat         2 same     0 90
2026-08-23 Chat      A  1 same     0 10
2026-08-23 Chat      E  2 up       1 20
2026-08-23 Chat      F  3 re-entry 0 unknown
2026-08-23 Chat      B  4 down    -2 -110
2026-08-23 Chat      G  4 left     0 unknown
"""

# task, model: weeks listed, weeks first, best place and since when, first seen, in a row, re-entries
RECORDS = """
code:debugging a 3 2 1 2026-08-09 2026-08-09 3 0
code:debugging b 3 2 1 2026-08-16 2026-08-09 3 0
code:debugging c 3 0 3 2026-08-09 2026-08-09 3 0
code:debugging h 1 0 4 2026-08-23 2026-08-23 1 0
chat           a 3 3 1 2026-08-09 2026-08-09 3 0
chat           e 3 0 2 2026-08-23 2026-08-09 3 0
chat           f 2 0 3 2026-08-23 2026-08-09 1 1
chat           b 3 1 1 2026-08-09 2026-08-09 3 0
"""

# task: reigns, newest first; closest race; turnover of the last 7 days in thousandths; first and first three; HHI
TASKS = """
code:debugging A+B 2026-08-23, B 2026-08-16, A 2026-08-09 | A+B level 2026-08-23 | 30 to 320  | 300 690 | 1897 to 2002
chat           A 2026-08-16 to 2026-08-23, A+B 2026-08-09 | A+B level 2026-08-09 | 110 to 600 | 220 440 | 809 to 1218
"""


def table(text):
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def thousandths(share):
    return "unknown" if share is None else str(round(share * 1000))


def states():
    first, *reports = day_reports(THREE_WEEKS)
    assert {model.change.state for task in first.tasks for model in task.models} == {"no comparison"}
    for report in reports:
        for task in report.tasks:
            rows = [(task.label, "", task.ranks.requests.place, task.change)]
            rows += [(task.label, model.name, model.ranks.requests.place, model.change) for model in task.models]
            for label, name, place, change in rows:
                moved = thousandths(change.share.requests)
                yield f"{report.as_of} {label} {name} {place} {change.state} {change.places} {moved}"
            for gone in task.departed:
                yield f"{report.as_of} {task.label} {gone.name} {gone.rank.place} left 0 unknown"


def test_every_state_is_the_one_worked_out_by_hand():
    assert [" ".join(row.split()) for row in states()] == table(STATES)


def test_every_record_of_a_model_is_the_one_worked_out_by_hand():
    found = [
        f"{tag} {model.removeprefix('maker/')} {record.listed} {record.first} {record.best} {record.best_since} "
        f"{record.first_seen} {record.in_a_row} {record.re_entries}"
        for (_, tag, model), record in trends_of(THREE_WEEKS).records.items()
    ]
    assert found == table(RECORDS)
    assert {record.editions for record in trends_of(THREE_WEEKS).records.values()} == {3}


def together(leaders):
    return "+".join(leader.name for leader in leaders)


def reign(found):
    days = [str(found.first)] + ([f"to {found.last}"] if found.last != found.first else [])
    return " ".join([together(found.leaders), *days])


def test_every_record_of_a_task_is_the_one_worked_out_by_hand():
    rows = []
    for tag, record in trends_of(THREE_WEEKS).tasks.items():
        turnover, requests = record.turnover[-1].share, record.requests
        assert record.closest.difference == 0
        parts = (
            f"{tag} {', '.join(map(reign, record.reigns))}",
            f"{together(record.closest.first.leaders)} level {record.closest.as_of}",
            f"{thousandths(turnover.low)} to {thousandths(turnover.high)}",
            f"{thousandths(requests.first.low)} {thousandths(requests.first_three.low)}",
            f"{requests.hhi.low:.0f} to {requests.hhi.high:.0f}",
        )
        rows.append(" | ".join(parts))
    assert rows == table(TASKS)
