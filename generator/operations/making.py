"""What `generator snapshot` and `generator build` have to say."""

from datetime import date

from generator.models import Built, Note, Pulled, Ran, Stored, Taken

_LARGEST_MB = 1_000  # of a site on GitHub Pages; https://docs.github.com/pages/getting-started-with-github-pages
_NEAR = 0.8  # of it: more than a year is left to act


def snapshot(taken: Taken, path: str) -> Ran:
    """What taking a snapshot has to say; `path` is where it lies now."""
    stored = taken.stored
    as_of = stored.snapshot.as_of
    note = Note(
        f"Snapshot of {as_of}: {stored.outcome}",
        (
            ("outcome", stored.outcome),
            ("requests sent", str(taken.attempts)),
            ("status", "200"),
            ("as_of", as_of.isoformat()),
            ("days behind the answer", str(_lag_days(taken, as_of))),
            ("file", path),
            *(("warning", text) for text in (*stored.warnings, *stored.snapshot.warnings)),
            ("to do", "nothing"),
        ),
    )
    return Ran((outcome_line(stored, path),), note, {"as_of": as_of.isoformat()}, warnings_of(stored))


def built(made: Built, out: str, seconds: float) -> Ran:
    """What a build has to say; `out` is the site's folder."""
    written = made.written
    size = f"{written.size_bytes / 1e6:.1f} MB"
    what = f"{out}: {written.pages} pages, {made.charts} charts, as of {made.as_of}, {size}"
    line = f"built {what} in {seconds:.1f} s" if made.is_new else f"{what}: nothing has changed ({seconds:.1f} s)"
    warnings = (*made.warnings, *_too_large(written.size_bytes / 1e6))
    rows = (
        ("shows", "the sample" if made.is_sample else f"{made.source_path}, {made.source_sha256}"),
        ("as_of", made.as_of.isoformat()),
        ("days kept", str(made.days_kept)),
        ("pages", str(written.pages)),
        ("size", size),
        *(("warning", text) for text in warnings),
        ("to do", "nothing"),
    )
    return Ran((line,), Note("The site is built", rows), {"digest": made.digest}, warnings)


def _too_large(megabytes: float) -> tuple[str, ...]:
    """Where the site comes near to what GitHub publishes."""
    if megabytes < _NEAR * _LARGEST_MB:
        return ()
    return (
        f"the site has {megabytes:,.0f} MB, and GitHub Pages publishes {_LARGEST_MB:,} at most. Leave out what can be "
        "spared (packs = 0), or publish it on a host without that limit: README, What a history costs",
    )


def pulled_line(pulled: Pulled, address: str, data: str) -> str:
    """`took 3 files from https://example.org/; data now holds 2 days up to 2026-08-31`."""
    known = f", {pulled.known} there already" if pulled.known else ""
    now = f"{data} now holds {_counted(pulled.days, 'day')} up to {pulled.as_of}"
    return f"took {_counted(pulled.new, 'file')} from {address}{known}; {now}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def outcome_line(stored: Stored, path: str) -> str:
    """`stored data/7d/2026-08-31.json (29 tasks, 43 models)`."""
    models = {model.id for task in stored.snapshot.tasks for model in task.models}
    outcome = "restated ->" if stored.outcome == "restated" else stored.outcome
    return f"{outcome} {path} ({len(stored.snapshot.tasks)} tasks, {len(models)} models)"


def warnings_of(stored: Stored) -> tuple[str, ...]:
    """Of the archive and of the snapshot."""
    return (*stored.warnings, *stored.snapshot.warnings)


def _lag_days(taken: Taken, as_of: date) -> int:
    return (taken.answered_at.date() - as_of).days
