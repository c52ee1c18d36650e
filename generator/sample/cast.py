"""Who takes part in the sample: the real tasks with made-up sizes, and fictional models that come and go.

Comes in: a day. Goes out: the models that are there on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

CATEGORIES = ("code", "data", "agent", "general")


@dataclass(frozen=True, slots=True)
class SampleTask:
    """A task: tag, label and macro-category are facts of the endpoint, the sizes are made up."""

    tag: str
    label: str
    category: str
    requests: float  # in thousandths of all, about
    tokens: float


TASKS = (
    SampleTask("code:general_impl", "Code Generation", "code", 44, 118),
    SampleTask("code:debugging", "Debugging", "code", 27, 84),
    SampleTask("code:file_read_write", "File I/O", "code", 14, 46),
    SampleTask("code:shell_execution", "Shell Execution", "code", 12, 38),
    SampleTask("code:frontend_ui", "Frontend & UI", "code", 11, 39),
    SampleTask("code:review_security", "Code Review", "code", 9, 21),
    SampleTask("code:repo_scan", "Repo Scanning", "code", 4, 17),
    SampleTask("code:devops_config", "DevOps & Config", "code", 2, 8),
    SampleTask("code:sql_database", "SQL & Database", "code", 2, 4),
    SampleTask("data:extraction", "Data Extraction", "data", 117, 36),
    SampleTask("data:transformation", "Data Transformation", "data", 71, 18),
    SampleTask("agent:workflow_execution", "Workflow Execution", "agent", 76, 214),
    SampleTask("agent:multi_step_planning", "Multi-step Planning", "agent", 34, 82),
    SampleTask("agent:memory_extraction", "Memory Extraction", "agent", 13, 17),
    SampleTask("agent:tool_dispatch", "Tool Dispatch", "agent", 9, 15),
    SampleTask("agent:web_search", "Web Search", "agent", 8, 12),
    SampleTask("classification_tagging", "Classification", "general", 183, 48),
    SampleTask("roleplay_fiction", "Roleplay & Fiction", "general", 118, 41),
    SampleTask("content_writing", "Content Writing", "general", 72, 27),
    SampleTask("conversational_reply", "Conversation", "general", 41, 30),
    SampleTask("translation", "Translation", "general", 36, 4),
    SampleTask("qa_knowledge", "Q&A & Knowledge", "general", 33, 22),
    SampleTask("summarization", "Summarization", "general", 28, 14),
    SampleTask("customer_support", "Customer Support", "general", 14, 8),
    SampleTask("research_report", "Research & Reports", "general", 8, 11),
    SampleTask("math", "Math", "general", 5, 2),
    SampleTask("finance_trading", "Finance & Trading", "general", 4, 4),
    SampleTask("security_audit", "Security Audit", "general", 3, 8),
    SampleTask("devops", "DevOps", "general", 2, 5),
    SampleTask("image_prompting", "Image Prompting", "general", 1.7, 0.6),
)


@dataclass(frozen=True, slots=True)
class Family:
    """Models that follow one another: each `every_days` a new one, which stays for `stays_days`."""

    id: str  # `{v}`: the year as a version; `{d}`: the release date; `{name}`: two words, new each time
    size: float  # requests, against the other families
    since: date  # a release
    every_days: int
    stays_days: int
    rise_days: int = 7  # a window of a week takes a week to fill ...
    fall_days: int = 7  # ... and to empty

    def releases(self, day: int) -> Iterator[tuple[str, float]]:
        """The models that are there on `day`, each with how much of its full size it has (above 0, at most 1)."""
        newest = (day - self.since.toordinal()) // self.every_days
        for number in range(newest - self.stays_days // self.every_days, newest + 1):
            release = self.since.toordinal() + number * self.every_days
            age = day - release
            presence = min(1.0, (age + 1) / self.rise_days, (self.stays_days - age) / self.fall_days)
            if presence > 0:
                yield self._model_id(number, date.fromordinal(release)), presence

    def _model_id(self, number: int, release: date) -> str:
        name = f"{_COLOURS[number % len(_COLOURS)]}-{_THINGS[number // len(_COLOURS) % len(_THINGS)]}"
        return self.id.format(v=f"{release.year % 100 / 10:.1f}", d=release, name=name)


_COLOURS = ("amber", "teal", "russet", "indigo", "ochre", "cream", "scarlet", "olive")
_THINGS = ("acorn", "teacup", "rowboat", "thimble", "puffin", "haystack", "button", "kite")


def _line(model_id: str, size: float, since: date, every_days: int) -> Family:
    """A line of dated versions: a new one is taken up within a month, the one before fades until the next."""
    return Family(model_id, size, since, every_days, 2 * every_days, rise_days=28, fall_days=every_days)


def _fixture(model_id: str, size: float) -> Family:
    """A model without a date that is always there."""
    return Family(model_id, size, date.min, 4_000_000, 4_000_000)


FAMILIES = (
    _line("oatmeadow/porridge-{v}-flash-{d:%Y%m%d}", 13, date(2026, 7, 22), 96),
    _line("harbourlight/beacon-{v}-{d:%Y%m%d}", 9, date(2026, 7, 9), 134),
    _line("harbourlight/beacon-{v}-mini-{d:%Y%m%d}", 8, date(2026, 6, 18), 163),
    _line("mossgate/lichen-{v}-{d:%Y%m%d}", 8, date(2026, 8, 5), 118),
    _line("tinkerfield/cog-{v}-{d:%Y%m%d}", 7, date(2026, 5, 27), 141),
    _line("tinkerfield/cog-{v}-xl-{d:%Y%m%d}", 4, date(2026, 4, 2), 187),
    _line("quillbury/inkwell-{v}-{d:%Y%m%d}", 6, date(2026, 6, 3), 209),
    _line("copperkettle/brew-{v}-{d:%Y%m%d}", 5, date(2026, 8, 13), 151),
    _line("saltmarsh/samphire-{v}-{d:%Y%m%d}", 4, date(2026, 5, 31), 176),
    _line("saltmarsh/samphire-{v}-{d:%Y%m%d}:free", 6, date(2026, 5, 31), 176),
    _line("bramblewick/dewberry-{v}-480b-a32b-{d:%Y%m%d}:free", 5, date(2026, 6, 4), 198),
    _line("puddleworks/ripple-{v}-{d:%Y%m%d}", 4, date(2026, 3, 11), 223),
    _line("windowbox/daisy-{v}-preview-{d:%Y%m%d}", 4, date(2026, 7, 1), 112),
    _line("marzipan-labs/almond-{d:%Y-%m-%d}", 3, date(2026, 4, 14), 257),
    _line("fernhollow/bracken-{v}-plus-{d:%m-%d}", 3, date(2026, 4, 20), 365),
    Family("stealth/{name}", 6, date(2026, 7, 14), 75, 60),
    Family("thistledown/burr-small", 6, date(2026, 6, 20), 50, 29),
    _fixture("pebblebrook/pebble-120b", 7),
    _fixture("pebblebrook/pebble-20b", 7),
    _fixture("oatmeadow/oatcake-lite", 9),
    _fixture("oatmeadow/oatcake", 5),
    _fixture("harbourlight/lamp-mini", 6),
    _fixture("mossgate/sphagnum-8b-instruct", 4),
    _fixture("quillbury/blotter-nano", 4),
    _fixture("bramblewick/sloe-31b-it", 4),
    _fixture("fernhollow/frond-70b-instruct", 3),
    _fixture("copperkettle/spout-chat-3.1", 3),
    _fixture("windowbox/pansy", 3),
    _fixture("thistledown/teasel:free", 3),
    _fixture("puddleworks/splash-mini", 4),
    _fixture("marzipan-labs/nougat", 4),
    _fixture("tinkerfield/ratchet-8b", 3),
)
VISITING_TASK = Family("image_prompting", 1, date(2026, 8, 16), 43, 8)  # absent on most days
