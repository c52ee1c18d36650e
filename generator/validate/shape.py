"""What the endpoint must send: the fields, their types and what each may hold.

With `index_shape` the one user of pydantic: loaded only for what is not plain, since loading it takes as long as
reading a year of plain days.

Source: OpenRouter's OpenAPI description and its official Python SDK. Fields besides these are additive changes, which
v1 of the endpoint allows: accepted, and named by `snapshot` in a warning.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import shown

from .strict_json import Json
from .texts import LONGEST_NAME, NAME, described, printable, real_date

_DATE_IN_SCHEMA: dict[str, JsonValue] = {"format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

_SHARE = "a number from 0 to 1"
_EXPECTED = {
    "data": "an object",
    "window_days": "a whole number from 1 to 366",
    "as_of": "a date like 2026-08-31",
    "classifications": "a list of one or more classifications",
    "macro_categories": "a list of macro-categories",
    "models": "a list of models",
    **dict.fromkeys(["tag", "display_name", "macro_category", "id", "key", "label"], NAME),
    **dict.fromkeys(["usage_share", "token_share", "category_usage_share", "category_token_share"], _SHARE),
    **dict.fromkeys(["tag_usage_share", "tag_token_share"], _SHARE),
}

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(printable)]


class Part(BaseModel):
    """An object of the answer: its known fields exactly, others as they come."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)


class ModelPart(Part):
    """A model of a classification's list."""

    id: Name
    tag_usage_share: Share
    tag_token_share: Share


class ClassificationPart(Part):
    """A classification: a task."""

    tag: Name
    display_name: Name
    macro_category: Name
    usage_share: Share
    token_share: Share
    category_usage_share: Share
    category_token_share: Share
    models: list[ModelPart]


class MacroCategoryPart(Part):
    """A macro-category: a group of tasks."""

    key: Name
    label: Name
    usage_share: Share
    token_share: Share


class DataPart(Part):
    """The snapshot itself."""

    window_days: Annotated[int, Field(ge=1, le=366)]
    as_of: Annotated[str, AfterValidator(real_date), Field(json_schema_extra=_DATE_IN_SCHEMA)]
    classifications: Annotated[list[ClassificationPart], Field(min_length=1)]
    macro_categories: list[MacroCategoryPart]


class AnswerPart(Part):
    """The whole answer."""

    data: DataPart


def read_shape(value: Json) -> tuple[AnswerPart | None, list[str]]:
    """The answer and no problem, or None and every field that is not as it must be."""
    try:
        return AnswerPart.model_validate(value), []
    except ValidationError as exc:
        return None, [_problem(error) for error in exc.errors(include_url=False, include_context=False)]


def new_fields(answer: AnswerPart) -> list[str]:
    """The paths of all fields that are not known here, each once: `data.classifications[].confidence`."""
    data = answer.data
    known = {"data.sample"} if is_sample(answer) else set()
    parts: list[tuple[str, Part]] = [("", answer), ("data.", data)]
    for classification in data.classifications:
        parts.append(("data.classifications[].", classification))
        parts.extend(("data.classifications[].models[].", model) for model in classification.models)
    parts.extend(("data.macro_categories[].", category) for category in data.macro_categories)
    found = dict.fromkeys(path + name for path, part in parts for name in _extra_names(part))
    return [path for path in found if path not in known]


def is_sample(answer: AnswerPart) -> bool:
    """Whether the answer marks itself as fictional: `"sample": true` beside `as_of`."""
    return (answer.data.model_extra or {}).get("sample") is True


def _extra_names(part: Part) -> Iterator[str]:
    for name in part.model_extra or ():
        yield name if name.isidentifier() and name.isascii() and len(name) <= 60 else shown(name)


def _problem(error: ErrorDetails) -> str:
    """`data.classifications[3].usage_share: found "0.2" (text), expected a number from 0 to 1`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error["loc"]).lstrip(".")
    last = error["loc"][-1] if error["loc"] else None
    expected = _EXPECTED.get(last, "an object") if isinstance(last, str) else "an object"
    found = "nothing (the field is missing)" if error["type"] == "missing" else described(error["input"])
    return f"{path or 'the answer'}: found {found}, expected {expected}"
