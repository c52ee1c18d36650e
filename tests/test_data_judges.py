"""The data files before judges that nobody here wrote: loaders, validators of descriptions, the source's own SDK."""

import functools
import json
import re
import shutil
import subprocess
import sys
import threading
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import jsonschema
import openpyxl
import pandas
import polars
import pytest
from built import data_files
from openrouter.components import TaskClassificationResponse
from raw import Raw, last_of_each_day
from responses import body

from generator.sample import sample_files

DAYS = 20
PROGRAMS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """`data/v1/` of a sample of some days."""
    place = tmp_path_factory.mktemp("judged") / "data/v1"
    made = {path: file.body for path, file in data_files(sample_files(DAYS)).items()}
    for path, sent in {**made, **dict(sample_files(DAYS))}.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(sent)
    return place


@functools.cache
def shares_again():
    """(day, level, macro-category, task, model) -> its two shares, from the responses."""
    found = {}
    for day, raw in last_of_each_day(sample_files(DAYS)).items():
        for category in raw.categories:
            found[day, "macro", category["key"], None, None] = category["usage_share"], category["token_share"]
        for task in raw.tasks:
            where = task["macro_category"], task["tag"]
            found[day, "task", *where, None] = task["usage_share"], task["token_share"]
            for model in task["models"]:
                found[day, "model", *where, model["id"]] = model["tag_usage_share"], model["tag_token_share"]
    return found


def by_pandas(path):
    frame = pandas.read_parquet(path) if path.suffix == ".parquet" else pandas.read_csv(path, parse_dates=["as_of"])
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{**row, "as_of": date(row["as_of"].year, row["as_of"].month, row["as_of"].day)} for row in rows]


def by_polars(path):
    frame = polars.read_parquet(path) if path.suffix == ".parquet" else polars.read_csv(path, try_parse_dates=True)
    return frame.to_dicts()


def by_duckdb(path):
    rows = duckdb.sql(f"FROM '{path}'")
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]


@pytest.mark.parametrize("load", [by_pandas, by_polars, by_duckdb])
@pytest.mark.parametrize("name", ["history.csv", "history.parquet"])
def test_a_loader_agrees_with_the_responses_to_the_last_digit(folder, name, load):
    names = "as_of", "level", "macro_category", "task", "model"
    rows = load(folder / name)
    assert {tuple(row[name] for name in names): (row["request_share"], row["token_share"]) for row in rows} == (
        shares_again()
    )
    assert len(rows) == len(shares_again())


def test_frictionless_finds_the_package_and_every_table_of_it_valid(folder):
    command = [PROGRAMS / "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert told["valid"] and told["stats"]["errors"] == 0, told["errors"]
    csv = {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")}
    assert {task["place"] for task in told["tasks"]} == csv


def test_frictionless_sees_a_share_that_cannot_be(folder, tmp_path):
    for name in ("days.csv", "datapackage.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes().replace(b",false,1,", b",perhaps,1,"))
    package = json.loads((folder / "datapackage.json").read_bytes())
    package["resources"] = [resource for resource in package["resources"] if resource["path"] == "days.csv"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    command = [PROGRAMS / "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert not json.loads(done.stdout)["valid"]


def test_mlcroissant_finds_the_description_valid_and_without_a_warning(folder):
    command = [PROGRAMS / "mlcroissant", "validate", "--jsonld", "croissant.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "Done." in done.stderr
    assert "WARNING" not in done.stderr and "Error" not in done.stderr


SCHEMAS = {
    "index.json": "schemas/index.json",
    "latest.json": "schemas/latest.json",
    "changes.json": "schemas/changes.json",
    "gaps.json": "schemas/gaps.json",
    "tasks/**/*.json": "schemas/task.json",
    "models/**/*.json": "schemas/model.json",
    "7d/*.json": "schema.json",
}


def problems(schema, value):
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(value)]


@pytest.mark.parametrize("files", SCHEMAS)
def test_every_json_is_what_its_schema_says(folder, files):
    schema = json.loads((folder / SCHEMAS[files]).read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    found = list(folder.glob(files))
    assert found
    assert {str(path): said for path in found if (said := problems(schema, json.loads(path.read_bytes())))} == {}


def test_every_json_has_a_schema_or_a_judge_of_its_own(folder):
    judged = {path for files in SCHEMAS for path in folder.glob(files)} | {
        folder / "datapackage.json",
        folder / "croissant.json",
        folder / "schema.json",
        *(folder / "schemas").iterdir(),
    }
    assert set(folder.rglob("*.json")) == judged


@pytest.mark.parametrize(
    ("files", "before", "after"),
    [
        ("7d/*.json", b'"usage_share":0.', b'"usage_share":7.'),
        ("7d/*.json", b'"tag":', b'"tug":'),
        ("7d/*.json", b'"as_of":"20', b'"as_of":"x'),
        ("latest.json", b'"request_share":0.', b'"request_share":7.'),
        ("index.json", b'"sha256":"', b'"sha256":"x'),
        ("changes.json", b'"edition":"20', b'"edition":"'),
    ],
)
def test_a_schema_sees_what_cannot_be(folder, files, before, after):
    schema = json.loads((folder / SCHEMAS[files]).read_bytes())
    sent = next(folder.glob(files)).read_bytes()
    assert problems(schema, json.loads(sent.replace(before, after, 1)))


def test_the_official_sdk_parses_every_published_snapshot(folder):
    for path in sorted((folder / "7d").iterdir()):
        told = TaskClassificationResponse.model_validate_json(path.read_bytes())
        raw = Raw.of(path.read_bytes())
        assert str(told.data.as_of) in path.name
        assert [(task.tag, task.usage_share) for task in told.data.classifications] == [
            (task["tag"], task["usage_share"]) for task in raw.tasks
        ]


# ---------------------------------------------------------------- the loaders of the page, as they stand there


class Handler(SimpleHTTPRequestHandler):
    """Sends parts of a file too, as web servers do: polars asks for those of a Parquet file that it needs."""

    def do_GET(self):
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            super().do_GET()
            return
        whole = Path(self.translate_path(self.path)).read_bytes()
        first = int(asked[1]) if asked[1] else len(whole) - int(asked[2])
        last = min(int(asked[2]), len(whole) - 1) if asked[1] and asked[2] else len(whole) - 1
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(whole)}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        self.wfile.write(whole[first : last + 1])

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def loaders(folder):
    """Program -> its lines on the page, of a server that has the files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder.parent.parent))
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    yield {name: code.replace("ADDRESS/", address) for name, code in lines_of_the_page().items()}
    server.shutdown()
    server.server_close()


def lines_of_the_page():
    """Program -> what the template shows for it; the task of the curl line is that of the sample."""
    template = (Path(__file__).parent.parent / "templates/data.html").read_text("utf-8")
    found = {}
    for name, code in re.findall(r'snippet\("(\w+)[^"]*", "[^"]*", (.*?)\) }}', template):
        parts = re.findall(r"'([^']*)'|\"([^\"]*)\"|(base|content\.example_task)", code)
        values = {"base": "ADDRESS/data/v1/", "content.example_task": "tasks/code/debugging", "": ""}
        found[name] = "".join(one or two or values[three] for one, two, three in parts).replace("\\n", "\n")
    return found


@pytest.mark.parametrize("program", ["pandas", "polars"])
def test_the_lines_for_python_load_the_whole_history(loaders, program):
    code = f"{loaders[program]}\nprint(len(history), history['as_of'].min())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(shares_again())), str(min(key[0] for key in shares_again()))]


def test_the_lines_for_duckdb_give_the_tasks_by_day(loaders, folder):
    """Run on the file itself: over the network DuckDB loads an extension, which it fetches from its makers."""
    query = re.sub(r"'http[^']*/(history\.parquet)'", rf"'{folder}/\1'", loaders["DuckDB"])
    rows = duckdb.sql(query).fetchall()
    assert len(rows) == sum(key[1] == "task" for key in shares_again())
    assert rows == sorted(rows, key=lambda row: row[0])


def test_the_lines_for_curl_fetch_a_task_and_the_index(loaders, folder, tmp_path):
    done = subprocess.run(["sh", "-ec", loaders["curl"]], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (tmp_path / "debugging.csv").read_bytes() == (folder / "tasks/code/debugging.csv").read_bytes()
    assert json.loads(done.stdout)["as_of"] == "2026-08-31"


def test_the_workbook_that_the_page_names_opens(loaders, folder):
    path = loaders["Excel"].partition("/data/v1/")[2]
    assert openpyxl.load_workbook(folder / path).sheetnames == ["data", "about"]


def test_the_lines_for_r_run_where_r_is(loaders):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed: its lines on the data page are not run")
    code = f"{loaders['R']}\ncat(nrow(history))"
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True)
    assert done.stdout == str(len(shares_again()))


def test_a_real_archive_carries_the_licence_and_the_source_line():
    line = "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-31. Licensed under CC BY 4.0."
    made = data_files([("7d/2026-08-31.json", body())])
    for path, file in made.items():
        if path.startswith(("latest", "changes", "gaps", "index", "tasks", "models")) and path.endswith(".json"):
            told = json.loads(file.body)
            assert (told["source"], told["licence"], told["sample"]) == (line, "CC BY 4.0", False), path
    assert line in made["SOURCE.txt"].body.decode()
    assert polars.read_parquet_metadata(made["history.parquet"].body)["source"] == line
    package = json.loads(made["datapackage.json"].body)
    assert package["licenses"][0]["name"] == "CC-BY-4.0" and package["sources"][0]["title"] == line
