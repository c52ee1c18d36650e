"""Every number that a reader sees is read back from the pages and compared with the response, worked out again."""

import json
import re
from datetime import date, datetime, timedelta
from functools import cache

import pytest
import raw_records
from built import text_of
from raw import Raw, percent, place, ratio

from generator.addresses import category_path, model_path, task_path
from generator.formats import model_names
from generator.sample import sample_files

P = r"(\d+\.\d %)"
TIMES = r"([\d.]+×)"
ORDINAL = r"(?:shared )?(\d+)(?:st|nd|rd|th)"


@pytest.fixture(scope="module")
def raw(sample_site):
    return Raw.of(sample_site.response)


@pytest.fixture(scope="module")
def names(raw):
    return model_names(raw.models())


def table_of(page, table):
    """A table by its number, or by what its caption says."""
    tables = page.findall(".//table")
    return tables[table] if isinstance(table, int) else next(t for t in tables if table in text_of(t.find("caption")))


def rows_of(page, table=0):
    """The body of a table: each row as the texts of its cells, without notes for screen readers, changes and lines."""
    found = table_of(page, table)
    heads = [text_of(cell) for cell in found.find("thead").iter("th")]
    told_elsewhere = {place for place, head in enumerate(heads) if head.startswith(("vs ", "since "))}
    rows = [[_printed(cell) for cell in row] for row in found.find("tbody")]
    return [[cell for place, cell in enumerate(row) if place not in told_elsewhere] for row in rows]


def changes_of(page, table=0):
    """name -> what the column of changes says, and the day in its head."""
    found = page.findall(".//table")[table]
    heads = [text_of(cell) for cell in found.find("thead").iter("th")]
    place = next(place for place, head in enumerate(heads) if head.startswith("vs "))
    rows = [[_printed(cell) for cell in row] for row in found.find("tbody")]
    return heads[place].removeprefix("vs "), {row[1]: row[place] for row in rows}


def _printed(cell):
    for note in cell.findall("span[@class='unseen']"):
        note.text = ""
    return text_of(cell)


def share_of(cell):
    """The share at the beginning of a cell that may say more."""
    return re.match(P, cell)[1]


def sentences(page):
    """The running text of a page and what its charts say, one string an element."""
    main = page.find(".//main")
    found = [text_of(element) for tag in ("p", "li") for element in main.iter(tag)]
    for svg in main.iter("{http://www.w3.org/2000/svg}svg"):
        found += [
            svg.get("aria-label", ""),
            *(text_of(desc) for desc in svg.findall("{http://www.w3.org/2000/svg}desc")),
        ]
    found += [text_of(caption) for caption in main.iter("figcaption")]
    return [" ".join(text.split()) for text in found if re.search(r"\d %|\d×", text)]


def check_all(texts, *patterns):
    """Each number in `texts` stands in a sentence that a pattern knows and whose check holds."""
    for text in texts:
        rest = text
        for pattern, check in patterns:
            rest = re.sub(pattern, lambda match, check=check: check(*match.groups()) or "", rest)
        assert not re.search(r"\d %|\d×", rest), f"no test reads this number back: {rest!r} in {text!r}"


def leaders(named, printed_names, share):
    """The first of `named` (name -> share) are the printed ones, with the printed share."""
    first = [name for name, value in named.items() if round(value, 3) == round(max(named.values()), 3)]
    for name in first[:3]:
        assert name in printed_names
    others = re.search(r"and (\d+) others?$", printed_names)
    assert len(first) == (
        3 + int(others[1])
        if others
        else len(re.findall("|".join(map(re.escape, sorted(first, key=len, reverse=True))), printed_names))
    )
    assert share == percent(max(named.values()))


def two_leaders(requests, tokens):
    """The check of `A leads X by requests (p), B by tokens (q)`, and of the sentence for one leader of both."""

    def check(by_requests, p, by_tokens, q):
        leaders(requests, by_requests, p)
        leaders(tokens, by_tokens or by_requests, q)

    return r"^(.+?) leads? .+? by requests \((\d+\.\d %)\)(?:, (.+?)| and) by tokens \((\d+\.\d %)\)", check


def each_row(shares):
    """The check of `NAME: p of requests, q of tokens` in descriptions; `shares`: name -> (requests, tokens)."""

    def check(name, p, q):
        assert (p, q) == tuple(percent(share) for share in shares[name])

    known = "|".join(re.escape(name) for name in sorted(shares, key=len, reverse=True))
    return rf"({known}): {P} of requests, {P} of tokens", check


def test_every_number_of_a_task_page_is_the_response_s(sample_site, raw, names):
    for task in raw.tasks:
        page = sample_site.page(task_path(task["macro_category"], task["tag"]))
        models = sorted(task["models"], key=lambda m: (-m["tag_usage_share"], -m["tag_token_share"], m["id"]))
        for cells, model in zip(rows_of(page), models, strict=True):
            usage, token = model["tag_usage_share"], model["tag_token_share"]
            assert cells[1] == names[model["id"]]
            assert int(cells[0].rstrip("=")) == place([m["tag_usage_share"] for m in models], usage)
            assert cells[0].endswith("=") == ([m["tag_usage_share"] for m in models].count(usage) > 1)
            assert (cells[2], cells[3]) == (percent(usage), percent(token))
            assert int(cells[4].rstrip("=")) == place([m["tag_token_share"] for m in models], token)
            check_intensity(cells[5], usage, token)
        check_facts(page, raw, task, week_before(raw))
        check_all(sentences(page), *task_patterns(raw, task, names))


def check_intensity(cell, requests, tokens):
    """`3.3×` or `3.5× 2.6× to 5.0×`: the ratio and, where it is loose, bounds around it; nothing where a share is 0."""
    if not requests or not tokens:
        assert cell == "–"
        return
    printed, *bounds = re.findall(TIMES, cell)
    assert ratio(printed) == pytest.approx(tokens / requests, rel=0.06)
    low, high = (tokens - 0.0005) / (requests + 0.0005), (tokens + 0.0005) / (requests - 0.0005)
    assert bool(bounds) == (high > low * 1.25)
    if bounds:
        assert ratio(bounds[0]) == pytest.approx(low, rel=0.06)
        assert len(bounds) == 1 or ratio(bounds[1]) == pytest.approx(high, rel=0.06)


def check_facts(page, raw, task, then):
    facts = {cells[0]: cells[1:] for cells in rows_of(page, "by requests and by tokens")}
    check_moved(facts, task, then)
    coverage = [sum(model[key] for model in task["models"]) for key in ("tag_usage_share", "tag_token_share")]
    measures = (("usage_share", coverage[0]), ("token_share", coverage[1]))
    for column, (key, covered) in enumerate(measures):
        same_category = [other[f"category_{key}"] for other in raw.tasks_of(task["macro_category"])]
        printed = [cells[column] for cells in facts.values()]
        assert printed[0] == percent(task[key])
        assert places(printed[1]) == (place([other[key] for other in raw.tasks], task[key]), len(raw.tasks))
        assert printed[2] == percent(task[f"category_{key}"])
        assert places(printed[3]) == (place(same_category, task[f"category_{key}"]), len(same_category))
        assert printed[4:6] == [percent(covered), percent(1 - covered)]
    requests, tokens, hhi = raw_records.concentration(task)
    assert list(facts.values())[6:] == [[requests[0], tokens[0]], [requests[1], tokens[1]], hhi]


def check_moved(facts, task, then):
    """The line of its change is that of the response 7 days earlier; it is taken out of `facts`."""
    label = next((label for label in facts if label.startswith("Change of its share")), None)
    before = next((other for other in then.tasks if other["tag"] == task["tag"]), None)
    if before is None:
        assert label is None
        return
    assert label == "Change of its share of all tasks since 24 August 2026"
    assert facts.pop(label) == [points(task[key] - before[key]) for key in ("usage_share", "token_share")]


def points(difference):
    rounded = round(difference, 3)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded) * 100:.1f} pp"


def places(words):
    """`shared 3rd of 10` -> (3, 10)."""
    return tuple(int(number) for number in re.fullmatch(rf"{ORDINAL} of (\d+)", words).groups())


def task_patterns(raw, task, names):
    usage, token = task["usage_share"], task["token_share"]
    covered = [sum(model[key] for model in task["models"]) for key in ("tag_usage_share", "tag_token_share")]
    shares = {names[m["id"]]: (m["tag_usage_share"], m["tag_token_share"]) for m in task["models"]}

    def is_place(p, first, of, q, second):
        assert (p, q) == (percent(usage), percent(token))
        assert (int(first), int(of)) == (place([t["usage_share"] for t in raw.tasks], usage), len(raw.tasks))
        assert int(second) == place([t["token_share"] for t in raw.tasks], token)

    def is_coverage(count, *printed):
        assert int(count) == len(task["models"])
        assert list(printed) == [percent(x) for x in (*covered, 1 - covered[0], 1 - covered[1])]

    def is_record(text):
        assert text in raw_records.sentences_of(task["tag"])

    return (
        (
            rf"makes {P} of all classified requests \({ORDINAL} of (\d+) tasks\) and {P} of all tokens \({ORDINAL}\)",
            is_place,
        ),
        (rf"One request takes {TIMES} the tokens", lambda x: check_ratio(x, token / usage)),
        (
            rf"The (\d+) listed models carry {P} of the requests and {P} of the tokens .+? The remaining {P} and {P}",
            is_coverage,
        ),
        (r"^((?:First by requests|Closest race|Turnover in 7 days): .+)$", is_record),
        (rf"\({ORDINAL} with {P} then\)", lambda first, p: was_so(raw, task, first, p)),
        *course_patterns(lambda name, response: task_share(response, task["tag"])),
        each_row(shares),
        two_leaders({name: s[0] for name, s in shares.items()}, {name: s[1] for name, s in shares.items()}),
    )


def was_so(raw, task, first, printed):
    """Some model that is not listed now had this place and share 7 days earlier."""
    then = next(other for other in week_before(raw).tasks if other["tag"] == task["tag"])["models"]
    shares = [model["tag_usage_share"] for model in then]
    now = {model["id"] for model in task["models"]}
    gone = {(place(shares, m["tag_usage_share"]), percent(m["tag_usage_share"])) for m in then if m["id"] not in now}
    assert (int(first), printed) in gone


def course_patterns(share_then):
    """The checks of `NAME went from p of requests (4 May 2026) to q`; `share_then(name, response)` is the raw share."""

    def check(name, p, day, q):
        name = name.rpartition(" in ")[2].strip()
        then = response_of(datetime.strptime(day, "%d %B %Y").date())
        assert (p, q) == (percent(share_then(name, then)), percent(share_then(name, response_of("2026-08-31"))))

    return (
        (rf"([^;.]+?) went from {P} of requests \(([^)]*)\) to {P}", check),
        (rf"([^;.]+?) has {P} of requests, as on (\d+ \w+ \d+)", lambda name, p, day: check(name, p, day, p)),
    )


def task_share(response, tag):
    return next(task["usage_share"] for task in response.tasks if task["tag"] == tag)


def listed_share(response, tag, model_id):
    task = next(task for task in response.tasks if task["tag"] == tag)
    return next(model["tag_usage_share"] for model in task["models"] if model["id"] == model_id)


def categories_of(response):
    return {category["label"]: category["usage_share"] for category in response.categories}


def check_ratio(printed, exact):
    assert ratio(printed) == pytest.approx(exact, rel=0.06)


def test_every_number_of_a_category_page_is_the_response_s(sample_site, raw, names):
    for category in raw.categories:
        page = sample_site.page(category_path(category["key"]))
        tasks = {task["display_name"]: task for task in raw.tasks_of(category["key"])}
        rows = rows_of(page)
        assert {cells[1] for cells in rows} == set(tasks)
        for cells in rows:
            task = tasks[cells[1]]
            shares = [other["category_usage_share"] for other in tasks.values()]
            assert int(cells[0].rstrip("=")) == place(shares, task["category_usage_share"])
            assert cells[2:4] == [percent(task["category_usage_share"]), percent(task["category_token_share"])]
            check_intensity(cells[4], task["usage_share"], task["token_share"])
            check_leader(cells[5], task, names)
        carried = raw.models_of(category["key"])
        check_carried(
            rows_of(page, 1),
            carried,
            {id: sum(1 for t, _ in raw.listings(id) if t in tasks.values()) for id in carried},
            names,
        )
        check_all(sentences(page), *category_patterns(raw, category, tasks, carried, names))


def check_leader(cell, task, names):
    first = max(model["tag_usage_share"] for model in task["models"])
    leaders_then = [names[model["id"]] for model in task["models"] if model["tag_usage_share"] == first]
    name, share, others = re.fullmatch(rf"(.+?) {P}(?:, and (\d+) more with the same)?", cell).groups()
    assert name in leaders_then
    assert share == percent(first)
    assert int(others or 0) == len(leaders_then) - 1


def check_carried(rows, carried, listed_in, names):
    """The table of models by a lower bound."""
    by_name = {names[id]: id for id in carried}
    assert len(rows) == len(carried)
    for cells in rows:
        id = next(by_name[name] for name in sorted(by_name, key=len, reverse=True) if cells[1].startswith(name))
        assert int(cells[0].rstrip("=")) == place([value[0] for value in carried.values()], carried[id][0])
        assert cells[2:4] == [percent(share) for share in carried[id]]
        assert int(cells[4].split(" of ")[0]) == listed_in[id]


def category_patterns(raw, category, tasks, carried, names):
    usage, token = category["usage_share"], category["token_share"]
    shares = {name: (t["category_usage_share"], t["category_token_share"]) for name, t in tasks.items()}

    def is_place(p, first, of, q, second):
        assert (p, q) == (percent(usage), percent(token))
        assert (int(first), int(of)) == (place([c["usage_share"] for c in raw.categories], usage), len(raw.categories))
        assert int(second) == place([c["token_share"] for c in raw.categories], token)

    return (
        (
            rf"makes {P} of all classified requests \({ORDINAL} of (\d+) macro-categories\) "
            rf"and {P} of all tokens \({ORDINAL}\)",
            is_place,
        ),
        (rf"One request takes {TIMES} the tokens", lambda x: check_ratio(x, token / usage)),
        (
            rf"(.+?) carr(?:y|ies) at least {P}",
            lambda who, p: leaders({names[id]: s[0] for id, s in carried.items()}, who, p),
        ),
        (r"together make 100 %", lambda: None),
        each_row(shares | {names[id]: share for id, share in carried.items()}),
        two_leaders({name: s[0] for name, s in shares.items()}, {name: s[1] for name, s in shares.items()}),
    )


def test_every_number_of_a_model_page_is_the_response_s(sample_site, raw, names):
    for model_id, at_least in raw.models().items():
        page = sample_site.page(model_path(model_id))
        listings = {task["display_name"]: (task, model) for task, model in raw.listings(model_id)}
        rows = rows_of(page)
        assert {cells[1] for cells in rows} == set(listings), "a task that does not list the model is left out"
        for cells in rows:
            task, model = listings[cells[1]]
            assert share_of(cells[2]) == percent(model["tag_usage_share"])
            assert share_of(cells[3]) == percent(model["tag_token_share"])
            for cell, key in ((cells[2], "tag_usage_share"), (cells[3], "tag_token_share")):
                expected = place([m[key] for m in task["models"]], model[key]), len(task["models"])
                assert places(cell.partition(" % ")[2]) == expected
            check_use(cells[4], cells[5], listings, task, model)
        check_all(sentences(page), *model_patterns(raw, model_id, at_least, listings, names))


def check_use(mix, lift, listings, task, model):
    """The part of the model's listed requests, and that part against all requests of the same tasks."""
    carried = sum(t["usage_share"] * m["tag_usage_share"] for t, m in listings.values())
    if not carried:
        assert (mix, lift) == ("–", "–")
        return
    part = task["usage_share"] * model["tag_usage_share"] / carried
    assert mix == percent(part)
    usual = task["usage_share"] / sum(t["usage_share"] for t, _ in listings.values())
    if usual:
        check_ratio(lift, part / usual)


def model_patterns(raw, model_id, at_least, listings, names):
    shares = {name: (m["tag_usage_share"], m["tag_token_share"]) for name, (_, m) in listings.items()}
    everything = raw.models()

    def is_use(count, task_name, printed):
        assert int(count) == len(listings)
        carried = sum(t["usage_share"] * m["tag_usage_share"] for t, m in listings.values())
        total = sum(t["usage_share"] for t, _ in listings.values())
        lifts = {name: m["tag_usage_share"] / (carried / total) for name, (_, m) in listings.items()}
        assert lifts[task_name] == max(lifts.values())
        check_ratio(printed, lifts[task_name])

    def is_sibling(name, p):
        assert p in {percent(everything[id][0]) for id in everything if names[id] == name}

    known = "|".join(re.escape(name) for name in sorted(names.values(), key=len, reverse=True))
    return (
        (
            rf"at least {P} of all classified requests and at least {P} of all tokens",
            lambda *printed: same(printed, map(percent, at_least)),
        ),
        (rf"Over these (\d+) tasks, (.+?) is {TIMES} as large", is_use),
        (rf"^({known}) \S+: listed in \d+ tasks?, at least {P} of all requests", is_sibling),
        each_row(shares),
        (
            rf"^.+? has its largest share in (.+?): {P} of requests",
            lambda where, p: leaders({n: s[0] for n, s in shares.items()}, where, p),
        ),
        (r"1\.0× is average", lambda: None),
        *course_patterns(lambda name, response: listed_share(response, listings[name][0]["tag"], model_id)),
    )


def same(printed, expected):
    assert list(printed) == list(expected)


def test_every_number_of_the_home_page_is_the_response_s(sample_site, raw, names):
    page = sample_site.page("")
    tasks = {task["display_name"]: task for task in raw.tasks}
    categories = {category["label"]: category for category in raw.categories}
    for cells in rows_of(page):
        category = categories[cells[1]]
        assert cells[2:4] == [percent(category["usage_share"]), percent(category["token_share"])]
        check_intensity(cells[4], category["usage_share"], category["token_share"])
        assert int(cells[5]) == len(raw.tasks_of(category["key"]))
    for cells in rows_of(page, 1):
        task = task_named(tasks, cells[1])
        assert int(cells[0].rstrip("=")) == place([t["usage_share"] for t in raw.tasks], task["usage_share"])
        assert cells[2:4] == [percent(task["usage_share"]), percent(task["token_share"])]
        check_leader(cells[4], task, names)
    for cells in rows_of(page, 2):
        task = task_named(tasks, cells[1])
        check_intensity(cells[2], task["usage_share"], task["token_share"])
    check_weeks(page, raw)
    assert [len(rows_of(page, table)) for table in (0, 1, 2)] == [len(categories), len(tasks), len(tasks)]
    check_all(sentences(page), *home_patterns(raw, tasks, categories))


def check_weeks(page, raw):
    """The macro-categories at the end of each week."""
    table = table_of(page, "at the last snapshot of each week")
    labels = [text_of(cell) for cell in table.find("thead").iter("th")][2:]
    rows = rows_of(page, "at the last snapshot of each week")
    assert len(rows) == 13, "a quarter of a year"
    for cells in rows:
        response = response_of(datetime.strptime(cells[1], "%d %B %Y").date())
        for label, cell in zip(labels, cells[2:], strict=True):
            category = next(c for c in response.categories if c["label"] == label)
            assert cell == f"{percent(category['usage_share'])} ◇ {percent(category['token_share'])}"


def test_every_week_of_a_task_is_that_week_s_last_response(sample_site, raw):
    for task in raw.tasks:
        page = sample_site.page(task_path(task["macro_category"], task["tag"]))
        for _, week, usage, token, leader, share, turnover in rows_of(page, "at the last snapshot of each week"):
            day = datetime.strptime(week, "%d %B %Y").date()
            bounds = raw_records.turnover(task["tag"], day)
            assert turnover == (bounds[0] if bounds else "–")
            response = response_of(day)
            then = next((other for other in response.tasks if other["tag"] == task["tag"]), None)
            if then is None:
                assert (usage, token, leader, share) == ("–",) * 4
                continue
            first, ids = raw_records.places(then)[0]
            assert (usage, token, share) == (percent(then["usage_share"]), percent(then["token_share"]), percent(first))
            assert leader == raw_records.level(ids)


def task_named(tasks, cell):
    """The task of a cell that holds its name and its macro-category."""
    return tasks[max((name for name in tasks if cell.startswith(name)), key=len)]


def home_patterns(raw, tasks, categories):
    def is_finding(heavy, p, q, light, r, s):
        weights = {label: c["token_share"] / c["usage_share"] for label, c in categories.items() if c["usage_share"]}
        assert weights[heavy] == max(weights.values())
        assert weights[light] == min(weights.values())
        printed = [percent(categories[heavy][key]) for key in ("usage_share", "token_share")]
        printed += [percent(categories[light][key]) for key in ("usage_share", "token_share")]
        assert [p, q, r, s] == printed

    def is_outliers(heavy, heaviest, light, lightest):
        bounds = {
            name: (
                (t["token_share"] - 0.0005) / (t["usage_share"] + 0.0005),
                (t["token_share"] + 0.0005) / (t["usage_share"] - 0.0005),
            )
            for name, t in tasks.items()
            if t["usage_share"] and t["token_share"]
        }
        assert bounds[heavy][0] == max(low for low, _ in bounds.values())
        assert bounds[light][1] == min(high for _, high in bounds.values())
        check_ratio(heaviest, tasks[heavy]["token_share"] / tasks[heavy]["usage_share"])
        check_ratio(lightest, tasks[light]["token_share"] / tasks[light]["usage_share"])

    def is_ratio(name, printed):
        check_ratio(printed, tasks[name]["token_share"] / tasks[name]["usage_share"])

    things = {**categories, **tasks}
    shares = {name: (thing["usage_share"], thing["token_share"]) for name, thing in things.items()}
    names = "|".join(re.escape(name) for name in sorted(tasks, key=len, reverse=True))

    def is_led(who, p, what, other, q):
        ranked = categories if what == "the macro-categories" else tasks
        leaders({n: t["usage_share"] for n, t in ranked.items()}, who, p)
        leaders({n: t["token_share"] for n, t in ranked.items()}, other or who, q)

    return (
        *course_patterns(lambda name, response: categories_of(response)[name]),
        (
            rf", (\w+) made {P} of the classified requests(?: to language models on OpenRouter)? but {P} of the "
            rf"tokens; (\w+) made {P} of the requests and only {P}",
            is_finding,
        ),
        (rf"A (.+?) request takes {TIMES} the tokens of an average one, a (.+?) request {TIMES}", is_outliers),
        each_row(shares),
        (rf"({names}): {TIMES}", is_ratio),
        (
            rf"^(.+?) leads? (the macro-categories|the tasks) by requests \({P}\)(?:, (.+?)| and) by tokens \({P}\)",
            lambda who, what, p, other, q: is_led(who, p, what, other, q),
        ),
    )


def test_every_number_of_the_index_pages_is_the_response_s(sample_site, raw, names):
    page = sample_site.page("models/")
    everything = raw.models()
    rows = rows_of(page)
    check_carried(rows, everything, {id: len(raw.listings(id)) for id in everything}, names)
    check_all(
        sentences(page),
        (
            rf"(.+?) carr(?:y|ies) at least {P}",
            lambda who, p: leaders({names[id]: s[0] for id, s in everything.items()}, who, p),
        ),
        each_row({names[id]: share for id, share in everything.items()}),
    )
    page = sample_site.page("tasks/")
    printed = [cells[2:4] for table in range(len(raw.categories)) for cells in rows_of(page, table)]
    by_category = sorted(raw.categories, key=lambda c: -c["usage_share"])
    expected = [
        [percent(task["usage_share"]), percent(task["token_share"])]
        for category in by_category
        for task in sorted(
            raw.tasks_of(category["key"]),
            key=lambda t: (-t["category_usage_share"], -t["category_token_share"], t["tag"]),
        )
    ]
    assert printed == expected
    together = re.findall(rf"together {P} of requests and {P} of tokens", " ".join(sentences(page)))
    assert together == [(percent(c["usage_share"]), percent(c["token_share"])) for c in by_category]


@cache
def response_of(day):
    """The sample's response of a day."""
    return Raw.of([body for path, body in sample_files() if path.startswith(f"7d/{day}")][-1])


def week_before(raw):
    """The response of 7 days earlier."""
    return response_of(date.fromisoformat(raw.data["as_of"]) - timedelta(days=7))


def test_every_change_on_a_task_page_is_that_of_the_two_responses(sample_site, raw, names):
    then = {task["tag"]: task for task in week_before(raw).tasks}
    ever = {task["tag"]: set() for task in raw.tasks}
    for path, body in sample_files():
        for task in json.loads(body)["data"]["classifications"]:
            if path < "7d/2026-08-24":
                ever.setdefault(task["tag"], set()).update(model["id"] for model in task["models"])
    for task in raw.tasks:
        page = sample_site.page(task_path(task["macro_category"], task["tag"]))
        day, printed = changes_of(page)
        assert day == "24 August 2026"
        earlier = {model["id"]: model["tag_usage_share"] for model in then[task["tag"]]["models"]}
        shares = [model["tag_usage_share"] for model in task["models"]]
        for model in task["models"]:
            words = printed[names[model["id"]]]
            share = model["tag_usage_share"]
            assert words == expected_change(model["id"], share, shares, earlier, ever[task["tag"]])
        left = [id for id in earlier if id not in {model["id"] for model in task["models"]}]
        sentence = next((text for text in sentences(page) if text.startswith("Left the list")), "")
        assert len(re.findall(r"% then", sentence)) == len(left)


def expected_change(model_id, share, shares, earlier, ever):
    if model_id not in earlier:
        return "↺ re-entry" if model_id in ever else "✚ new"
    places = place(earlier.values(), earlier[model_id]) - place(shares, share)
    difference = round(share - earlier[model_id], 3)
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    moved = f"▲ up {places}" if places > 0 else f"▼ down {-places}" if places < 0 else "= same"
    return f"{moved} {sign}{abs(difference) * 100:.1f} pp"
