"""Answers of the endpoint as it would send them, with fictional models: the shape of CONTRACT.md, sums that are 1."""

import json

CATEGORIES = ("code", "general", "agent", "data")


def answer(as_of="2026-08-31", *, tasks=8, models=5, window_days=7, variant=0):
    """A valid answer. Another `variant` is the same day with other figures."""
    requests, tokens = thousandths(tasks), thousandths(tasks)[::-1]
    rows = [
        {"tag": tag, "display_name": f"Task {n} & more", "macro_category": category}
        for n, (tag, category) in enumerate(_tags(tasks))
    ]
    categories = [{"key": key, "label": key.title()} for key in dict.fromkeys(row["macro_category"] for row in rows)]
    for name, shares in (("usage_share", requests), ("token_share", tokens)):
        for category in categories:
            of = [n for n, row in enumerate(rows) if row["macro_category"] == category["key"]]
            category[name] = sum(shares[n] for n in of) / 1000
            for n in of:
                rows[n][name] = shares[n] / 1000
                rows[n][f"category_{name}"] = round(shares[n] / 1000 / category[name], 3)
    for row in rows:
        row["models"] = _models(models, variant)
    data = {"window_days": window_days, "as_of": as_of, "classifications": rows, "macro_categories": categories}
    return {"data": data}


def body(as_of="2026-08-31", **options):
    """The same as bytes, written as the endpoint writes them."""
    return dump(answer(as_of, **options))


def dump(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def error(code, message):
    """The body of an error."""
    return dump({"error": {"code": code, "message": message}})


def thousandths(count, total=1000):
    """Descending whole numbers that sum to `total`."""
    weights = range(count, 0, -1)
    shares = [total * weight // sum(weights) for weight in weights]
    return [shares[0] + total - sum(shares), *shares[1:]]


def _tags(count):
    for n in range(count):
        category = CATEGORIES[n % len(CATEGORIES)]
        yield (f"task_{n}" if category == "general" else f"{category}:task_{n}"), category


def _models(count, variant):
    shares = thousandths(count, 600) if count else []
    ids = [f"maker-{n % 3}/model-{n}-202608{10 + n}" for n in range(count)]
    turn = variant % count if count else 0
    ids = ids[turn:] + ids[:turn]
    return [
        {"id": id, "tag_usage_share": share / 1000, "tag_token_share": round(share / 2000, 3)}
        for id, share in zip(ids, shares, strict=True)
    ]
