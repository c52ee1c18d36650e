"""The data files below `data/v1/`: the history in tables, the newest day, events, ledger, and what describes them.

Comes in: history, report, log, settings, the schema of the source's answer. Goes out: every file with what the index
says of it. Pure, and the same bytes always. The libraries that write tables are loaded only where tables are made.
"""

from collections.abc import Iterator, Mapping

from generator.files.data.columns import NEWEST_DAYS, NEWEST_DAYS_OF_ONE, SCHEMA_VERSION, TABLES
from generator.models import DataFile, History, Log, Report, Settings

__all__ = ["NEWEST_DAYS", "NEWEST_DAYS_OF_ONE", "SCHEMA_VERSION", "TABLES", "data_files"]


def data_files(
    history: History, report: Report, log: Log, settings: Settings, answer_schema: Mapping[str, object], changelog: str
) -> Iterator[DataFile]:
    """One after the other, the index last. `answer_schema`: of a raw snapshot; `changelog`: of these files."""
    from generator.files.data.making import made

    return made(history, report, log, settings, answer_schema, changelog)
