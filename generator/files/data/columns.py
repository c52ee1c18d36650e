"""The data dictionary: every table, every column, in the order that is promised. Columns are only added at the end."""

from generator.models import DataColumn, DataTable

SCHEMA_VERSION = "1.1"  # of the files under data/v1/: a column or field more is 1.1; anything else is v2
NEWEST_DAYS, NEWEST_DAYS_OF_ONE = 182, 28  # kept days told one by one: in history.csv, in the files of one thing
NEWEST_EDITIONS = 104  # told each; of older ones the last of each month

_FRACTION = "fraction, 0 to 1"
_PLACE = "place, from 1"

AS_OF = DataColumn("as_of", "date", "day, UTC", "", "The last day of the window that the row is about.")
_LEVEL = DataColumn(
    "level", "text", "macro, task or model", "", "What the row is about; it decides what the shares are of."
)
_CATEGORY = DataColumn("macro_category", "text", "key", "", "The macro-category, or the one that the task belongs to.")
_TASK = DataColumn("task", "text", "tag", "", "The task, by OpenRouter's tag; empty in rows of a macro-category.", True)
_MODEL = DataColumn("model", "text", "permaslug", "", "The model; only in rows of a model.", True)
_REQUESTS = DataColumn(
    "request_share",
    "share",
    _FRACTION,
    "all classified requests of the window (macro, task) or the requests of the task (model)",
    "Share of requests, as published.",
)
_TOKENS = DataColumn(
    "token_share",
    "share",
    _FRACTION,
    "all tokens of these requests, prompt and completion (macro, task), or the tokens of the task (model)",
    "Share of tokens, as published.",
)
_CATEGORY_REQUESTS = DataColumn(
    "category_request_share",
    "share",
    _FRACTION,
    "the requests of the macro-category",
    "The task's share within its macro-category; only in rows of a task.",
    True,
)
_CATEGORY_TOKENS = DataColumn(
    "category_token_share",
    "share",
    _FRACTION,
    "the tokens of the macro-category",
    "The task's share of tokens within its macro-category; only in rows of a task.",
    True,
)
_AMONG = "the macro-categories (macro), all tasks (task) or the models listed for the task (model)"
_REQUEST_RANK = DataColumn(
    "request_rank", "count", _PLACE, _AMONG, "Place by requests. Equal in three decimals: the same place (1, 2, 2, 4)."
)
_TOKEN_RANK = DataColumn(
    "token_rank", "count", _PLACE, _AMONG, "Place by tokens. Lists are cut by requests: a place among those listed."
)

HISTORY = DataTable(
    "history",
    "Shares and places by day",
    (
        AS_OF,
        _LEVEL,
        _CATEGORY,
        _TASK,
        _MODEL,
        _REQUESTS,
        _TOKENS,
        _CATEGORY_REQUESTS,
        _CATEGORY_TOKENS,
        _REQUEST_RANK,
        _TOKEN_RANK,
    ),
    ("as_of", "level", "macro_category", "task", "model"),
)
OF_TASK = DataTable(
    "task",
    "A task and the models listed for it, by day",
    (AS_OF, _LEVEL, _MODEL, _REQUESTS, _TOKENS, _CATEGORY_REQUESTS, _CATEGORY_TOKENS, _REQUEST_RANK, _TOKEN_RANK),
    ("as_of", "level", "model"),
)
OF_MODEL = DataTable(
    "model",
    "The tasks that list a model, by day",
    (AS_OF, _CATEGORY, _TASK, _REQUESTS, _TOKENS, _REQUEST_RANK, _TOKEN_RANK),
    ("as_of", "task"),
)
DAYS = DataTable(
    "days",
    "The kept days",
    (
        AS_OF,
        DataColumn("window_days", "count", "days", "", "How many days the window has, the last one included."),
        DataColumn(
            "edition", "text", "ISO week", "", "The edition that the day is: the last of a finished week.", True
        ),
        DataColumn("days_missing_before", "count", "days", "", "Days without a snapshot since the kept day before it."),
        DataColumn(
            "repeats_day_before", "yes or no", "", "", "The source sent the figures of the kept day before again."
        ),
        DataColumn("revision", "count", "number, from 1", "", "The version shown: more than 1 where it was restated."),
        DataColumn("tasks", "count", "tasks", "", "How many tasks the snapshot holds."),
        DataColumn("models", "count", "models", "", "How many distinct models its lists hold."),
        DataColumn("snapshot", "text", "path below data/v1/", "", "The answer of the source, byte for byte."),
        DataColumn("sha256", "text", "hex", "", "Checksum of that file."),
    ),
    ("as_of",),
)
TABLES = (HISTORY, OF_TASK, OF_MODEL, DAYS)
