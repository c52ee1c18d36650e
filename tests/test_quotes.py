"""Quotes: every sentence is read back, number by number, and compared with the response by plain Python."""

import gzip
import re
from dataclasses import replace
from datetime import date

import pytest
from browser import serve_folder
from built import text_of
from handmade import day, history, task
from raw import Raw, percent, place
from test_feeds import sample

from generator.addresses import Paths
from generator.analyse import analyse, edition_reports
from generator.formats import model_names
from generator.pages.quotes import LONGEST_POST, category_quotes, edition_quotes, task_quotes
from generator.sample import sample_files

ADDRESS = "https://somebody-with-a-long-name.github.io/" + "x" * 16  # 60 characters
SHARE, DAY = r"\d+\.\d %", r"\d+ [A-Z][a-z]+ \d{4}"
SOURCE = r"Sample data, fictional models: not OpenRouter's figures. As of (?P<iso>[\d-]+)\."


def read(pattern, text):
    """What stands in a text, by name; every number in it is one of the named ones, or the text is not understood."""
    names = iter(re.findall(r"\{(\w+)\}", pattern))
    kinds = {"share": SHARE, "day": DAY, "place": r"(?:shared )?\d+(?:st|nd|rd|th)", "count": r"\d+", "name": r".+?"}
    filled = re.sub(r"\{(\w+)\}", lambda found: f"(?P<{next(names)}>{kinds[found[1].split('_')[0]]})", pattern)
    found = re.fullmatch(filled, text)
    assert found, f"not understood: {text}\nby {filled}"
    return found.groupdict()


def same_day(text, raw):
    day_of = date.fromisoformat(raw.data["as_of"])
    assert text == f"{day_of.day} {day_of:%B %Y}"


def told(shares, share):
    """A place as it is said."""
    rank = place(shares, share)
    tied = sum(round(other, 3) == round(share, 3) for other in shares) > 1
    suffix = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{'shared ' if tied else ''}{rank}{suffix}"


def joined(names):
    """`A`, `A and B`, `A, B and 3 others`."""
    if len(names) > 2:
        more = len(names) - 2
        names = [*names[:2], f"{more} other{'s' if more > 1 else ''}"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def in_order(entries, measure, id):
    """By requests, then tokens, then identifier."""
    return sorted(
        entries, key=lambda entry: (-entry[f"{measure}usage_share"], -entry[f"{measure}token_share"], entry[id])
    )


def at_places(models):
    """The entries at the first place, and those at the next one."""
    shares = sorted({round(model["tag_usage_share"], 3) for model in models}, reverse=True)
    models = in_order(models, "tag_", "id")
    return [[model for model in models if round(model["tag_usage_share"], 3) == share] for share in shares[:2]]


def check_lead(found, first, names, task_, raw):
    assert found["name_first"] == joined([names[model["id"]] for model in first])
    assert found["share_first"] == percent(first[0]["tag_usage_share"])
    assert bool(found["each"]) == (len(first) > 1)
    assert found["name_task"] == task_["display_name"]
    same_day(found["day"], raw)


def check_task(quotes, raw, task_):
    """All texts of a task against the response."""
    names = model_names(raw.models())
    first, *behind = at_places(task_["models"])
    short, middle, long = (text.removeprefix("Sample data: ") for text in quotes.sentences)
    lead = "{name_first} led {name_task} with {share_first}(?P<each> each)?"
    check_lead(read(rf"{lead} of requests, week to {{day}}\.", short), first, names, task_, raw)

    tokens, ahead = (
        r"( and {share_tokens} of its tokens)?",
        r"(, ahead of {name_next} with {share_next}( each)? of its requests)?",
    )
    in_week = rf"In the week to {{day}}, {lead} of its requests{tokens}{ahead}\."
    found = read(in_week, middle)
    check_lead(found, first, names, task_, raw)
    assert found["share_tokens"] == (percent(first[0]["tag_token_share"]) if len(first) == 1 else None)
    assert found["name_next"] == (joined([names[model["id"]] for model in behind[0]]) if behind else None)
    assert found["share_next"] == (percent(behind[0][0]["tag_usage_share"]) if behind else None)

    size = (
        r"{name_itself} made {share_all} of all classified requests \({place_all} of {count_tasks} tasks\) and "
        r"{share_weight} of all tokens \({place_weight}\)\."
    )
    known = r"Its {count_listed} listed models? carried {share_known} of its requests; the rest is unknown\."
    assert long.startswith(f"{middle} ")
    found = read(f"{size} {known}", long.removeprefix(f"{middle} "))
    assert found["name_itself"] == task_["display_name"]
    for measure, name in (("usage_share", "all"), ("token_share", "weight")):
        assert found[f"share_{name}"] == percent(task_[measure])
        assert found[f"place_{name}"] == told([other[measure] for other in raw.tasks], task_[measure])
    assert int(found["count_tasks"]) == len(raw.tasks)
    assert int(found["count_listed"]) == len(task_["models"])
    assert found["share_known"] == percent(round(sum(model["tag_usage_share"] for model in task_["models"]), 3))
    listed = in_order(task_["models"], "tag_", "id")
    rows = [(names[model["id"]], model["tag_usage_share"], model["tag_token_share"]) for model in listed]
    what = r"he {count} models? listed for {name} by share of its requests and tokens"
    check_around(quotes, raw, what, {"name": task_["display_name"], "count": str(len(rows))}, rows)


def check_around(quotes, raw, what, expected, rows):
    """Caption, alt text and post."""
    found = read(rf"T{what}, 7 days ending {{day}}, UTC\. {SOURCE}", quotes.caption)
    assert {name: found[name] for name in expected} == expected
    assert found["iso"] == raw.data["as_of"]
    same_day(found["day"], raw)
    found = read(rf"Sample data: Chart: t{what}, 7 days ending {{day}}, UTC\. First (?P<rows>.+)\.", quotes.alt)
    assert {name: found[name] for name in expected} == expected
    same_day(found["day"], raw)
    shown = found["rows"].split("; ")
    assert len(shown) == min(3, len(rows))
    for text, (name, requests, tokens) in zip(shown, rows, strict=False):
        row = read(r"{name} {share_one} of requests and {share_two} of tokens", text)
        assert row == {"name": name, "share_one": percent(requests), "share_two": percent(tokens)}
    whole = f"{quotes.sentences[0]} {quotes.source}"
    if len(f"{whole} {ADDRESS}{quotes.post_path}") <= LONGEST_POST:
        assert quotes.post == whole
    figures = re.compile(rf"{SHARE}.*")  # where names are cut, the rest is not
    assert figures.search(quotes.post)[0] == figures.search(whole)[0]
    assert re.fullmatch(SOURCE, quotes.source)["iso"] == raw.data["as_of"]
    assert len(f"{quotes.post} {ADDRESS}{quotes.post_path}") <= LONGEST_POST


def check_category(quotes, raw, category):
    short, middle, long = (text.removeprefix("Sample data: ") for text in quotes.sentences)
    check_short_of_category(short, raw, category)
    found = read(
        r"In the week to {day}, {name} made {share_requests} of all classified requests \({place_requests} of {count} "
        r"macro-categories\) (?P<but>but|and) {share_tokens} of all tokens \({place_tokens}\)\.",
        middle,
    )
    same_day(found["day"], raw)
    assert (found["name"], int(found["count"])) == (category["label"], len(raw.categories))
    for measure, name in (("usage_share", "requests"), ("token_share", "tokens")):
        assert found[f"share_{name}"] == percent(category[measure])
        assert found[f"place_{name}"] == told([other[measure] for other in raw.categories], category[measure])

    found = read(
        r"(Its largest task was {name_first} with {share_first} of its requests and {share_tokens} of its tokens"
        r"(, ahead of {name_next} with {share_next} of its requests)?\. )?"
        r"One request took (?P<times>[\d.]+×) the tokens of an average one\.",
        long.removeprefix(f"{middle} "),
    )
    tasks = in_order(raw.tasks_of(category["key"]), "category_", "tag")
    largest = [item for item in tasks if item["category_usage_share"] == tasks[0]["category_usage_share"]]
    assert found["name_first"] == (largest[0]["display_name"] if len(largest) == 1 else None)
    if len(largest) == 1:
        assert found["share_first"] == percent(largest[0]["category_usage_share"])
        assert found["share_tokens"] == percent(largest[0]["category_token_share"])
    if found["name_next"]:
        assert (found["name_next"], found["share_next"]) == (
            tasks[1]["display_name"],
            percent(tasks[1]["category_usage_share"]),
        )
    times = found["times"][:-1]
    half = 0.5 * 10 ** -len(times.partition(".")[2])
    assert float(times) == pytest.approx(category["token_share"] / category["usage_share"], abs=half + 1e-9)
    rows = [(item["display_name"], item["category_usage_share"], item["category_token_share"]) for item in tasks]
    what = r"he {count} tasks? of {name} by share of its requests and tokens"
    check_around(quotes, raw, what, {"name": category["label"], "count": str(len(tasks))}, rows)


def check_short_of_category(short, raw, category):
    shares = r"{share_requests} of requests (?P<but>but|and) {share_tokens} of tokens"
    found = read(rf"{{name}} made {shares}, week to {{day}}\.", short)
    assert found["name"] == category["label"]
    assert found["share_requests"] == percent(category["usage_share"])
    assert found["share_tokens"] == percent(category["token_share"])
    ratio = category["token_share"] / category["usage_share"]
    assert found["but"] == ("but" if ratio >= 2 or ratio <= 0.5 else "and")
    same_day(found["day"], raw)


def check_edition(quotes, raw):
    short, middle, long = (text.removeprefix("Sample data: ") for text in quotes.sentences)
    weight = {item["label"]: item["token_share"] / item["usage_share"] for item in raw.categories}
    heavy, light = (
        next(item for item in raw.categories if item["label"] == name)
        for name in (max(weight, key=weight.get), min(weight, key=weight.get))
    )
    check_short_of_category(short, raw, heavy)
    found = read(
        r"In the week to {day}, {name_heavy} made {share_one} of all classified requests (?P<but>but|and) "
        r"{share_two} of the tokens; {name_light} made {share_three} of the requests and only "
        r"{share_four} of the tokens\.",
        middle,
    )
    same_day(found["day"], raw)
    assert (found["name_heavy"], found["name_light"]) == (heavy["label"], light["label"])
    shares = [percent(item[measure]) for item in (heavy, light) for measure in ("usage_share", "token_share")]
    assert [found[f"share_{name}"] for name in ("one", "two", "three", "four")] == shares

    first = max(raw.tasks, key=lambda item: item["usage_share"])
    leaders = at_places(first["models"])[0]
    found = read(
        r"Of {count} tasks, {name_task} was the largest with {share_one} of all requests and {share_two} of all "
        r"tokens; {name_first} led it with {share_first}( each)? of its requests\.",
        long.removeprefix(f"{middle} "),
    )
    names = model_names(raw.models())
    assert found == {
        "count": str(len(raw.tasks)),
        "name_task": first["display_name"],
        "share_one": percent(first["usage_share"]),
        "share_two": percent(first["token_share"]),
        "name_first": joined([names[model["id"]] for model in leaders]),
        "share_first": percent(leaders[0]["tag_usage_share"]),
    }
    ordered = in_order(raw.categories, "", "key")
    rows = [(item["label"], item["usage_share"], item["token_share"]) for item in ordered]
    what = r"he {count} macro-categories by share of all classified requests and tokens"
    check_around(quotes, raw, what, {"count": str(len(rows))}, rows)


def check_all(report, raw):
    """Every quote of a day."""
    paths = Paths(report.source_path)
    for task_ in report.tasks:
        own = next(item for item in raw.tasks if item["tag"] == task_.tag)
        check_task(task_quotes(report, task_, paths), raw, own)
    for category in report.categories:
        own = next(item for item in raw.categories if item["key"] == category.key)
        check_category(category_quotes(report, category, paths), raw, own)
    check_edition(edition_quotes(report, paths), raw)


@pytest.fixture(scope="module")
def kept():
    return sample(120)


@pytest.fixture(scope="module")
def raws():
    return {path[3:13]: Raw.of(body) for path, body in sample_files()}


@pytest.mark.parametrize("month", ["2026-05", "2026-06", "2026-07", "2026-08"])
def test_every_number_of_every_quote_of_every_day_of_the_sample_is_the_response_s(kept, raws, month):
    days = [as_of for as_of in raws if as_of.startswith(month)]
    assert len(days) > 25
    for as_of in days:
        check_all(analyse(kept, date.fromisoformat(as_of)), raws[as_of])


def test_a_wrong_digit_anywhere_is_noticed(kept, raws):
    report, raw = analyse(kept), raws["2026-08-31"]
    paths, task_, category = Paths(report.source_path), report.tasks[0], report.categories[0]
    own = next(item for item in raw.tasks if item["tag"] == task_.tag)
    group = next(item for item in raw.categories if item["key"] == category.key)
    noticed = 0
    for quotes, check in (
        (task_quotes(report, task_, paths), lambda wrong: check_task(wrong, raw, own)),
        (category_quotes(report, category, paths), lambda wrong: check_category(wrong, raw, group)),
        (edition_quotes(report, paths), lambda wrong: check_edition(wrong, raw)),
    ):
        for wrong in wrong_ones(quotes):
            with pytest.raises(AssertionError):
                check(wrong)
            noticed += 1
    assert noticed > 80


def wrong_ones(quotes):
    """The quotes with one digit changed, for each digit of each text."""

    def changed(text):
        for found in re.finditer(r"\d", text):
            other = str((int(found[0]) + 1) % 10)
            yield text[: found.start()] + other + text[found.end() :]

    for place_, text in enumerate(quotes.sentences):
        for wrong in changed(text):
            yield replace(quotes, sentences=(*quotes.sentences[:place_], wrong, *quotes.sentences[place_ + 1 :]))
    for name in ("caption", "alt", "post"):
        for wrong in changed(getattr(quotes, name)):
            yield replace(quotes, **{name: wrong})


def test_the_sentences_have_about_as_many_words_as_they_say(kept):
    counts = []
    for edition in edition_reports(kept):
        report, paths = edition.report, Paths(edition.report.source_path, edition.label)
        kits = [task_quotes(report, item, paths) for item in report.tasks]
        kits += [category_quotes(report, item, paths) for item in report.categories]
        for kit in (*kits, edition_quotes(report, paths)):
            counts.append(
                [len(text.removeprefix("Sample data: ").replace(" %", "%").split()) for text in kit.sentences]
            )
    for number, (least, middle, most) in enumerate(((11, 15, 23), (23, 33, 45), (48, 66, 82))):
        found = sorted(count[number] for count in counts)
        assert least <= found[0]
        assert found[len(found) // 2] <= middle
        assert found[-1] <= most  # names of five words, two of them


# ---------------------------------------------------------------- by hand


def quotes_of(*tasks, **options):
    report = analyse(history(day("2026-08-30", *tasks, **options)))
    return task_quotes(report, report.tasks[0], Paths("7d/2026-08-30.json", "2026-W35"))


def test_real_figures_say_where_they_are_of_and_lead_to_their_edition():
    kit = quotes_of(task("code:chat", 600, {"a": 300, "b": 200}), task("math", 400, {"a": 100}))
    assert kit.sentences == (
        "A led Chat with 30.0 % of requests, week to 30 August 2026.",
        "In the week to 30 August 2026, A led Chat on OpenRouter with 30.0 % of its requests and 15.0 % of its tokens, "
        "ahead of B with 20.0 % of its requests.",
        "In the week to 30 August 2026, A led Chat on OpenRouter with 30.0 % of its requests and 15.0 % of its tokens, "
        "ahead of B with 20.0 % of its requests. Chat made 60.0 % of all classified requests (1st of 2 tasks) and "
        "30.0 % of all tokens (1st). Its 2 listed models carried 50.0 % of its requests; the rest is unknown.",
    )
    assert kit.post == f"{kit.sentences[0]} Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-30."
    assert kit.post_path == "editions/2026-W35/tasks/code/#code/chat"
    assert kit.proof.path.startswith("data/v1/7d/2026-08-30.json#")


def test_shared_places_are_said_to_be_shared():
    kit = quotes_of(task("chat", 500, dict.fromkeys("abcd", 200)), task("math", 500, {"a": 100}))
    assert kit.sentences[0] == "A, B and 2 others led Chat with 20.0 % each of requests, week to 30 August 2026."
    assert "(shared 1st of 2 tasks)" in kit.sentences[2]
    kit = quotes_of(task("chat", 500, {"a": 300, "b": 200, "c": 200}))
    assert kit.sentences[1].endswith("ahead of B and C with 20.0 % each of its requests.")


def test_an_empty_list_is_unknown_and_has_neither_caption_nor_alt_text():
    kit = quotes_of(task("chat", 1000, {}))
    assert kit.sentences[0] == "No model is listed for Chat, week to 30 August 2026."
    assert "who carries it is unknown. Chat made 100.0 % of all classified requests" in kit.sentences[2]
    assert (kit.caption, kit.alt) == ("", "")


def test_a_post_has_room_for_its_link_whatever_the_names_are():
    long = task("x" * 70, 1000, {"L" * 190: 300, "M" * 190: 300}, label="Label " * 30, category="c" * 70)
    kit = quotes_of(long)
    assert len(f"{kit.post} {ADDRESS}{kit.post_path}") <= LONGEST_POST
    assert "30.0 % each of requests, week to 30 August 2026. Source: OpenRouter" in kit.post


def test_another_window_is_named():
    assert quotes_of(task("chat", 1000, {"a": 300}), window_days=30).sentences[0].endswith("30 days to 30 August 2026.")


# ---------------------------------------------------------------- on the pages


PAGES = ("tasks/code/debugging/", "tasks/code/", "editions/2026-W35/")


@pytest.mark.parametrize("path", PAGES)
def test_the_page_says_its_sentences_with_proof_and_citation(sample_site, path):
    section = sample_site.page(path).find(".//section[@class='quotes']")
    texts = [text_of(item) for item in section.iter("dd")]
    as_of = "2026-08-30" if path.startswith("editions") else "2026-08-31"
    assert len(texts) == 6
    assert all(text.startswith("Sample data: ") for text in (*texts[:3], *texts[4:]))
    assert texts[5].endswith(f"As of {as_of}. http://localhost:8000/{path}")
    assert f"As of {as_of}. " in text_of(section.find("p[@class='when']"))
    links = [link.get("href") for link in section.iter("a")]
    assert any(f"data/v1/7d/{as_of}.json#/data/" in link for link in links)
    assert any(link.endswith("#cite") for link in links)


def test_a_page_inside_an_edition_says_its_short_sentence_with_proof_and_citation(sample_site):
    section = sample_site.page("editions/2026-W35/tasks/code/").find(".//section[@class='quotes']")
    (short,) = (text_of(item) for item in section.iter("dd"))
    assert short.startswith("Sample data: ")
    assert "As of 2026-08-30. " in text_of(section.find("p[@class='when']"))
    links = [link.get("href") for link in section.iter("a")]
    assert any("data/v1/7d/2026-08-30.json#/data/" in link for link in links)
    assert any(link.endswith("#cite") for link in links)


def test_quotes_cost_a_page_a_kilobyte_at_most(sample_site):
    pages = [
        *(sample_site.folder / "tasks").rglob("*/index.html"),
        *(sample_site.folder / "editions").rglob("index.html"),
    ]
    found = 0
    for page in pages:
        text = page.read_text("utf-8")
        without = re.sub(r'<section class="quotes".*?</section>\n', "", text, flags=re.DOTALL)
        if without != text:
            found += 1
            assert packed(text) - packed(without) <= 1024, page
    assert found > 100


def packed(text):
    return len(gzip.compress(text.encode(), 6, mtime=0))


@pytest.fixture(scope="module")
def sample_url(sample_site):
    with serve_folder(sample_site.folder) as url:
        yield url


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_one_click_copies_the_sentence_and_its_citation(sample_url, open_page, width):
    opened = open_page(f"{sample_url}{PAGES[0]}", width=width)
    page = opened.page
    assert "quote.js" not in opened.requested_files()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("section.quotes summary").click()
    page.locator("section.quotes button").first.wait_for()
    assert page.locator("section.quotes button").count() == 6
    for number, ending in ((0, f"/{PAGES[0]}"), (2, f"/{PAGES[0]}"), (5, f"/{PAGES[0]}")):
        button = page.locator("section.quotes button").nth(number)
        button.click()
        page.wait_for_function("button => button.textContent === 'Copied'", arg=button.element_handle())
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(page.locator("section.quotes dd").nth(number).inner_text())
        assert copied.endswith(ending)
        assert copied.count("Sample data, fictional models") == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.messages == []
