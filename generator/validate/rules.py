"""What must hold between the fields of an answer.

Comes in: the JSON value, also one whose shape has problems: what is well-formed is judged, so that every problem is
found at once. Goes out: problems (impossible) and warnings (odd). Real shares are rounded to three decimals, so their
sums are 0.997 to 1.003: more than 0.02 off is a warning, more than 0.05 a problem.
"""

from dataclasses import dataclass, field

from generator.errors import shown

from .strict_json import Json

WARNED_ABOVE = 0.02
REFUSED_ABOVE = 0.05

_SHARES = ("usage_share", "token_share")
_MODEL_SHARES = ("tag_usage_share", "tag_token_share")


@dataclass(frozen=True, slots=True)
class Row:
    """An object of a list of the answer, and its JSON path."""

    path: str
    fields: dict[str, Json]

    def text(self, name: str) -> str | None:
        """The field if it is text."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def weigh(self, text: str, off_by: float) -> None:
        """A sum that is off by this much: a problem, a warning or nothing."""
        if off_by > REFUSED_ABOVE + 1e-9:
            self.problems.append(text)
        elif off_by > WARNED_ABOVE + 1e-9:
            self.warnings.append(text)


def check_rules(answer: Json) -> Findings:
    """Everything that does not fit together in the answer."""
    findings = Findings()
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, dict):
        return findings
    tasks = _rows(data, "data.classifications", "classifications")
    categories = _rows(data, "data.macro_categories", "macro_categories")
    _check_distinct(tasks, "tag", findings)
    _check_distinct(categories, "key", findings)
    if isinstance(data.get("macro_categories"), list):
        _check_categories_are_listed(tasks, categories, findings)
    _check_sums(tasks, categories, findings)
    _check_order(tasks, "data.classifications", "usage_share", findings)
    for task in tasks:
        _check_models(task, findings)
    return findings


def _rows(fields: dict[str, Json], path: str, name: str) -> list[Row]:
    """The objects of a list; what is no object stands there as one without fields, so that no sum leaves it out."""
    rows = fields.get(name)
    if not isinstance(rows, list):
        return []
    return [Row(f"{path}[{n}]", row if isinstance(row, dict) else {}) for n, row in enumerate(rows)]


def _check_models(task: Row, findings: Findings) -> None:
    models = _rows(task.fields, f"{task.path}.models", "models")
    _check_distinct(models, "id", findings)
    _check_order(models, f"{task.path}.models", "tag_usage_share", findings)
    for name in _MODEL_SHARES:
        total = _total(models, name)
        if total is not None:
            text = f"{task.path}.models[].{name}: found a sum of {total:.3f}, expected at most 1"
            findings.weigh(text, total - 1)


def _check_distinct(rows: list[Row], name: str, findings: Findings) -> None:
    first: dict[str, Row] = {}
    for row in rows:
        text = row.text(name)
        if text is not None and first.setdefault(text, row) is not row:
            findings.problems.append(
                f"{row.path}.{name}: found {shown(text)} again, expected each {name} once "
                f"(the first is {first[text].path})"
            )


def _check_categories_are_listed(tasks: list[Row], categories: list[Row], findings: Findings) -> None:
    keys = {category.text("key") for category in categories}
    for task in tasks:
        key = task.text("macro_category")
        if key is not None and key not in keys and None not in keys:
            findings.problems.append(
                f"{task.path}.macro_category: found {shown(key)}, expected a key listed in data.macro_categories"
            )


def _check_sums(tasks: list[Row], categories: list[Row], findings: Findings) -> None:
    members: dict[str | None, list[Row]] = {}
    for task in tasks:
        members.setdefault(task.text("macro_category"), []).append(task)
    judged = categories if None not in members else []  # else a sum would leave a task out
    for name in _SHARES:
        _check_whole(tasks, "data.classifications", name, findings)
        _check_whole(categories, "data.macro_categories", name, findings)
        for category in judged:
            _check_category(category, members.get(category.text("key"), []), name, findings)


def _check_whole(rows: list[Row], path: str, name: str, findings: Findings) -> None:
    total = _total(rows, name)
    if rows and total is not None:
        findings.weigh(f"{path}[].{name}: found a sum of {total:.3f}, expected about 1", abs(total - 1))


def _check_category(category: Row, members: list[Row], name: str, findings: Findings) -> None:
    """Its share is the sum of its tasks' shares; within it they sum to 1, or to 0 where nothing was asked at all."""
    key = shown(category.text("key"))
    share, total = _total([category], name), _total(members, name)
    if share is not None and total is not None:
        text = f"{category.path}.{name}: found {share:.3f}, expected about the sum of its tasks, {total:.3f}"
        findings.weigh(text, abs(share - total))
    within = _total(members, f"category_{name}")
    if members and within is not None and not (within == 0 and total == 0):
        text = f"data.classifications[].category_{name}: found a sum of {within:.3f} within {key}, expected about 1"
        findings.weigh(text, abs(within - 1))


def _check_order(rows: list[Row], path: str, name: str, findings: Findings) -> None:
    shares = _numbers(rows, name)
    if shares is not None and shares != sorted(shares, reverse=True):
        findings.warnings.append(f"{path}: not sorted by {name}, descending; kept as sent")


def _total(rows: list[Row], name: str) -> float | None:
    """The sum of a field over the rows; None when one of them has no number there."""
    shares = _numbers(rows, name)
    return None if shares is None else sum(shares)


def _numbers(rows: list[Row], name: str) -> list[float] | None:
    """A field of all rows; None when one of them has no number from 0 to 1 there."""
    values = [row.fields.get(name) for row in rows]
    shares = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 1]
    return shares if len(shares) == len(rows) else None
