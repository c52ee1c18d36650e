"""Every event of the sample, worked out again from the raw responses in plain Python and read back from the page."""

import re
from datetime import timedelta
from functools import cache
from itertools import takewhile

import pytest
from built import editions_of, text_of
from raw import last_of_each_day, percent, place

from generator.formats import model_names
from generator.pages.changes import MOST_EDITIONS
from generator.sample import sample_files

WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def responses():
    """Every day of the sample: the last response for it."""
    return last_of_each_day(sample_files())


@pytest.fixture(scope="module")
def sections(sample_site):
    return editions_of(sample_site.page("changes/"))


def day_section(site, as_of):
    """What the page of a day says of its changes, as `editions_of` has those of the page of changes."""
    (section,) = (
        part for part in site.page(f"days/{as_of}/").iter("section") if part.find("h2[@id='changes']") is not None
    )
    parts = zip(section.findall("h3"), section.findall("ul"), strict=True)
    return text_of(section.find("h2")), {text_of(h3): [text_of(li) for li in ul] for h3, ul in parts}, []


def lists(raw):
    """tag -> {permaslug: request share}."""
    return {task["tag"]: {model["id"]: model["tag_usage_share"] for model in task["models"]} for task in raw.tasks}


def labels(*raws):
    return {task["tag"]: task["display_name"] for raw in raws for task in raw.tasks}


def first(models):
    return sorted(id for id, share in models.items() if share == max(models.values()))


def ordinal(number):
    return f"{number}{'th' if number in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def shares(raw):
    return {task["tag"]: task["usage_share"] for task in raw.tasks}


def both(then, now):
    """The tasks of both days, by label."""
    names = labels(then, now)
    return sorted(shares(then).keys() & shares(now).keys(), key=lambda tag: (names[tag], tag))


def expected_leads(then, now, names):
    before, after, label = lists(then), lists(now), labels(then, now)

    def with_shares(side, other, ids, word):
        said = [
            f"{names[id]} with {percent(side[id])} ({percent(other[id]) if id in other else 'not listed'} {word})"
            for id in ids
        ]
        joined = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
        return joined + (", level" if len(ids) > 1 else "")

    for tag in both(then, now):
        were, are = first(before[tag]), first(after[tag])
        if were != are:
            now_said = with_shares(after[tag], before[tag], are, "then")
            then_said = with_shares(before[tag], after[tag], were, "now")
            yield f"{label[tag]}: {now_said}; 7 days earlier {then_said}"


def expected_crossings(then, now, names, ever):
    before, after, label = lists(then), lists(now), labels(then, now)
    for tag in both(then, now):
        by_place = sorted(after[tag], key=lambda id: (place(after[tag].values(), after[tag][id]), order(now, tag, id)))
        came = [id for id in by_place if id not in before[tag]]
        gone = [id for id in before[tag] if id not in after[tag]]
        gone.sort(key=lambda id: (place(before[tag].values(), before[tag][id]), id))

        def said(ids, models, then_word=""):
            return ", ".join(
                f"{names[id]} ({ordinal(place(models.values(), models[id]))}, {percent(models[id])}{then_word})"
                for id in ids
            )

        groups = (
            ("✚ new ", said([id for id in came if id not in ever.get(tag, ())], after[tag])),
            ("↺ back ", said([id for id in came if id in ever.get(tag, ())], after[tag])),
            ("✕ left ", said(gone, before[tag], " then")),
        )
        if came or gone:
            yield f"{label[tag]}: " + "; ".join(word + text for word, text in groups if text)


def order(raw, tag, model_id):
    """Among equal places: by tokens, then by permaslug."""
    (task,) = (task for task in raw.tasks if task["tag"] == tag)
    (tokens,) = (model["tag_token_share"] for model in task["models"] if model["id"] == model_id)
    return -tokens, model_id


def expected_tasks(then, now, ever):
    before, after, label = shares(then), shares(now), labels(then, now)

    def said(word, tag, side, then_word=""):
        equal = list(side.values()).count(side[tag]) > 1
        where = f"{'shared ' if equal else ''}{ordinal(place(side.values(), side[tag]))} of {len(side)}"
        return f"{word}: {label[tag]}, {percent(side[tag])} of all requests{then_word} ({where})"

    for tag in after.keys() - before.keys():
        yield said("↺ back" if tag in ever else "✚ new", tag, after)
    for tag in before.keys() - after.keys():
        yield said("✕ gone", tag, before, " then")


def expected_moves(then, now, names):
    label, known = labels(then, now), both(then, now)
    tasks = sorted((-abs(round(shares(now)[tag] - shares(then)[tag], 3)), tag) for tag in known)[:3]
    for _, tag in tasks:
        yield moved(f"{label[tag]}, share of all requests", shares(then)[tag], shares(now)[tag])
    before, after = lists(then), lists(now)
    models = sorted(
        (-abs(round(after[tag][id] - before[tag][id], 3)), tag, id)
        for tag in known
        for id in after[tag]
        if id in before[tag]
    )[:5]
    for _, tag, id in models:
        yield moved(f"{names[id]} in {label[tag]}", before[tag][id], after[tag][id])


def moved(who, before, after):
    difference = round(after - before, 3)
    sign = "+" if difference > 0 else "−"
    shape = "▲" if difference > 0 else "▼"
    return f"{shape} {who}: from {percent(before)} to {percent(after)}, {sign}{abs(difference) * 100:.1f} pp"


def test_every_event_of_the_sample_is_the_one_worked_out_from_the_responses(sample_site, responses, sections):
    newest = max(responses)
    sundays = [as_of for as_of in responses if as_of.isoweekday() == 7 or as_of == newest]
    told = 0
    for as_of in sundays:
        year, week, _ = as_of.isocalendar()
        in_full = as_of in sorted(sundays)[-MOST_EDITIONS:]
        heading, parts, _ = sections[f"{year}-W{week:02}"] if in_full else day_section(sample_site, as_of)
        assert heading.startswith(("Edition" if as_of.isoweekday() == 7 else "So far") if in_full else "What changed")
        if as_of - WEEK not in responses:
            assert parts == {}
            continue
        then, now = responses[as_of - WEEK], responses[as_of]
        names = model_names([*then.models(), *now.models()])
        ever, ever_tasks = {}, set()
        for earlier in (raw for day, raw in responses.items() if day < as_of - WEEK):
            ever_tasks |= labels(earlier).keys()
            for tag, models in lists(earlier).items():
                ever.setdefault(tag, set()).update(models)
        assert parts.get("First places", []) == list(expected_leads(then, now, names))
        assert sorted(parts.get("Tasks that came or went", [])) == sorted(expected_tasks(then, now, ever_tasks))
        assert parts["Largest moves"] == list(expected_moves(then, now, names))
        if in_full:  # the page of a day says so beside each list
            assert parts["In and out of the lists"] == list(expected_crossings(then, now, names, ever))
        told += sum(map(len, parts.values()))
    assert len(sections) == MOST_EDITIONS
    assert told > 250, "there is much to compare"


def test_every_value_of_an_event_leads_to_where_it_stands_on_the_page_of_its_day(sample_site, sections):
    page_of, followed = cache(sample_site.page), 0
    for _, _, links in list(sections.values())[:2]:
        for link in links:
            if match := re.fullmatch(r"\.\./(days/\d{4}-\d\d-\d\d/)#(.+)", link.get("href")):
                assert text_of(link) in text_below(page_of(match[1]), match[2])
                followed += 1
    assert followed > 80


def text_below(page, anchor):
    """What stands below the heading with this id, up to the next one."""
    (section,) = (section for section in page.iter("section") if section.find(f"h3[@id='{anchor}']") is not None)
    parts = list(section)
    begin = next(n for n, part in enumerate(parts) if part.get("id") == anchor)
    return " ".join(text_of(part) for part in takewhile(lambda part: part.tag != "h3", parts[begin + 1 :]))
