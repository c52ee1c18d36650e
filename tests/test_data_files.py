"""The data files: their contract, and what they hold against the raw snapshots, worked out again in plain Python."""

import hashlib
import io
import json
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from functools import cache

import openpyxl
import polars
import pytest
from built import data_files as made
from built import text_of
from raw import Raw, last_of_each_day, place
from responses import answer, dump

from generator.files.data.rows import told_editions
from generator.sample import sample_files

MODEL = "models/bramblewick/dewberry-2.5-480b-a32b-20251118~free"
HEADERS = {
    "history.csv": "as_of,level,macro_category,task,model,request_share,token_share,category_request_share,"
    "category_token_share,request_rank,token_rank",
    "days.csv": "as_of,window_days,edition,days_missing_before,repeats_day_before,revision,tasks,models,snapshot,"
    "sha256",
    "tasks/code/debugging.csv": "as_of,level,model,request_share,token_share,category_request_share,"
    "category_token_share,request_rank,token_rank",
    f"{MODEL}.csv": "as_of,macro_category,task,request_share,token_share,request_rank,token_rank",
}


@cache
def sample(days=120):
    return made(sample_files(days))


def frame_of(file):
    return polars.read_csv(file.body, try_parse_dates=True)


# ---------------------------------------------------------------- the contract


@pytest.mark.parametrize("path", HEADERS)
def test_the_columns_are_those_that_are_promised_in_this_order(path):
    assert sample()[path].body.decode().splitlines()[0] == HEADERS[path]


def test_parquet_has_the_columns_of_the_csv_and_says_the_source():
    body = sample()["history.parquet"].body
    assert polars.read_parquet(body).columns == HEADERS["history.csv"].split(",")
    metadata = polars.read_parquet_metadata(io.BytesIO(body))
    assert metadata["source"] == "Sample data, fictional models: not OpenRouter's figures. As of 2026-08-31."


def test_every_task_and_every_model_that_was_ever_listed_has_three_files():
    raws = [Raw.of(body) for _, body in sample_files()]
    tasks, models = {t["tag"] for raw in raws for t in raw.tasks}, {m for raw in raws for m in raw.models()}
    kinds = Counter((path.split("/")[0], path.rsplit(".", 1)[1]) for path in sample() if path.count("/") >= 2)
    assert kinds == Counter(
        {("tasks", ending): len(tasks) for ending in ("csv", "json", "xlsx")}
        | {("models", ending): len(models) for ending in ("csv", "json", "xlsx")}
    )


def test_the_index_lists_every_file_of_the_folder_and_nothing_else(sample_site):
    folder = sample_site.folder / "data/v1"
    index = json.loads((folder / "index.json").read_bytes())
    listed = {row["path"]: row for row in (*index["files"], *index["snapshots"])}
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(there) - {"index.json"} == set(listed)
    for path, row in listed.items():
        body = there[path].read_bytes()
        assert (row["bytes"], row["sha256"]) == (len(body), hashlib.sha256(body).hexdigest()), path
        if path.endswith(".csv"):
            assert row["rows"] == len(body.decode().splitlines()) - 1
    assert [row["path"] for row in index["snapshots"]] == [path for path, _ in sample_files()]
    assert index["as_of"] == "2026-08-31" and index["sample"] is True and index["window"] == "7d"


def test_the_page_explains_every_column_and_says_what_is_promised_and_where_live_figures_are(sample_site):
    page = sample_site.page("data/")
    text = text_of(page.find(".//main"))
    told = {text_of(head) for head in page.findall(".//tbody//th")}
    for name in ("history.csv", "days.csv"):
        assert set(HEADERS[name].split(",")) <= told
    assert {"history.parquet", "history.csv", "history.xlsx", "latest.json", "gaps.json", "index.json"} <= told
    assert "12 months before" in text and "Columns are added at the end" in text
    links = {link.get("href") for link in page.iter("a")}
    assert {"https://openrouter.ai/rankings", "../data/v1/tasks/code/debugging.csv", "../changes/#ledger"} <= links


def test_updated_is_the_newest_day_in_a_file_and_never_the_clock():
    for path, file in sample().items():
        if path.endswith(".csv"):
            assert file.entry.updated == frame_of(file)["as_of"].max(), path
    assert min(file.entry.updated for file in sample().values()) < date(2026, 8, 31), "some models are gone"


def test_the_same_archive_gives_the_same_bytes():
    assert made(sample_files(9)) == made(sample_files(9))


# ---------------------------------------------------------------- against the raw snapshots


def rows_again():
    """Every row of the history, worked out from the responses."""
    for day, raw in last_of_each_day(sample_files()).items():
        for category in raw.categories:
            shares = category["usage_share"], category["token_share"], None, None
            yield (day, "macro", category["key"], None, None, *shares, *places(category, raw.categories))
        for task in raw.tasks:
            within = task["category_usage_share"], task["category_token_share"]
            shares = task["usage_share"], task["token_share"], *within
            yield (day, "task", task["macro_category"], task["tag"], None, *shares, *places(task, raw.tasks))
        for task in raw.tasks:
            for model in task["models"]:
                shares = model["tag_usage_share"], model["tag_token_share"], None, None
                among = places(model, task["models"], "tag_")
                yield (day, "model", task["macro_category"], task["tag"], model["id"], *shares, *among)


def places(thing, others, prefix=""):
    return tuple(
        place([other[f"{prefix}{name}_share"] for other in others], thing[f"{prefix}{name}_share"])
        for name in ("usage", "token")
    )


def test_the_history_holds_every_share_of_the_responses_to_the_last_digit_in_their_order():
    expected = list(rows_again())
    assert polars.read_parquet(sample()["history.parquet"].body).rows() == expected
    assert frame_of(sample()["history.csv"]).rows() == expected


def test_the_workbook_holds_what_the_csv_does_as_numbers_dates_and_text():
    book = openpyxl.load_workbook(io.BytesIO(sample()["history.xlsx"].body), read_only=True)
    header, *rows = book["data"].iter_rows(values_only=True)
    assert ",".join(header) == HEADERS["history.csv"]
    days = sorted({row[0] for row in rows_again()})[-28:]
    expected = [row for row in rows_again() if row[0] in days]
    assert [(row[0].date(), *row[1:]) for row in rows] == expected
    said = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True) if row[0]}
    assert said["source"].startswith("Sample data, fictional models")


def test_the_files_of_a_task_and_of_a_model_hold_its_newest_days_and_the_editions():
    days = sorted({row[0] for row in rows_again()})
    editions = {day for day in days if day.isoweekday() == 7}  # the sample misses no Sunday
    shown = {*days[-28:], *editions}
    task = [
        (row[0], row[1], row[4], *row[5:]) for row in rows_again() if row[3] == "code:debugging" and row[0] in shown
    ]
    assert frame_of(sample()["tasks/code/debugging.csv"]).rows() == task
    id = json.loads(sample()[f"{MODEL}.json"].body)["model"]
    of_model = [row for row in rows_again() if row[4] == id]
    own = {*sorted({row[0] for row in of_model})[-28:], *editions}
    model = [(row[0], row[2], row[3], *row[5:7], *row[9:]) for row in of_model if row[0] in own]
    assert frame_of(sample()[f"{MODEL}.csv"]).rows() == model


@pytest.mark.parametrize(
    ("path", "part"),
    [("tasks/code/debugging", "models"), (MODEL, "tasks")],
)
def test_the_json_of_a_task_or_model_says_what_its_csv_says(path, part):
    told = json.loads(sample()[f"{path}.json"].body)
    unfolded = {
        (told["as_of"][day], thing["model" if part == "models" else "task"]): values
        for thing in told[part]
        for day, *values in zip(
            *(thing[name] for name in ("days", "request_share", "token_share", "request_rank", "token_rank")),
            strict=True,
        )
    }
    rows = [row for row in frame_of(sample()[f"{path}.csv"]).to_dicts() if row.get("level") != "task"]
    assert unfolded == {
        (row["as_of"].isoformat(), row["model" if part == "models" else "task"]): [
            row[name] for name in ("request_share", "token_share", "request_rank", "token_rank")
        ]
        for row in rows
    }


def test_the_days_say_what_is_missing_restated_and_an_edition():
    days = {row["as_of"]: row for row in frame_of(sample()["days.csv"]).to_dicts()}
    paths = [path for path, _ in sample_files()]
    assert set(days) == set(last_of_each_day(sample_files()))
    for day, row in days.items():
        restated = f"7d/{day}.r2.json" in paths
        assert row["revision"] == 1 + restated
        assert row["snapshot"] == (f"7d/{day}.r2.json" if restated else f"7d/{day}.json")
        assert row["days_missing_before"] == (1 if day - timedelta(days=1) not in days and day != min(days) else 0)
        week = day.isocalendar()
        assert row["edition"] == (f"{week.year}-W{week.week:02}" if day.isoweekday() == 7 else None)
    assert sum(row["days_missing_before"] for row in days.values()) == 2


def test_the_ledger_counts_days_as_the_archive_has_them():
    told = json.loads(sample()["gaps.json"].body)
    assert told["counts"] == {"kept": 118, "missing": 2, "restated": 2, "repeated": 0}
    kinds = Counter(entry["kind"] for entry in told["entries"])
    assert (kinds["missing"], kinds["restated"]) == (2, 2)
    assert all(entry["first"] <= entry["last"] for entry in told["entries"])


def test_the_newest_snapshot_is_told_with_places_and_changes():
    told, raw = json.loads(sample()["latest.json"].body), Raw.of(list(sample_files())[-1][1])
    before = last_of_each_day(sample_files())[date(2026, 8, 24)]
    assert (told["as_of"], told["compared_with"]) == ("2026-08-31", "2026-08-24")
    by_tag = {task["tag"]: task for task in raw.tasks}
    then = {task["tag"]: task["usage_share"] for task in before.tasks}
    assert {task["task"] for task in told["tasks"]} == set(by_tag)
    for task in told["tasks"]:
        source = by_tag[task["task"]]
        assert task["request_share"] == source["usage_share"]
        assert task["request_rank"] == place([other["usage_share"] for other in raw.tasks], source["usage_share"])
        if task["task"] in then:
            assert task["change"]["request_share"] == round(source["usage_share"] - then[task["task"]], 6)
        listed = sum(model["tag_usage_share"] for model in source["models"])
        assert task["listed"]["request_share"] == pytest.approx(listed, abs=1e-9)


# ---------------------------------------------------------------- size, and what a spreadsheet would run


def test_older_days_are_told_by_the_editions_alone_but_in_parquet():
    archived = [(path, body) for path, body in sample_files(240)]
    found, days = made(archived), sorted(last_of_each_day(archived))
    editions = {day for day in days if day.isoweekday() == 7}
    assert sorted(set(polars.read_parquet(found["history.parquet"].body)["as_of"])) == days
    assert set(frame_of(found["history.csv"])["as_of"]) == {*days[-182:], *editions}
    assert len(editions - set(days[-182:])) == 8
    assert sorted(set(frame_of(found["days.csv"])["as_of"])) == days


def test_of_editions_older_than_two_years_the_tables_tell_the_last_of_each_month():
    sundays = [date(2026, 8, 30) - timedelta(weeks=weeks) for weeks in range(160)]
    told = sorted(told_editions(sundays))
    assert told[-104:] == sundays[:104][::-1]
    assert [day.isoformat() for day in told[:-104]] == [
        *("2023-08-27", "2023-09-24", "2023-10-29", "2023-11-26", "2023-12-31", "2024-01-28", "2024-02-25"),
        *("2024-03-31", "2024-04-28", "2024-05-26", "2024-06-30", "2024-07-28", "2024-08-25"),
        "2024-09-01",  # the others of that month are told anyway
    ]


def test_a_day_costs_so_little_that_ten_years_fit():
    """The bounds behind the measured sizes in the README."""
    sizes = {path: len(file.body) / 118 for path, file in sample().items()}
    assert sizes["history.csv"] < 30_000
    assert sizes["history.parquet"] < 1_500


HOSTILE = '=HYPERLINK("http://127.0.0.1/","click")'


def test_no_cell_is_run_as_a_formula_whatever_the_source_sends():
    sent = answer(tasks=4, models=3)
    sent["data"]["classifications"][0].update(tag=HOSTILE, display_name=HOSTILE)
    sent["data"]["classifications"][1]["models"][0]["id"] = "@SUM(1+1)*cmd|' /C calc'!A0"
    sent["data"]["classifications"][2]["models"][0]["id"] = "-1+1"
    found = made([("7d/2026-08-31.json", dump(sent))])
    cells = [
        cell
        for path, file in found.items()
        if path.endswith(".csv")
        for row in polars.read_csv(file.body, infer_schema=False).rows()
        for cell in row
        if cell is not None
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert f"'{HOSTILE}" in cells and "'-1+1" in cells
    for path, file in found.items():
        if path.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(file.body))
            assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert HOSTILE in polars.read_parquet(found["history.parquet"].body)["task"].to_list(), (
        "Parquet is not a spreadsheet"
    )
    assert {path for path in found if ".." in path or path.startswith("/")} == set()


def test_the_libraries_of_tables_are_loaded_only_where_tables_are_made():
    code = "import sys, generator.files; sys.exit(bool({'polars', 'xlsxwriter'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
