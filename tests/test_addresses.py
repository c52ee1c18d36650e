"""Addresses: whatever the source calls a thing, its path is safe on every file system and distinct from all others."""

import json
import string
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.addresses import (
    LOOKS,
    badge_path,
    category_chart_id,
    category_path,
    embed_path,
    model_chart_id,
    model_path,
    picture_path,
    safe_segment,
    task_chart_id,
    task_path,
    use_path,
)
from generator.sample import sample_files

RESERVED_BY_WINDOWS = [
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
]
HOSTILE = [
    "",
    ".",
    "..",
    "...",
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\x",
    "c:",
    "~",
    "~root",
    "-rf",
    ".git",
    "a.",
    "a..",
    "a ",
    " a",
    "a\n",
    "a\0b",
    "a\x7fb",
    "a/b",
    "a\\b",
    "a:b:c",
    "a~b",
    "%2e%2e",
    "a?b#c",
    "index.html",
    "INDEX.HTML",
    "</script><img src=x onerror=alert(1)>",
    "a\"b'c`d",
    "${x} {{ x }}",
    "Q&A",
    "naïve",
    "nai\u0308ve",
    "日本語",
    "🦙",
    "\u202eabc",
    "\u200babc",
    "\ud800",
    "ﬁ",
    "İ",
    "ß",
    "x" * 80,
    "x" * 81,
    "x" * 200,
    "X" * 200,
    "é" * 200,
    *RESERVED_BY_WINDOWS,
    *(f"{name}.txt" for name in RESERVED_BY_WINDOWS),
    *(name.upper() for name in RESERVED_BY_WINDOWS),
    "com\u00b9",
]
PLAIN = [
    "code",
    "general_impl",
    "sql_database",
    "gpt-5.6-luna-20260709",
    "qwen3.6-plus-04-02",
    "_x",
    "0",
    "a.b.c",
    "constant",
]


def is_safe_everywhere(segment):
    """Judged without the code under test: what Linux, macOS, Windows and URLs allow as one folder name."""
    return (
        segment.isascii()
        and set(segment) <= set(string.ascii_lowercase + string.digits + "._~-")
        and segment not in ("", ".", "..")
        and not segment.startswith((".", "-"))
        and not segment.endswith((".", " "))
        and len(segment) <= 100
        and segment.split(".")[0] not in RESERVED_BY_WINDOWS
        and quote(segment) == segment
        and PurePosixPath("x", segment).name == segment
        and PureWindowsPath("x", segment).parts == ("x", segment)
    )


def unsafe(segments):
    return [segment for segment in segments if not is_safe_everywhere(segment)]


def test_a_segment_is_safe_on_every_file_system_and_in_every_url():
    assert unsafe(safe_segment(text) for text in [*HOSTILE, *PLAIN]) == []


def test_unsafe_segments_are_known_as_such():
    known = ["", ".", "..", "a/b", "a\\b", "a.", "a b", "con", "CON", "nul.txt", "é", ".git", "-rf", "c:", "x" * 200]
    assert unsafe(known) == known


def test_distinct_texts_have_distinct_segments_also_where_case_and_form_do_not_count():
    texts = [*HOSTILE, *PLAIN]
    assert len(set(texts)) == len(texts)
    segments = [safe_segment(text) for text in texts]
    folded = {unicodedata.normalize("NFKC", segment).casefold() for segment in segments}
    assert len(folded) == len(texts)


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_name_stays_as_it_is(text):
    assert safe_segment(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("model", "Model"),
        ("model:free", "model-free"),
        ("model:free", "model~free"),
        ("a b", "a-b"),
        ("na\u00efve", "nai\u0308ve"),
        ("x" * 200, "x" * 201),
        ("x" * 80, "x" * 81),
        ("a", "a "),
        ("con", "con-"),
        ("", "x"),
        (".", ".."),
    ],
)
def test_texts_that_look_alike_stay_apart(one, other):
    assert safe_segment(one).casefold() != safe_segment(other).casefold()


def test_a_changed_name_can_still_be_read_and_is_always_the_same():
    assert safe_segment("Q&A & Knowledge") == "q-a-knowledge-2f3fb4aa3d"
    assert safe_segment("../../x").startswith("x-")
    assert safe_segment("x" * 200).startswith("x" * 60 + "-")


def test_the_free_variant_of_a_model_has_a_readable_path_of_its_own():
    assert model_path("saltmarsh/samphire-20260531") == "models/saltmarsh/samphire-20260531/"
    assert model_path("saltmarsh/samphire-20260531:free") == "models/saltmarsh/samphire-20260531~free/"


def test_paths_are_those_that_readers_know():
    assert category_path("code") == "tasks/code/"
    assert task_path("code", "code:general_impl") == "tasks/code/general_impl/"
    assert task_path("general", "math") == "tasks/general/math/"
    assert task_path("data", "data:extraction") == "tasks/data/extraction/"
    assert model_path("openai/gpt-5.6-luna-20260709") == "models/openai/gpt-5.6-luna-20260709/"


def test_chart_ids_are_short_and_stable():
    assert category_chart_id("code") == "code"
    assert task_chart_id("code", "code:general_impl") == "code-general_impl"
    assert task_chart_id("general", "math") == "general-math"
    assert model_chart_id("stealth/ox-alpha") == "model/stealth/ox-alpha"


def test_tasks_with_like_names_in_two_categories_have_two_paths():
    assert task_path("general", "devops") != task_path("code", "code:devops_config")
    assert task_path("general", "review") != task_path("code", "code:review")
    assert task_path("code", "data:review") != task_path("code", "code:review")


@pytest.mark.parametrize(
    ("make", "folders"),
    [
        (category_path, 2),
        (lambda text: task_path("code", text), 3),
        (lambda text: task_path(text, "math"), 3),
        (model_path, None),
    ],
    ids=["category", "task", "task of category", "model"],
)
def test_no_name_leads_out_of_its_folder(make, folders):
    for text in HOSTILE:
        path = make(text)
        segments = path.removesuffix("/").split("/")
        assert path.endswith("/")
        assert segments[0] in ("tasks", "models")
        assert unsafe(segments) == []
        assert len(segments) == (folders or len(text.split("/")) + 1)


def test_every_part_of_a_chart_id_is_a_safe_file_name():
    for text in HOSTILE:
        for chart_id in (category_chart_id(text), task_chart_id("code", text), model_chart_id(text)):
            assert unsafe(f"{part[:80]}{suffix}" for part in chart_id.split("/") for suffix in (".svg", ".csv")) == []


def test_models_with_odd_slashes_have_distinct_paths_and_charts():
    ids = ["a/b", "a//b", "/a/b", "a/b/", "a", "a/", "/a", "//", "a/b-c", "a-b/c"]
    assert len({model_chart_id(model_id) for model_id in ids}) == len(ids)
    assert len({model_path(model_id) for model_id in ids}) == len(ids)


def test_everything_in_the_sample_has_a_path_and_a_chart_of_its_own():
    tasks, models = set(), set()
    for _path, body in sample_files():
        for task in json.loads(body)["data"]["classifications"]:
            tasks.add((task["macro_category"], task["tag"]))
            models.update(model["id"] for model in task["models"])
    assert (
        len({task_path(*task) for task in tasks}) == len({task_chart_id(*task) for task in tasks}) == len(tasks) == 30
    )
    assert (
        len({model_path(model) for model in models}) == len({model_chart_id(model) for model in models}) == len(models)
    )


# ---------------------------------------------------------------- whatever there is, all of it has a place


WORDS = ["code", "general", "x", "models", "tasks", "macro", "model", "history", "share", "dark", "0123456789"]
NAMES = st.lists(st.sampled_from([*WORDS, "-", ":", "~", "/", ".", ".svg", "oembed.json", "A", "é"]), max_size=4)
PLAIN_NAMES = NAMES.map("".join)
CHASING = st.one_of(  # names that are what another name is made into
    PLAIN_NAMES.map(safe_segment),
    PLAIN_NAMES.map(category_chart_id),
    st.builds(task_chart_id, PLAIN_NAMES, PLAIN_NAMES),
)
ANY = PLAIN_NAMES | CHASING | CHASING.map(lambda name: name.rpartition("-")[2])
OF_HOME = ("macro", "macro-history", "tasks", "intensity", "models")


def files_of(kind, *names):
    """Every file that a thing has on the site."""
    if kind == "category":
        page, chart = category_path(*names), category_chart_id(*names)
        charts = [chart, f"{chart}-models"]
    elif kind == "task":
        page, chart = task_path(*names), task_chart_id(*names)
        charts = [chart, f"{chart}-history", f"{chart}-share"]
        yield from (f"{badge_path(*names)}.{ending}" for ending in ("svg", "json"))
    else:
        page, chart = model_path(*names), model_chart_id(*names)
        charts = [chart, f"{chart}-history"]
    yield from (f"{page}{name}" for name in ("index.html", "index.md", "card.png"))
    yield from (file for chart in charts for file in files_of_chart(chart))


def files_of_chart(chart):
    yield from (f"{embed_path(chart)}{name}" for name in ("index.html", "oembed.json", "now.json"))
    yield f"{use_path(chart)}index.html"
    yield from (picture_path(chart, look) for look in LOOKS)
    yield from (f"charts/{chart}.{ending}" for ending in ("json", "csv", "vega.js"))


THINGS = st.one_of(
    st.tuples(st.just("category"), ANY), st.tuples(st.just("task"), ANY, ANY), st.tuples(st.just("model"), ANY)
)


@given(st.sets(THINGS, min_size=2, max_size=6))
@example({("category", "code-x"), ("task", "code", "code:x"), ("task", "code", "x"), ("task", "code-x", "")})
@example({("task", "a", "a:b-c"), ("task", "a-b", "a-b:c"), ("category", "a-b-c")})
@example({("task", "general", "math"), ("task", "general", "general:math"), ("task", "general", "math~")})
@example({("task", "code", "code:models"), ("category", "code"), ("category", "code-models"), ("category", "models")})
@example(
    {("category", "tasks"), ("category", category_chart_id("tasks")), ("category", "macro"), ("category", "model")}
)
@example({("task", "tasks", f"tasks:{category_chart_id('tasks').rpartition('-')[2]}"), ("category", "tasks")})
@example({("category", "model"), ("model", "oembed.json"), ("model", "now.json"), ("task", "model", "model:x")})
@example({("model", "Q&A"), ("model", safe_segment("Q&A")), ("model", "a/b"), ("model", "a/b/index.md")})
@example({("task", "code", "code:a"), ("task", "code", "code:a.svg"), ("task", "code", "code:card.png")})
def test_whatever_the_source_adds_every_file_has_a_place_of_its_own(things):
    files = [file.casefold() for thing in things for file in files_of(*thing)]
    files += [file for chart in OF_HOME for file in files_of_chart(chart)]
    assert len(files) == len(set(files))
    folders = {str(folder) for file in files for folder in PurePosixPath(file).parents}
    assert folders & set(files) == set()


def test_a_tag_that_breaks_the_custom_of_its_category_has_an_address_that_says_so():
    assert task_path("general", "general:math") == "tasks/general/general~math/"
    assert task_path("code", "debugging") == "tasks/code/debugging~/"
    assert task_chart_id("code", "debugging") == "code-debugging~"


def test_no_name_of_the_real_data_is_changed():
    """Those of 31 August 2026 that come nearest to what is changed, and their addresses as they were published."""
    models = ["openai/gpt-4.1-2025-04-14", "qwen/qwen3.6-plus-04-02", "deepseek/deepseek-chat-v3.1", "z-ai/glm-5.2"]
    assert [model_path(model) for model in models] == [f"models/{model}/" for model in models]
    assert [model_chart_id(model) for model in models] == [f"model/{model}" for model in models]
    tasks = [("agent", "web_search"), ("data", "extraction"), ("code", "devops_config")]
    assert [task_chart_id(key, f"{key}:{name}") for key, name in tasks] == [f"{key}-{name}" for key, name in tasks]
    assert task_chart_id("general", "qa_knowledge") == "general-qa_knowledge"
