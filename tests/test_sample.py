"""The sample archive: always the same, of realistic shape, and with everything in it that a site must cope with."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from generator.sample import sample_files
from generator.sample.cast import CATEGORIES, FAMILIES, TASKS
from generator.validate import parse_snapshot

LAST_DAY = date(2026, 8, 31)


@pytest.fixture(scope="module")
def files():
    return dict(sample_files())


@pytest.fixture(scope="module")
def days(files):
    """What each path says: the `data` object of its body."""
    return {path: json.loads(body)["data"] for path, body in files.items()}


@pytest.fixture(scope="module")
def first_revisions(days):
    return {path: data for path, data in days.items() if ".r2." not in path}


def models_of(data):
    return {model["id"] for task in data["classifications"] for model in task["models"]}


def leaders_of(data):
    return {task["tag"]: task["models"][0]["id"] for task in data["classifications"]}


def test_the_sample_is_always_the_same(files):
    digests = {path: hashlib.sha256(body).hexdigest()[:16] for path, body in files.items()}
    assert {path: digests[path] for path in GOLDEN} == GOLDEN
    assert hashlib.sha256(b"".join(files.values())).hexdigest() == GOLDEN_WHOLE


def test_another_process_with_another_hash_seed_makes_the_same_bytes(files):
    code = (
        "import hashlib; from generator.sample import sample_files;"
        "print(hashlib.sha256(b''.join(body for _, body in sample_files())).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "42", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(b"".join(files.values())).hexdigest()


@pytest.mark.parametrize(("days_asked", "last_day"), [(365, LAST_DAY), (30, LAST_DAY), (60, date(2026, 8, 1))])
def test_a_day_has_the_same_bytes_however_many_days_are_asked_and_whichever_is_the_last(files, days_asked, last_day):
    others = dict(sample_files(days_asked, last_day))
    shared = files.keys() & others.keys()
    assert len(shared) >= min(days_asked, 120) - 5
    assert {path: others[path] for path in shared} == {path: files[path] for path in shared}


def test_more_days_continue_where_the_sample_ended(files):
    longer = dict(sample_files(150, LAST_DAY + timedelta(days=30)))
    assert list(longer)[: len(files)] == list(files)


def test_paths_are_oldest_first_and_named_by_the_day_each_body_states(days):
    assert [(data["as_of"], ".r2." in path) for path, data in days.items()] == sorted(
        (data["as_of"], ".r2." in path) for path, data in days.items()
    )
    for path, data in days.items():
        assert re.fullmatch(rf"7d/{data['as_of']}(\.r2)?\.json", path)
    assert next(iter(days)) == "7d/2026-05-04.json"
    assert list(days)[-1] == "7d/2026-08-31.json"


def test_another_window_is_an_archive_of_its_own():
    [(path, body)] = sample_files(1, window="30d")
    assert path == "30d/2026-08-31.json"
    assert json.loads(body)["data"]["window_days"] == 30


@pytest.mark.parametrize("days_asked", [0, -1, 5_001])
def test_too_few_and_too_many_days_are_refused(days_asked):
    with pytest.raises(ValueError, match="expected 1 to 5000"):
        sample_files(days_asked)


def test_five_thousand_days_are_accepted_and_the_oldest_is_valid():
    _path, body = next(sample_files(5_000))
    assert parse_snapshot(body).warnings == ()


def test_every_body_is_a_snapshot_without_a_warning_and_says_that_it_is_a_sample(files):
    for path, body in files.items():
        snapshot = parse_snapshot(body)
        assert snapshot.warnings == (), path
        assert snapshot.is_sample, path
        assert json.loads(body)["data"]["sample"] is True, path


def test_bodies_are_written_as_the_endpoint_writes_them(files):
    for body in files.values():
        assert body.startswith(b'{"data":{"window_days":7,"as_of":"')
        assert not body.endswith(b"\n")
        assert json.dumps(json.loads(body), separators=(",", ":")).encode() == body


def test_shares_have_at_most_three_decimals_and_none_is_outside_0_to_1(files):
    shares = [
        share for body in files.values() for share in re.findall(r'_share":([^,}]+)', body.decode().replace(" ", ""))
    ]
    assert shares
    assert all(re.fullmatch(r"0|1\.0|0\.\d{1,3}", share) for share in shares)


def test_sums_of_rounded_shares_are_near_1_but_not_always_1(days):
    for measure in ("usage_share", "token_share"):
        sums = [round(sum(task[measure] for task in data["classifications"]), 3) for data in days.values()]
        assert min(sums) >= 0.994
        assert max(sums) <= 1.006
        assert 1.0 in sums
        assert max(sums) >= 1.003
        assert min(sums) <= 0.997


def test_macro_categories_are_the_sums_of_their_tasks_but_for_rounding(days):
    for data in days.values():
        assert [category["key"] for category in data["macro_categories"]] == list(CATEGORIES)
        for category in data["macro_categories"]:
            tasks = [task for task in data["classifications"] if task["macro_category"] == category["key"]]
            for measure in ("usage_share", "token_share"):
                assert sum(task[measure] for task in tasks) == pytest.approx(category[measure], abs=0.008)
                assert sum(task[f"category_{measure}"] for task in tasks) == pytest.approx(1, abs=0.008)


def test_tasks_carry_their_real_tags_labels_and_macro_categories(first_revisions):
    known = {(task.tag, task.label, task.category) for task in TASKS}
    assert len(known) == 30
    for data in first_revisions.values():
        named = {(task["tag"], task["display_name"], task["macro_category"]) for task in data["classifications"]}
        assert named <= known
    newest = first_revisions["7d/2026-08-31.json"]
    assert Counter(task["macro_category"] for task in newest["classifications"]) == {
        "code": 9,
        "data": 2,
        "agent": 5,
        "general": 13,
    }


def test_tasks_and_model_lists_are_in_request_order_and_lists_have_ten_models(days):
    for data in days.values():
        assert all(a["usage_share"] >= b["usage_share"] for a, b in pairwise(data["classifications"]))
        for task in data["classifications"]:
            models = task["models"]
            assert len(models) == len({model["id"] for model in models}) == 10
            assert all(a["tag_usage_share"] >= b["tag_usage_share"] for a, b in pairwise(models))


def test_listed_models_cover_a_third_to_four_fifths_of_a_task(days):
    coverages = [
        sum(model[measure] for model in task["models"])
        for data in days.values()
        for task in data["classifications"]
        for measure in ("tag_usage_share", "tag_token_share")
    ]
    assert 0.32 <= min(coverages) < 0.36
    assert 0.76 < max(coverages) <= 0.79


def test_by_tokens_the_order_is_another_one(days):
    newest = days["7d/2026-08-31.json"]
    tasks = newest["classifications"]
    assert [task["tag"] for task in sorted(tasks, key=lambda task: -task["token_share"])][:3] != [
        task["tag"] for task in tasks
    ][:3]
    disagreeing = [
        task["tag"]
        for task in tasks
        if max(task["models"], key=lambda model: model["tag_token_share"]) != task["models"][0]
    ]
    assert len(disagreeing) > 15


def test_there_are_ties_among_tasks_and_among_models_each_day(days):
    for data in days.values():
        tasks = data["classifications"]
        assert sum(a["usage_share"] == b["usage_share"] for a, b in pairwise(tasks)) >= 4
        models = [pair for task in tasks for pair in pairwise(task["models"])]
        assert sum(a["tag_usage_share"] == b["tag_usage_share"] for a, b in models) >= 10


def test_some_shares_are_exactly_0(days):
    tasks = [task for data in days.values() for task in data["classifications"]]
    assert any(model["tag_token_share"] == 0 for task in tasks for model in task["models"])
    assert any(task["usage_share"] == 0 for task in tasks)


def test_about_forty_five_models_are_listed_on_a_day_in_every_form_of_id(first_revisions):
    for data in first_revisions.values():
        assert 36 <= len(models_of(data)) <= 50
    newest = models_of(first_revisions["7d/2026-08-31.json"])
    for form in (
        r".+-20\d{6}",
        r".+-20\d{6}:free",
        r".+[a-z]:free",
        r"stealth/\w+-\w+",
        r".+-\d{4}-\d\d-\d\d",
        r".+[a-z]",
    ):
        assert any(re.fullmatch(form, model) for model in newest), form


def test_some_models_differ_in_their_date_alone_and_some_in_free_alone(first_revisions):
    newest = models_of(first_revisions["7d/2026-08-31.json"])
    undated = Counter(re.sub(r"20\d{6}", "", model) for model in newest)
    assert max(undated.values()) >= 2
    assert any(f"{model}:free" in newest for model in newest)


def test_a_new_model_appears_and_stays(first_revisions):
    newest = "mossgate/lichen-2.6-20260805"
    listed = [date.fromisoformat(data["as_of"]) for data in first_revisions.values() if newest in models_of(data)]
    assert date(2026, 8, 5) <= listed[0] < date(2026, 8, 10)
    assert len(listed) == (LAST_DAY - listed[0]).days + 1 - 1  # one of these days is missing


def test_a_model_leaves_and_returns(first_revisions):
    there = ["thistledown/burr-small" in models_of(data) for data in first_revisions.values()]
    changes = [(before, after) for before, after in pairwise(there) if before != after]
    assert changes == [(True, False), (False, True), (True, False), (False, True)]


def test_a_missing_day_is_not_there_and_the_week_before_the_last_day_is(first_revisions):
    stated = {date.fromisoformat(data["as_of"]) for data in first_revisions.values()}
    every_day = {LAST_DAY - timedelta(days=back) for back in range(120)}
    assert every_day - stated == {date(2026, 6, 12), date(2026, 8, 12)}
    assert LAST_DAY - timedelta(days=7) in stated


def test_a_restated_day_has_other_figures_under_the_same_date(days):
    restated = [path for path in days if ".r2." in path]
    assert restated == ["7d/2026-06-07.r2.json", "7d/2026-07-24.r2.json"]
    for path in restated:
        first = days[path.replace(".r2", "")]
        assert days[path]["as_of"] == first["as_of"]
        assert days[path] != first


def test_one_task_is_absent_on_most_days(first_revisions):
    visits = [
        any(task["tag"] == "image_prompting" for task in data["classifications"]) for data in first_revisions.values()
    ]
    assert 0 < sum(visits) < len(visits) / 3
    assert visits[-1] is False


def test_the_leader_changes_in_several_tasks(first_revisions):
    leaders = [leaders_of(data) for data in first_revisions.values()]
    changed = {tag for before, after in pairwise(leaders) for tag in before.keys() & after if before[tag] != after[tag]}
    assert len(changed) >= 8
    assert len(changed) < 29


def test_a_day_differs_little_from_the_one_before_and_a_week_visibly(first_revisions):
    series = {
        date.fromisoformat(data["as_of"]): {task["tag"]: task["usage_share"] for task in data["classifications"]}
        for data in first_revisions.values()
    }

    def largest_move(days_apart):
        return [
            max(abs(shares[tag] - earlier[tag]) for tag in shares.keys() & earlier)
            for day, shares in series.items()
            if (earlier := series.get(day - timedelta(days=days_apart)))
        ]

    assert max(largest_move(1)) < 0.012
    assert min(largest_move(7)) >= 0.001
    assert max(largest_move(7)) >= 0.02
    assert sum(largest_move(7)) > 3 * sum(largest_move(1))


def test_the_picture_has_the_shape_of_the_real_one(days):
    newest = days["7d/2026-08-31.json"]
    shares = {category["key"]: category for category in newest["macro_categories"]}
    assert 0.5 < shares["general"]["usage_share"] < 0.6
    assert shares["code"]["token_share"] > 2.5 * shares["code"]["usage_share"]
    assert shares["data"]["usage_share"] > 3 * shares["data"]["token_share"]
    assert newest["classifications"][0]["usage_share"] > 0.1
    assert newest["classifications"][-1]["usage_share"] <= 0.003


def test_families_have_distinct_ids_and_each_is_listed_somewhere(days):
    ids = [family.id for family in FAMILIES]
    assert len(set(ids)) == len(ids)
    authors = {model.split("/")[0] for data in days.values() for model in models_of(data)}
    assert authors == {family.id.split("/")[0] for family in FAMILIES}


# The first sixteen hex digits of each body's SHA-256. A change here changes every sample site and every golden file.
GOLDEN = {
    "7d/2026-05-04.json": "75a3d0e186825052",
    "7d/2026-07-24.json": "8e0024992a3747e5",
    "7d/2026-07-24.r2.json": "feeb68bb4bfdee1e",
    "7d/2026-08-20.json": "1fd84dc777637101",
    "7d/2026-08-31.json": "400545d894731d9a",
}
GOLDEN_WHOLE = "63fe750f785a32013ea2edeb970eede2feeb64973a9e7674f9c86001c2e92452"
