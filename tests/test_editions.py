"""Editions: the pages of a finished week, frozen, with its news in five sentences that are read back from them."""

import re
from datetime import date, timedelta
from urllib.parse import urljoin

import pytest
import responses
from built import DEFAULTS, build, text_of
from handmade import day, history, printed, task
from raw import last_of_each_day, percent, place
from test_day_pages import bodies, without_later

from generator.analyse import analyse, edition_reports, log_of
from generator.formats import model_names
from generator.pages.editions import edition_pages, editions_page, latest_page
from generator.pages.news import existing_in
from generator.sample import sample_files

WEEK = timedelta(days=7)
CHAT = task("chat", 1000, {"a": 300, "b": 200})


def long_date(day):
    return f"{day.day} {day:%B %Y}"


def fronts(kept):
    """label -> what the front page of each edition prints, without charts."""
    today = existing_in(analyse(kept))
    return {edition.label: next(edition_pages(edition, {}, today, DEFAULTS)) for edition in edition_reports(kept)}


# ---------------------------------------------------------------- what stays


LATER = re.compile(r'<li><a href="[^"]*">(?:[\w-]+ →|Today’s figures)</a></li>\n')


def test_an_edition_built_again_after_30_more_days_differs_in_nothing_but_the_links_to_what_came_later(
    tmp_path, drawings
):
    build(tmp_path / "now", bodies(20), cache=drawings)
    build(tmp_path / "later", bodies(50), cache=drawings)
    now, later = (tmp_path / site / "editions" for site in ("now", "later"))
    pages = [path.relative_to(now) for path in now.glob("2026-W*/**/index.html")]
    assert {path.parts[0] for path in pages} == {"2026-W31", "2026-W32", "2026-W33"}
    assert len(pages) > 8
    for path in pages:
        texts = [(folder / path).read_text("utf-8") for folder in (now, later)]
        assert len({re.sub(LATER, "", without_later(text)) for text in texts}) == 1, path
        assert (texts[0] == texts[1]) == (path.parts[0] != "2026-W33"), "only the newest edition gets a next one"
    embeds = sorted(path for path in (tmp_path / "now/e").rglob("*") if path.is_file() and "2026-W" in path.as_posix())
    assert len(embeds) > 20
    for path in embeds:
        again = tmp_path / "later" / path.relative_to(tmp_path / "now")
        assert again.read_bytes() == path.read_bytes(), "an edition's embed never changes, its notice lies beside it"
    twins = [path.relative_to(now) for path in now.glob("2026-W*/**/index.md")]
    assert len(twins) == 3
    for path in twins:
        assert (later / path).read_bytes() == (now / path).read_bytes(), "a twin does not even lead to what came later"
    for name in ("now", "later"):
        assert (tmp_path / name / "e/macro/now.json").is_file()


def test_an_edition_is_told_as_if_nothing_had_come_after_it():
    days = [day((date(2026, 8, 3) + timedelta(days=n)).isoformat(), moving(n)) for n in range(40)]
    whole = {edition.label: edition for edition in edition_reports(history(*days))}
    for count in (7, 14, 21, 35):
        *_, newest = edition_reports(history(*days[:count]))
        same = whole[newest.label]
        assert newest.following is None
        assert [getattr(newest, name) for name in newest.__slots__ if name != "following"] == [
            getattr(same, name) for name in same.__slots__ if name != "following"
        ]


def moving(n):
    return task("chat", 1000, {"a": 300 + n, f"m{n // 4}": 200})


def test_a_restated_edition_says_so_on_each_of_its_pages(tmp_path, drawings):
    files = [(f"7d/2026-08-{30 - n}.json", responses.body(f"2026-08-{30 - n}", variant=n)) for n in (7, 0)]
    restated = ("7d/2026-08-30.r2.json", responses.body("2026-08-30", variant=3))
    build(tmp_path / "before", files, cache=drawings)
    build(tmp_path / "after", [*files, restated], cache=drawings)
    pages = list((tmp_path / "after/editions/2026-W35").rglob("index.html"))
    for page in pages:
        assert "The source restated that day; its 2nd version is shown." in page.read_text("utf-8")
    front = "editions/2026-W35/index.html"
    assert "the source changed the day (2nd version)" in (tmp_path / "after" / front).read_text("utf-8")
    assert "restated" not in (tmp_path / "before" / front).read_text("utf-8")


def test_an_edition_says_that_the_day_it_is_compared_with_was_restated():
    before = day("2026-08-23", CHAT, restated_as=[task("chat", 1000, {"a": 310, "b": 200})])
    notes = fronts(history(before, day("2026-08-30", CHAT)))["2026-W35"].content.notes
    assert [(printed(row.day), row.kind) for row in notes] == [
        ("24 August 2026 to 29 August 2026", "missing"),
        ("23 August 2026", "restated"),
    ]


# ---------------------------------------------------------------- which editions there are


def test_a_week_has_an_edition_when_it_is_over():
    kept = [day((date(2026, 8, 26) + timedelta(days=n)).isoformat(), CHAT) for n in range(6)]
    assert list(fronts(history(*kept[:4]))) == []  # to Saturday
    assert list(fronts(history(*kept[:5]))) == ["2026-W35"]  # to Sunday
    assert list(fronts(history(*kept[:4], kept[5]))) == ["2026-W35"]  # Sunday is missing, Monday is there


def test_the_last_week_of_a_long_year_has_its_number():
    (front,) = fronts(history(day("2027-01-03", CHAT))).values()
    assert front.path == "editions/2026-W53/"
    assert front.content.heading == "Week 53 of 2026"
    assert "28 December 2026 to 3 January 2027" in front.frozen.notice.replace("\u00a0", " ")


def test_without_a_finished_week_the_page_says_when_the_first_edition_comes():
    kept = history(day("2026-08-31", CHAT))
    content = editions_page(analyse(kept), log_of(kept), 2).content
    assert content.rows == ()
    assert content.none.replace("\u00a0", " ") == (
        "The first edition comes when the week of 31 August 2026 is over: with its Sunday or a later snapshot."
    )
    assert list(latest_page(log_of(kept))) == []


def test_the_list_of_editions_counts_what_changed(sample_site):
    page = sample_site.page("editions/")
    labels = [text_of(row.find("th/a")) for row in page.find(".//tbody")]
    assert labels == sorted(labels, reverse=True)
    assert labels[0] == "2026-W35"
    assert len(labels) == len([path for path in (sample_site.folder / "editions").iterdir() if "W" in path.name])


def test_the_address_of_the_latest_edition_leads_to_it(sample_site):
    html = (sample_site.folder / "editions/latest/index.html").read_text("utf-8")
    assert 'content="0; url=../../editions/2026-W35/"' in html
    assert '<a href="../../editions/2026-W35/">2026-W35</a>' in html


# ---------------------------------------------------------------- where it leads


def test_a_page_of_an_edition_leads_to_the_same_page_of_its_neighbours_and_of_today():
    kept = history(day("2026-08-16", CHAT), day("2026-08-23", CHAT, task("code:math", 10, {})), day("2026-08-30", CHAT))
    _, middle, _ = edition_reports(kept)
    pages = {page.path: page.frozen.links for page in edition_pages(middle, {}, existing_in(analyse(kept)), DEFAULTS)}
    inside = "editions/2026-W34/tasks/general/"
    assert [(link.text, link.path) for link in pages[inside]] == [
        ("← 2026-W33", "editions/2026-W33/tasks/general/"),
        ("2026-W35 →", "editions/2026-W35/tasks/general/"),
        ("Latest edition", "editions/latest/"),
        ("Today’s figures", "tasks/general/"),
    ]
    gone = "editions/2026-W34/tasks/code/"
    assert [link.path for link in pages[gone]] == ["editions/2026-W33/", "editions/2026-W35/", "editions/latest/", ""]


def test_a_page_of_an_edition_needs_no_script_and_leads_to_nothing_that_may_vanish(sample_site):
    lasting = (
        r"|tasks/|models/|changes/|editions/|editions/latest/|embed/|feeds/|method/|data/|data/v1/7d/2026-07-26\.json"
    )
    lasting += r"|compare/2026-W\d\d/2026-W30/"
    for path in (sample_site.folder / "editions/2026-W30").rglob("index.html"):
        html = path.read_text("utf-8")
        assert "data-chart" not in html and "data-version" not in html
        assert re.search(r"<td><svg[^>]*><rect x=", html)
        place = f"/{path.relative_to(sample_site.folder).as_posix()}"
        html = re.sub(r'<aside class="frozen".*?</aside>', "", html, flags=re.DOTALL)
        links = re.findall(r'<a[^>]*href="([^"#:]*)', html)
        assert len(links) > 20
        for link in links:
            kept = lasting + r"|days/[\d-]+/|editions/2026-W30/.*|e/2026-W30/[\w-]+/"
            assert re.fullmatch(kept, urljoin(place, link)[1:].removesuffix("index.html")), (path, link)


# ---------------------------------------------------------------- the news, read back


P, PP = r"(\d+\.\d %)", r"([+−]?\d+\.\d pp)"


@pytest.fixture(scope="module")
def responses_by_day():
    return last_of_each_day(sample_files())


def points(difference):
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{abs(difference) * 100:.1f} pp"


def labelled(raw):
    return {task["display_name"]: task for task in raw.tasks}


def lists(raw):
    return {task["tag"]: {model["id"]: model["tag_usage_share"] for model in task["models"]} for task in raw.tasks}


def test_the_five_sentences_of_every_edition_are_those_of_its_responses(sample_site, responses_by_day):
    sundays = [as_of for as_of in responses_by_day if as_of.isoweekday() == 7]
    told = 0
    for as_of in sundays:
        year, week, _ = as_of.isocalendar()
        page = sample_site.page(f"editions/{year}-W{week:02}/")
        said = [text_of(item) for item in page.find(".//ol[@class='news']")]
        assert len(said) == 5
        now, then = responses_by_day[as_of], responses_by_day.get(as_of - WEEK)
        check_finding(said[0], now, as_of)
        check_largest(said[1], now, then, as_of)
        if then is None:
            assert said[4].startswith("What changed is not told: ")
            continue
        names = model_names([*then.models(), *now.models()])
        check_leads(said[2], now, then, names)
        check_move(said[3], now, then, names)
        seen = {tag: set() for tag in lists(now)}
        for earlier in (raw for as_of_then, raw in responses_by_day.items() if as_of_then < as_of - WEEK):
            for tag, models in lists(earlier).items():
                seen.setdefault(tag, set()).update(models)
        check_arrivals(said[4], now, then, names, seen)
        told += 1
    assert told >= 12


def check_finding(said, now, as_of):
    window = f"In this sample, in the 7 days ending {long_date(as_of)}, "
    heavy, p, q, light, r, s = re.fullmatch(
        rf"{window}(\w+) made {P} of the classified requests but {P} of the tokens; "
        rf"(\w+) made {P} of the requests and only {P} of the tokens\.",
        said,
    ).groups()
    shares = {category["label"]: (category["usage_share"], category["token_share"]) for category in now.categories}
    assert tuple(map(percent, shares[heavy])) == (p, q)
    assert tuple(map(percent, shares[light])) == (r, s)
    weights = {label: tokens / requests for label, (requests, tokens) in shares.items()}
    assert (weights[heavy], weights[light]) == (max(weights.values()), min(weights.values()))


def check_largest(said, now, then, as_of):
    count, label, share, moved = re.fullmatch(
        rf"Of (\d+) tasks, (.+) is the largest with {P} of all requests(?:, {PP} against .+)?\.", said
    ).groups()
    largest = max(now.tasks, key=lambda task: task["usage_share"])
    assert (int(count), label, share) == (len(now.tasks), largest["display_name"], percent(largest["usage_share"]))
    before = {task["tag"]: task["usage_share"] for task in then.tasks} if then else {}
    if then and largest["tag"] in before:
        assert moved == points(round(largest["usage_share"] - before[largest["tag"]], 3))
        assert said.endswith(f" against {long_date(as_of - WEEK)}.")
    else:
        assert moved is None


def first(models):
    return sorted(id for id, share in models.items() if share == max(models.values()))


def check_leads(said, now, then, names):
    before, after = lists(then), lists(now)
    changed = {
        task["display_name"]: (first(after[task["tag"]]), first(before[task["tag"]]), max(after[task["tag"]].values()))
        for task in now.tasks
        if before.get(task["tag"]) and after[task["tag"]] and first(after[task["tag"]]) != first(before[task["tag"]])
    }
    if not changed:
        assert said == f"In none of {len(now.tasks)} tasks did another model than 7 days earlier stand first."
        return
    head, _, rest = said.partition(": ")
    assert head == f"The first place changed in {len(changed)} of {len(now.tasks)} tasks"
    expected = [
        f"{label} ({' and '.join(names[id] for id in are)} with {percent(share)} for "
        f"{' and '.join(names[id] for id in were)})"
        for label, (are, were, share) in sorted(changed.items())[:3]
    ]
    expected += [f"{len(changed) - 3} more"] if len(changed) > 3 else []
    assert rest == " and ".join(filter(None, (", ".join(expected[:-1]), expected[-1]))) + "."


def check_move(said, now, then, names):
    before, after = lists(then), lists(now)
    label = {task["tag"]: task["display_name"] for task in now.tasks}
    _, tag, id = min(
        (-abs(round(after[tag][id] - before[tag][id], 3)), tag, id)
        for tag in after
        for id in after[tag]
        if id in before.get(tag, ())
    )
    was, is_now = before[tag][id], after[tag][id]
    assert said == (
        f"The largest move within a task is that of {names[id]} in {label[tag]}, from {percent(was)} to "
        f"{percent(is_now)} of its requests, {points(round(is_now - was, 3))}."
    )


def check_arrivals(said, now, then, names, seen):
    before, after = lists(then), lists(now)
    both = before.keys() & after.keys()
    came = [(tag, id) for tag in both for id in after[tag] if id not in before[tag]]
    new = [(tag, id) for tag, id in came if id not in seen[tag]]
    left = sum(id not in after[tag] for tag in both for id in before[tag])
    counts = re.match(r".+ saw (\d+) entr\w+, (\d+) re-entr\w+ and (\d+) exit", said).groups()
    assert [int(count) for count in counts] == [len(new), len(came) - len(new), left]
    if new:
        best = min(
            new, key=lambda pair: (place(after[pair[0]].values(), after[pair[0]][pair[1]]), -share(after, pair), pair)
        )
        label = {task["tag"]: task["display_name"] for task in now.tasks}[best[0]]
        where = place(after[best[0]].values(), share(after, best))
        ordinal = f"{where}{'th' if where in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(where % 10, 'th')}"
        assert said.endswith(
            f"; the highest newcomer is {names[best[1]]}, {ordinal} in {label} with {percent(share(after, best))}."
        )


def share(after, pair):
    return after[pair[0]][pair[1]]


def test_every_value_of_the_news_leads_to_the_day_it_is_of(sample_site):
    links = sample_site.page("editions/2026-W35/").find(".//ol[@class='news']").iter("a")
    days = [link.get("href") for link in links if re.search(r"\d %", text_of(link))]
    assert len(days) >= 4
    assert all(re.match(r"\.\./\.\./days/2026-08-(23|30)/index\.html#", href) for href in days)


# ---------------------------------------------------------------- the figures of its pages


def test_the_tables_of_an_edition_are_those_of_its_response(sample_site, responses_by_day):
    raw = responses_by_day[date(2026, 7, 5)]
    names = model_names(raw.models())
    for own in raw.tasks:
        page = sample_site.page(f"editions/2026-W27/tasks/{own['macro_category']}/")
        anchor = f"{own['macro_category']}/{own['tag'].rpartition(':')[2]}"
        rows = [row for row in page.iter("tr") if row.get("id", "").rpartition("/")[0] == anchor]
        printed_shares = {tuple(text_of(row[place]) for place in (1, 3, 4)) for row in rows}
        assert printed_shares == {
            (names[m["id"]], percent(m["tag_usage_share"]), percent(m["tag_token_share"])) for m in own["models"]
        }


def test_with_nothing_to_compare_with_the_news_say_why():
    (front,) = fronts(history(day("2026-08-30", CHAT))).values()
    said = [printed(line).replace("\u00a0", " ") for line in front.content.news]
    assert said[1:] == [
        "Of 1 task, Chat is the largest with 100.0 % of all requests.",
        "Of 2 listed models, A carries most: at least 30.0 % of all requests.",
        "The heaviest requests are those of Chat: 0.50× the average.",
        "What changed is not told: the archive begins on 30 August 2026, and 23 August 2026 is needed.",
    ]
