"""What a snapshot must be, number by number."""

import copy
import json
import sys
from datetime import date

import pytest
from responses import answer, body, dump

from generator.errors import SnapshotError, shown
from generator.models import Category, ModelShare
from generator.validate import content_digest, error_message, find_responses, parse_snapshot

NAME = "text of 1 to 200 characters without control characters"


def changed(path, value):
    """A good answer with the value at a path replaced; `...` takes it away."""
    made = answer()
    *steps, last = path
    place = made
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return made


def problems(value):
    with pytest.raises(SnapshotError) as raised:
        parse_snapshot(value if isinstance(value, bytes) else dump(value))
    assert str(raised.value).splitlines()[1:] == [f"  - {problem}" for problem in raised.value.problems]
    return raised.value.problems


def test_a_snapshot_is_the_answer_in_our_words():
    made = parse_snapshot(body(tasks=2, models=2))
    assert (made.window_days, made.as_of, made.is_sample, made.warnings) == (7, date(2026, 8, 31), False, ())
    assert made.categories == (
        Category("code", "Code", 0.667, 0.333, "/data/macro_categories/0"),
        Category("general", "General", 0.333, 0.667, "/data/macro_categories/1"),
    )
    first = made.tasks[0]
    assert (first.tag, first.label, first.category) == ("code:task_0", "Task 0 & more", "code")
    assert (first.request_share, first.token_share) == (0.667, 0.333)
    assert (first.category_request_share, first.category_token_share) == (1.0, 1.0)
    assert tuple(first.models) == (
        ModelShare("maker-0/model-0-20260810", 0.4, 0.2),
        ModelShare("maker-1/model-1-20260811", 0.2, 0.1),
    )
    assert (first.models[1], first.models[:1]) == (tuple(first.models)[1], tuple(first.models)[:1])
    assert first.pointer_to("maker-1/model-1-20260811") == "/data/classifications/0/models/1"


def test_years_of_snapshots_keep_each_text_and_each_share_once():
    one, other = (parse_snapshot(body(as_of, tasks=4, models=4)) for as_of in ("2026-08-30", "2026-08-31"))
    for first, second in zip(one.tasks, other.tasks, strict=True):
        assert all(getattr(first, name) is getattr(second, name) for name in ("tag", "label", "category", "pointer"))
        assert first.request_share is second.request_share
        for a, b in zip(first.models, second.models, strict=True):
            assert all(getattr(a, name) is getattr(b, name) for name in a.__slots__)


def test_every_number_of_the_answer_is_in_the_snapshot_unchanged():
    sent = answer(tasks=29, models=10)["data"]
    made = parse_snapshot(body(tasks=29, models=10))
    for row, task in zip(sent["classifications"], made.tasks, strict=True):
        assert (row["tag"], row["usage_share"], row["token_share"]) == (task.tag, task.request_share, task.token_share)
        assert row["category_usage_share"] == task.category_request_share
        assert row["category_token_share"] == task.category_token_share
        for listed, model in zip(row["models"], task.models, strict=True):
            assert tuple(listed.values()) == (model.id, model.request_share, model.token_share)


@pytest.mark.parametrize(("tasks", "models"), [(1, 0), (1, 1), (3, 20), (60, 3)])
def test_the_set_of_tasks_and_the_length_of_lists_are_not_fixed(tasks, models):
    made = parse_snapshot(body(tasks=tasks, models=models))
    assert (len(made.tasks), len(made.tasks[0].models), made.warnings) == (tasks, models, ())


FIRST = ("data", "classifications", 0)
MODEL = (*FIRST, "models", 0)
MACRO = ("data", "macro_categories", 0)
SHARES = [
    *((*FIRST, name) for name in ("usage_share", "token_share", "category_usage_share", "category_token_share")),
    *((*MODEL, name) for name in ("tag_usage_share", "tag_token_share")),
    *((*MACRO, name) for name in ("usage_share", "token_share")),
]
NAMES = [
    *((*FIRST, name) for name in ("tag", "display_name", "macro_category")),
    (*MODEL, "id"),
    *((*MACRO, name) for name in ("key", "label")),
]
LISTS = [("data", "classifications"), ("data", "macro_categories"), (*FIRST, "models")]


def place(path):
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


@pytest.mark.parametrize("path", SHARES, ids=place)
@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1.001, "1.001 (number)"), (-0.001, "-0.001 (number)"), (2, "2 (number)"), (10**400, "1000"),
        ("0.2", '"0.2" (text)'), (None, "null"), (True, "true"), ([], "a list of 0"), ({}, "an object"),
        (..., "nothing (the field is missing)"),
    ],
)  # fmt: skip
def test_a_share_is_a_number_from_0_to_1(path, value, found):
    said = [
        problem for problem in problems(changed(path, value)) if problem.startswith(f"{place(path)}: found {found}")
    ]
    assert len(said) == 1
    assert said[0].endswith(", expected a number from 0 to 1")


@pytest.mark.parametrize("path", NAMES, ids=place)
@pytest.mark.parametrize(
    "value", ["", " ", "a\nb", "a\x00", "\x7f", "\x85", "\u2028", "\ufffe", "x" * 201, None, 7, ["a"], ...]
)
def test_a_name_is_printable_text_of_some_length(path, value):
    at, end = f"{place(path)}: found ", f", expected {NAME}"
    said = [problem for problem in problems(changed(path, value)) if problem.startswith(at) and problem.endswith(end)]
    assert len(said) == 1
    assert said[0].isascii() and len(said[0]) < 250


@pytest.mark.parametrize("text", ["x" * 200, "🦙👩‍👩‍👧", "עברית \u202eabc", "'\"<&>\\", "../../x", "=SUM(A1)", "é"])
def test_any_other_text_is_kept_as_it_is(text):
    made = parse_snapshot(dump(changed((*FIRST, "display_name"), text)))
    assert (made.tasks[0].label, made.warnings) == (text, ())


@pytest.mark.parametrize("path", LISTS, ids=place)
@pytest.mark.parametrize("value", [None, {}, "x", 1, ...])
def test_a_list_is_a_list(path, value):
    said = [problem for problem in problems(changed(path, value)) if problem.startswith(f"{place(path)}: found ")]
    assert len(said) == 1
    assert ", expected a list of " in said[0]


@pytest.mark.parametrize("value", [0, -7, 367, 7.5, "7", None, True, ..., 10**30])
def test_a_window_has_1_to_366_days(value):
    [problem] = problems(changed(("data", "window_days"), value))
    assert problem.startswith("data.window_days: found ")
    assert problem.endswith(", expected a whole number from 1 to 366")


@pytest.mark.parametrize(
    "value",
    [
        "2026-8-31",
        "2026-08-31T00:00:00Z",
        "20260831",
        "2026-W36-1",
        "2026-02-29",
        "0000-00-00",
        " 2026-08-31",
        "",
        20260831,
        None,
        ...,
    ],
)
def test_a_date_is_a_real_date_in_one_spelling(value):
    [problem] = problems(changed(("data", "as_of"), value))
    assert problem.startswith("data.as_of: found ")
    assert problem.endswith(", expected a date like 2026-08-31")


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ("[]", "the answer"),
        ("null", "the answer"),
        ("1", "the answer"),
        ('"x"', "the answer"),
        ('{"data":[1]}', "data"),
    ],
)
def test_an_answer_is_an_object_with_an_object(sent, path):
    [problem] = problems(sent.encode())
    assert problem.startswith(f"{path}: found ") and problem.endswith(", expected an object")


# --- what must hold between the fields


def test_tags_keys_and_the_models_of_a_task_are_distinct():
    value = answer(tasks=5)
    data = value["data"]
    data["classifications"][4]["tag"] = data["classifications"][1]["tag"]
    data["macro_categories"][3]["key"] = data["macro_categories"][2]["key"]
    models = data["classifications"][2]["models"]
    models[4]["id"] = models[0]["id"]
    said = problems(value)
    for path, text, first in (
        ("data.classifications[4].tag", "task_1", "data.classifications[1]"),
        ("data.macro_categories[3].key", "agent", "data.macro_categories[2]"),
        ("data.classifications[2].models[4].id", "maker-0/model-0-20260810", "data.classifications[2].models[0]"),
    ):
        name = path.rpartition(".")[2]
        line = f'{path}: found "{text}" again, expected each {name} once (the first is {first})'
        assert line in said


def test_one_model_may_be_listed_in_many_tasks_and_lookalikes_are_different_things():
    value = answer(tasks=4, models=2)
    value["data"]["classifications"][0]["models"][0]["id"] = "maker-1/model-1-20260811:free"
    value["data"]["classifications"][1]["tag"] = "code_task_0"
    assert parse_snapshot(dump(value)).warnings == ()


def test_a_macro_category_that_is_not_listed_is_refused():
    value = answer(tasks=4)
    value["data"]["macro_categories"].pop()
    value["data"]["macro_categories"][0]["usage_share"] += value["data"]["classifications"][3]["usage_share"]
    said = problems(value)
    assert (
        'data.classifications[3].macro_category: found "data", expected a key listed in data.macro_categories' in said
    )


def test_an_empty_list_of_macro_categories_is_refused_for_each_task():
    said = problems(changed(("data", "macro_categories"), []))
    assert [line for line in said if "expected a key listed" not in line] == []
    assert len(said) == 8


def test_a_macro_category_without_tasks_may_be_listed_if_it_has_no_share():
    value = answer()
    value["data"]["macro_categories"].append({"key": "robots", "label": "Robots", "usage_share": 0, "token_share": 0})
    assert parse_snapshot(dump(value)).warnings == ()
    value["data"]["macro_categories"][-1]["usage_share"] = 0.03
    assert len(parse_snapshot(dump(value)).warnings) == 2
    value["data"]["macro_categories"][-1]["usage_share"] = 0.3
    assert "data.macro_categories[4].usage_share: found 0.300, expected about the sum of its tasks, 0.000" in problems(
        value
    )


@pytest.mark.parametrize("within", [0, 1])
def test_a_macro_category_in_which_nothing_was_asked_may_have_no_shares_within(within):
    value = answer(tasks=4)
    value["data"]["macro_categories"].append({"key": "robots", "label": "Robots", "usage_share": 0, "token_share": 0})
    value["data"]["classifications"].append(
        {
            "tag": "robots:walk", "display_name": "Walking", "macro_category": "robots", "models": [],
            "usage_share": 0, "token_share": 0, "category_usage_share": within, "category_token_share": within,
        }
    )  # fmt: skip
    assert parse_snapshot(dump(value)).warnings == ()


SUMS = [
    (("classifications", 0, "usage_share"), "data.classifications[].usage_share: found a sum of {:.3f}"),
    (("classifications", 7, "token_share"), "data.classifications[].token_share: found a sum of {:.3f}"),
    (("macro_categories", 0, "usage_share"), "data.macro_categories[].usage_share: found a sum of {:.3f}"),
    (("macro_categories", 3, "token_share"), "data.macro_categories[].token_share: found a sum of {:.3f}"),
    (
        ("classifications", 0, "category_usage_share"),
        'data.classifications[].category_usage_share: found a sum of {:.3f} within "code"',
    ),
    (
        ("classifications", 7, "category_token_share"),
        'data.classifications[].category_token_share: found a sum of {:.3f} within "data"',
    ),
]


@pytest.mark.parametrize(("path", "text"), SUMS, ids=[place(path) for path, _ in SUMS])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_sum_may_be_off_a_little_is_warned_when_off_more_and_refused_when_off_far(path, text, sign):
    for off, verdict in ((0.003, "fine"), (0.02, "fine"), (0.021, "warned"), (0.05, "warned"), (0.051, "refused")):
        value = answer()
        name, n, field = path
        row = value["data"][name][n]
        row[field] = round(row[field] + sign * off, 3)
        expected = f"{text.format(1 + sign * off)}, expected about 1"
        if verdict == "refused":
            assert expected in problems(value)
        else:
            assert (expected in parse_snapshot(dump(value)).warnings) is (verdict == "warned")


@pytest.mark.parametrize("name", ["tag_usage_share", "tag_token_share"])
def test_the_shares_of_a_tasks_models_sum_to_1_at_most(name):
    for total, verdict in ((0.1, "fine"), (1.02, "fine"), (1.021, "warned"), (1.05, "warned"), (1.051, "refused")):
        value = answer()
        models = value["data"]["classifications"][0]["models"][:2]
        value["data"]["classifications"][0]["models"] = models
        models[0][name], models[1][name] = round(total - total / 3, 6), round(total / 3, 6)
        expected = f"data.classifications[0].models[].{name}: found a sum of {total:.3f}, expected at most 1"
        if verdict == "refused":
            assert problems(value) == (expected,)
        else:
            assert parse_snapshot(dump(value)).warnings == ((expected,) if verdict == "warned" else ())


def test_lists_that_are_not_sorted_by_requests_are_warned_and_kept_as_sent():
    value = answer(tasks=3, models=3)
    value["data"]["classifications"].reverse()
    value["data"]["classifications"][1]["models"].reverse()
    made = parse_snapshot(dump(value))
    assert made.warnings == (
        "data.classifications: not sorted by usage_share, descending; kept as sent",
        "data.classifications[1].models: not sorted by tag_usage_share, descending; kept as sent",
    )
    assert [task.tag for task in made.tasks] == ["agent:task_2", "task_1", "code:task_0"]


def test_ties_and_zeros_are_in_order():
    value = answer(models=4)
    for model in value["data"]["classifications"][0]["models"]:
        model["tag_usage_share"] = 0.02
    value["data"]["classifications"][0]["models"][3]["tag_token_share"] = -0.0
    made = parse_snapshot(dump(value))
    assert made.warnings == ()
    assert str(made.tasks[0].models[3].token_share) == "0.0"


def test_a_broken_row_is_one_problem_and_not_also_a_wrong_sum():
    assert problems(changed(("data", "classifications", 0), None)) == (
        "data.classifications[0]: found null, expected an object",
    )


def test_problems_and_warnings_are_listed_up_to_a_hundred():
    many = {"data": answer()["data"] | {f"field_{n}": n for n in range(500)}}
    warnings = parse_snapshot(dump(many)).warnings
    assert (len(warnings), warnings[0], warnings[-1]) == (101, "new field data.field_0", "... and 400 more")
    said = problems(changed(("data", "classifications"), [None] * 500))
    assert (len(said), said[-1]) == (101, "... and 400 more")


@pytest.mark.parametrize("sample", [True, False, 0.1, None, "true"])
def test_only_the_word_true_marks_a_sample(sample):
    made = parse_snapshot(dump(changed(("data", "sample"), sample)))
    assert made.is_sample is (sample is True)
    assert made.warnings == (() if sample is True else ("new field data.sample",))


# --- strict JSON


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "found nothing, expected an object"),
        (b" \n", "found nothing, expected an object"),
        (b"{", "line 1, column 2: "),
        (b"{}\n{}", "line 2, column 1: Extra data"),
        (b"{'a': 1}", "line 1, column 2: "),
        (b'{"a": 1,}', "line 1, column "),
        (b"\xef\xbb\xbf{}", "line 1, column 1: Unexpected UTF-8 BOM"),
        (b'{"a": "\xff"}', "byte 7: found bytes that are not UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "byte 7: found bytes that are not UTF-8"),
        (b'{"a": NaN}', "found NaN, expected a number"),
        (b'{"a": -Infinity}', "found -Infinity, expected a number"),
        (b'{"a": 1e309}', "found the number 1e309, expected one that fits a 64-bit float"),
        (b'{"a": {"b": 1, "b": 1}}', 'found the key "b" twice in one object'),
        (b'{"a": 1, "\\u0061": 1}', 'found the key "a" twice in one object'),
        (b'{"a": "x\ny"}', "line 1, column 9: Invalid control character"),
        (b"[" * 21 + b"]" * 21, "nested deeper than 20, expected at most 20"),
        (b'{"a":' * 100_000, "nested deeper than 20"),
        (b'["' + b'\\"' * 500_000, "line 1, column 2: Unterminated string"),
        (b"[" + b"9" * 5000 + b"]", "found a number with thousands of digits"),
        (b"[" + b" " * 4 * 1024 * 1024 + b"]", "found 4,194,306 bytes, expected at most 4,194,304"),
    ],
    ids=range(20),
)
def test_what_is_not_strict_json_is_refused_with_its_place(sent, said):
    [problem] = problems(sent)
    assert said in problem
    assert len(problem) < 200 and problem.isascii()
    with pytest.raises(SnapshotError):
        content_digest(sent)


def test_brackets_within_text_are_no_depth():
    assert parse_snapshot(dump(changed((*FIRST, "display_name"), '[{[{"\\' * 30))).tasks[0].label == '[{[{"\\' * 30


# --- the digest


def test_the_digest_is_of_the_meaning():
    value = answer()
    same = [
        body(),
        body() + b"\n\n",
        json.dumps(value, indent=4, sort_keys=True).encode(),
        json.dumps(value, ensure_ascii=True).encode(),
        body().replace(b'"window_days":7', b'"window_days":7.0'),
        body().replace(b'"tag_usage_share":0.2,', b'"tag_usage_share":2.0e-1,'),
        body("2026-09-01"),
    ]
    assert len({content_digest(sent) for sent in same}) == 1
    assert len(content_digest(body())) == 64


def test_the_digest_changes_with_every_value_and_with_the_order_of_lists():
    value = answer(tasks=2, models=2)
    others = []
    for path in [*SHARES, *NAMES, ("data", "window_days"), ("data", "extra"), ("as_of",), (*FIRST, "as_of")]:
        other = copy.deepcopy(value)
        place = other
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = "another"
        others.append(other)
    others.append(copy.deepcopy(value))
    others[-1]["data"]["classifications"].reverse()
    digests = {content_digest(dump(other)) for other in (value, *others)}
    assert len(digests) == len(others) + 1


# --- the message of an error


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (b'{"error":{"code":401,"message":"User not found."}}', "User not found."),
        (b'{"error":{"message":"a\\n::error::b\\u0007\\u202e c"},"user_id":"u"}', "a ::error::b c"),
        (dump({"error": {"message": "x" * 500}}), "x" * 200),
        (b'{"error":{"message":""}}', None),
        (b'{"error":{"message":" \\n "}}', None),
        (b'{"error":{"message":{"a":1}}}', None),
        (b'{"error":{}}', None),
        (b'{"error":"text"}', None),
        (b'{"message":"x"}', None),
        (b"[1]", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_an_error_has_one_line_of_message_or_none(sent, message):
    assert error_message(sent) == message


# --- what a kept file may wrap around an answer


def test_a_bare_response_is_found_byte_for_byte():
    kept = json.dumps(answer(), indent=2).encode() + b"\n"
    assert find_responses(kept) == (kept,)


def test_a_response_within_an_envelope_is_written_compactly_in_its_own_order():
    value = answer()
    value["data"]["classifications"][0]["display_name"] = "Übung 🦙"
    assert find_responses(dump({"fetched_at": "x", "response": {"status": 200, "body": value}})) == (dump(value),)


def test_a_response_kept_as_text_is_found_byte_for_byte():
    text = json.dumps(answer(), indent=1)
    assert find_responses(dump([{"content": {"text": text, "size": 1}}])) == (text.encode(),)
    assert find_responses(dump({"outer": json.dumps({"inner": text})})) == (text.encode(),)


def test_several_responses_in_one_file_are_all_found():
    first, second = answer("2026-08-30"), answer("2026-08-31")
    assert find_responses(dump([first, {"x": second}])) == (dump(first), dump(second))


@pytest.mark.parametrize(
    "kept", [{}, [], {"data": {}}, {"data": []}, {"classifications": []}, {"a": '"classifications" {'}]
)
def test_a_file_without_a_response_is_refused(kept):
    with pytest.raises(SnapshotError, match=r"found no object with data\.classifications"):
        find_responses(dump(kept))


def test_text_within_text_is_opened_only_so_often():
    kept = json.dumps(answer())
    for _ in range(5):
        kept = json.dumps({"x": kept})
    with pytest.raises(SnapshotError, match=r"found no object with data\.classifications"):
        find_responses(kept.encode())


# --- what messages may quote


@pytest.mark.parametrize(
    "value", ["\n::error::x", "##[group]x", "\x1b[31m", "\u202e", "x" * 500, '"' * 100, "\ud800", 10**60, 1.5]
)
def test_a_quoted_value_is_one_short_line_of_harmless_ascii(value):
    said = shown(value)
    assert said.isascii() and said.isprintable() and len(said) <= 60 and "##[" not in said
    assert not said.startswith("::")


def test_a_short_value_is_quoted_whole():
    assert [shown(value) for value in ("a", True, None, 1, 0.5, [], {})] == [
        '"a"', "true", "null", "1", "0.5", "a list", "an object",
    ]  # fmt: skip
    assert sys.getsizeof(shown("x" * 10_000_000)) < 200
