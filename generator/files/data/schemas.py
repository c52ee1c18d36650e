"""JSON Schemas of our own JSON files. Fields may be added within v1, so none forbids others."""

from collections.abc import Mapping

from generator.models import DataLabels

Schema = dict[str, object]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_YES_OR_NO: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_DIFFERENCE: Schema = {"type": "number", "minimum": -1, "maximum": 1}
_PLACE: Schema = {"type": "integer", "minimum": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _object(**fields: Schema) -> Schema:
    return {"type": "object", "required": list(fields), "properties": fields}


def _may_have(schema: Schema, **fields: Schema) -> Schema:
    """The object, which has these fields where there is something to say."""
    return {**schema, "properties": {**_fields(schema), **fields}}


def _fields(schema: Schema) -> Mapping[str, object]:
    found = schema["properties"]
    assert isinstance(found, Mapping)
    return found


_SAID: dict[str, Schema] = {
    "schema_version": {"type": "string", "pattern": r"^1\.\d+$"},
    "sample": _YES_OR_NO,
    "source": _TEXT,
    "licence": _or_null(_TEXT),
}
_SHARES: dict[str, Schema] = {"request_share": _SHARE, "token_share": _SHARE}
_PLACES: dict[str, Schema] = {"request_rank": _PLACE, "token_rank": _PLACE}
_WITHIN: dict[str, Schema] = {"category_request_share": _SHARE, "category_token_share": _SHARE}
_INTENSITY = _or_null(
    _object(
        ratio={"type": "number", "minimum": 0}, low={"type": "number", "minimum": 0}, high=_or_null({"type": "number"})
    )
)
_STATES = ("new", "re-entry", "up", "down", "same", "left", "no comparison")
_CHANGE = _object(
    state={"enum": list(_STATES)},
    since=_or_null(_DAY),
    places={"type": "integer"},
    request_share=_or_null(_DIFFERENCE),
    token_share=_or_null(_DIFFERENCE),
)
_TOLD: dict[str, Schema] = {"page": _TEXT, **_SHARES, **_PLACES, "tokens_per_request": _INTENSITY, "change": _CHANGE}
_NAMED_TASK: dict[str, Schema] = {"task": _TEXT, "label": _TEXT, "macro_category": _TEXT}
_NAMED_MODEL: dict[str, Schema] = {"model": _TEXT, "name": _TEXT}
_SERIES: dict[str, Schema] = {name: _list(kind) for name, kind in (_SHARES | _PLACES).items()}

_INDEX = _object(
    **_SAID,
    site=_TEXT,
    address=_TEXT,
    window={"type": "string", "pattern": r"^\d+d$"},
    first_day=_DAY,
    as_of=_DAY,
    files=_list(
        _object(
            path=_TEXT, what=_TEXT, media_type=_TEXT, rows=_or_null(_COUNT), bytes=_COUNT, sha256=_SHA256, updated=_DAY
        )
    ),
    snapshots=_list(_object(path=_TEXT, as_of=_DAY, revision=_PLACE, bytes=_COUNT, sha256=_SHA256, file=_TEXT)),
)
_LATEST = _object(
    **_SAID,
    as_of=_DAY,
    window_days=_PLACE,
    compared_with=_or_null(_DAY),
    snapshot=_object(path=_TEXT, sha256=_SHA256),
    macro_categories=_list(_object(macro_category=_TEXT, label=_TEXT, **_TOLD)),
    tasks=_list(_object(**_NAMED_TASK, **_TOLD, **_WITHIN, models=_list(_object(**_NAMED_MODEL, **_TOLD)))),
)
_OF_TASK = _object(
    **_SAID,
    page=_TEXT,
    **_NAMED_TASK,
    as_of=_list(_DAY),
    **_SERIES,
    **{name: _list(kind) for name, kind in _WITHIN.items()},
    models=_list(_object(**_NAMED_MODEL, days=_list(_COUNT), **_SERIES)),
)
_OF_MODEL = _object(
    **_SAID,
    page=_TEXT,
    **_NAMED_MODEL,
    as_of=_list(_DAY),
    tasks=_list(_object(**_NAMED_TASK, days=_list(_COUNT), **_SERIES)),
)
_STANDING = _object(request_rank=_PLACE, **_SHARES)
_PLACED = _list(_object(**_NAMED_MODEL, before=_or_null(_STANDING), after=_or_null(_STANDING)))
_CROSSING = _may_have(
    _object(kind={"enum": ["new", "re-entry", "left"]}, **_NAMED_TASK),
    **_NAMED_MODEL,
    before=_STANDING,
    after=_STANDING,
)
_MOVE = _may_have(
    _object(**_NAMED_TASK, before=_STANDING, after=_STANDING, difference=_DIFFERENCE),
    **_NAMED_MODEL,
)
_EDITION = _object(
    edition={"type": "string", "pattern": r"^\d{4}-W\d{2}$"},
    as_of=_DAY,
    is_finished=_YES_OR_NO,
    compared_with=_or_null(_DAY),
)
_CHANGES = _object(
    **_SAID,
    as_of=_DAY,
    editions=_list(
        _may_have(
            _EDITION,
            no_comparison=_TEXT,
            leads=_list(_object(**_NAMED_TASK, before=_PLACED, after=_PLACED)),
            tasks=_list(_CROSSING),
            models=_list(_CROSSING),
            moves=_list(_MOVE),
        )
    ),
)
_ENTRY = _may_have(
    _object(kind=_TEXT, first=_DAY, last=_DAY, days=_PLACE),
    revision=_PLACE,
    shares=_COUNT,
    differing=_COUNT,
    before=_DAY,
    labels=_list(_TEXT),
    then=_TEXT,
    now=_TEXT,
    text=_TEXT,
)
_GAPS = _object(
    **_SAID,
    as_of=_DAY,
    first_day=_DAY,
    counts=_object(kept=_COUNT, missing=_COUNT, restated=_COUNT, repeated=_COUNT),
    entries=_list(_ENTRY),
)
_ALL = {
    "index": ("index.json", _INDEX),
    "latest": ("latest.json", _LATEST),
    "task": ("tasks/CATEGORY/TASK.json", _OF_TASK),
    "model": ("models/AUTHOR/MODEL.json", _OF_MODEL),
    "changes": ("changes.json", _CHANGES),
    "gaps": ("gaps.json", _GAPS),
}


def own_schemas(labels: DataLabels) -> dict[str, Schema]:
    """By the path below `data/v1/`."""
    return {
        f"schemas/{name}.json": _whole(f"schemas/{name}.json", of, schema, labels)
        for name, (of, schema) in _ALL.items()
    }


def answer_schema_of(schema: Mapping[str, object], labels: DataLabels) -> Schema:
    """The schema of the source's answers, as `validate` has it, with its address."""
    return _whole("schema.json", "a snapshot of the source", schema, labels)


def _whole(path: str, of: str, schema: Mapping[str, object], labels: DataLabels) -> Schema:
    return {"$schema": _DIALECT, "$id": f"{labels.address}data/v1/{path}", **schema, "title": of}
