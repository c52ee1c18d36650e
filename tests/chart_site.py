"""A small site for the tests of the scripts in static/: charts, a search box, links; the CSP of the real pages.

It is made like the real one (spec -> vl-convert -> SVG in the page and a compiled spec beside it), but needs none of
the stages, so a failure here speaks of the scripts alone.
"""

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

Spec = dict[str, Any]
STATIC = Path(__file__).parents[1] / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
STYLE = """
:root { color-scheme: light dark }
:root { --text: #1b1b1b; --background: #fdfdfb; --border: #8a8a8a; --muted: #767676; --code: #1d5fa8 }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececec; --background: #16181c; --border: #8a8a8a; --muted: #8f8f8f; --code: #7fb4f0 }
}
body { margin: 1rem; background: var(--background); color: var(--text); font: 16px/1.5 sans-serif }
figure { margin: 0 0 2rem } svg { display: block; width: 100%; max-width: 640px; height: auto }
.controls { min-height: 2rem } .search { max-width: 20rem; display: block } .search[hidden] { visibility: hidden }
.drawing:focus-visible { outline: 3px solid var(--code) }
"""
TASKS = (  # name, requests, tokens, place by requests, place by tokens
    ("Classification", 0.231, 0.055, 1, 3),
    ("Q&A & Knowledge <b>", 0.103, 0.041, 2, 4),
    ("Workflow Execution", 0.087, 0.235, 3, 1),
    ("Debugging", 0.061, 0.12, 4, 2),
)
SEARCH = [
    ["Debugging", "tasks/code/debugging/", "task in Code"],
    ["General Implementation", "tasks/code/general_impl/", "task in Code"],
    ["Q&A & Knowledge", "tasks/general/qa/", "task in General"],
    ["Café Recommendations", "tasks/general/cafe/", "task in General"],
    ["openai/gpt-5.6-luna-20260709", "models/openai/gpt-5.6-luna-20260709/", "model"],
    *([f"acme/bug-hunter-{n}", f"models/acme/bug-hunter-{n}/", "model"] for n in range(1, 13)),
]


def make_site(folder: Path, specs: dict[str, Spec]) -> None:
    """Writes the site; `index.html` has the charts of `specs`, `page/index.html` is where links lead."""
    shutil.copytree(STATIC, folder / "static", ignore=shutil.ignore_patterns("vega", "fonts"))
    (folder / "static" / "site.css").write_text(STYLE, encoding="utf-8")
    (folder / "charts").mkdir()
    for name, spec in specs.items():
        compiled = json.dumps(vl_convert.vegalite_to_vega(spec))
        script = f"(self.taskShareCharts??={{}})[{json.dumps(name)}]={compiled};"
        (folder / "charts" / f"{name}.vega.js").write_text(script, encoding="utf-8")
    index = f"self.taskShareSearch={json.dumps(SEARCH)};"
    (folder / "search-index.js").write_text(index, encoding="utf-8")
    figures = "".join(figure(name, spec) for name, spec in specs.items())
    write_page(folder / "index.html", "", f"<p><a href='page/'>another page</a></p>{figures}")
    write_page(folder / "page" / "index.html", "../", "<p><a href='../'>back</a></p>")
    for _, path, _ in SEARCH:
        write_page(folder / path / "index.html", "../" * path.count("/"), "<p>found</p>")


def write_page(file: Path, root: str, content: str) -> None:
    """One page with the head, the search box and `content`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Charts</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="icon" href="data:,"><link rel="stylesheet" href="{root}static/site.css?v=1">
<script src="{root}static/site.js?v=1" defer></script></head><body><header>
<form class="search" role="search" hidden><label for="search">Find a task or model</label>
<input type="search" id="search" autocomplete="off"></form></header>
<main><h1>Charts</h1>{content}<p id="end">end</p></main></body></html>""",
        encoding="utf-8",
    )


def figure(name: str, spec: Spec) -> str:
    """The HTML of a chart, as the real templates give it."""
    label = html.escape(f"Chart {name}")
    svg = vl_convert.vegalite_to_svg(spec).replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    svg = svg.replace("<g ", '<g aria-hidden="true" ', 1)
    svg = re.sub(r'viewBox="0 0( .*?) transform="translate\((\d+),(\d+)\)"', r'viewBox="-\2 -\3\1', svg, count=1)
    controls = '<div class="controls"></div>' if name == "rows" else ""
    return (
        f'<figure class="chart" id="chart-{name}" data-chart="{name}"><figcaption>{label}</figcaption>{controls}'
        f'<div class="drawing">{svg}</div></figure>'
    )


def charts() -> dict[str, Spec]:
    """One spec for each way in which the stops of a chart can lie."""
    kinds = {"rows": dumbbell, "columns": trend, "points": scatter, "lines": courses}
    return {name: finished(make()) for name, make in kinds.items()}


def finished(chart: alt.TopLevelMixin) -> Spec:
    """The spec of a chart, set up as all charts of the site are."""
    configured = chart.configure(aria=False, background="transparent", font="sans-serif").configure_view(stroke=None)
    return configured.to_dict()


FOCUS = alt.param(name="focus", value=None)
DIMMED = alt.condition("!focus || focus.key === datum.key", alt.value(1), alt.value(0.35))


def dumbbell() -> alt.LayerChart:
    """Requests and tokens of a task in one row; `measure` decides the order of the rows."""
    rows = [
        {"key": name, "task": name, "requests": requests, "tokens": tokens, "by_requests": first, "by_tokens": second}
        for name, requests, tokens, first, second in TASKS
    ]
    tooltip = [
        alt.Tooltip("task:N", title="title"),
        alt.Tooltip("requests:Q", title="Requests", format=".1%"),
        alt.Tooltip("tokens:Q", title="Tokens", format=".1%"),
    ]
    order = alt.EncodingSortField("place", op="min", order="ascending")
    labels = alt.Axis(
        labelLimit=0, domain=False, ticks=False, labelPadding=10, labelFontSize=12, labelColor="var(--text)"
    )
    shares = alt.Axis(
        title=None, labelExpr="format(100 * datum.value, 'd') + ' %'", values=[0, 0.1, 0.2], labelColor="var(--text)"
    )
    base = (
        alt.Chart(alt.Data(values=rows))
        .transform_calculate(place="measure === 'tokens' ? datum.by_tokens : datum.by_requests")
        .encode(y=alt.Y("task:N", title=None, sort=order, axis=labels))
    )
    share = alt.X("requests:Q", scale=alt.Scale(domain=[0, 0.25], nice=False), axis=shares)
    joint = base.mark_rule(strokeWidth=2).encode(
        x=share, x2="tokens:Q", opacity=DIMMED, color=alt.value("var(--muted)")
    )
    first = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=share, opacity=DIMMED, tooltip=tooltip, color=alt.value("var(--code)")
    )
    second = base.mark_point(shape="diamond", size=90, opacity=1).encode(
        x="tokens:Q",
        opacity=DIMMED,
        tooltip=tooltip,
        fill=alt.value("var(--background)"),
        stroke=alt.value("var(--code)"),
    )
    text = base.mark_text(align="left", dx=10, fontSize=12).encode(
        x=share, text=alt.Text("requests:Q", format=".1%"), color=alt.value("var(--text)")
    )
    measure = alt.param(name="measure", value="requests")
    return alt.layer(joint, first, second, text).add_params(FOCUS, measure).properties(width=420, height=alt.Step(32))


def trend() -> alt.LayerChart:
    """One value a day, with a gap."""
    rows = [
        {"key": f"2026-08-{day:02}", "day": f"2026-08-{day:02}", "share": 0.1 + day % 5 / 100 if day != 9 else None}
        for day in range(1, 15)
    ]
    axis = alt.Axis(title=None, format="%-d %B %Y", values=[{"year": 2026, "month": 8, "date": d} for d in (1, 8, 14)])
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("day:T", scale=alt.Scale(type="utc"), axis=axis),
        y=alt.Y("share:Q", scale=alt.Scale(domain=[0, 0.2]), axis=alt.Axis(title=None, format=".0%", tickCount=3)),
        color=alt.value("var(--code)"),
    )
    tooltip = [
        alt.Tooltip("day:T", title="title", format="%-d %B %Y"),
        alt.Tooltip("share:Q", title="Share", format=".1%"),
    ]
    return (
        alt.layer(base.mark_line(), base.mark_point(filled=True).encode(opacity=DIMMED, tooltip=tooltip))
        .add_params(FOCUS)
        .properties(width=420, height=120)
    )


def scatter() -> alt.Chart:
    """Points that overlap in both directions, and a tooltip that is a plain text."""
    rows = [{"key": str(n), "across": n % 4, "up": n // 4 + n % 2 / 4, "name": f"Point {n}"} for n in range(10)]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_point(size=400, filled=True, opacity=1)
        .encode(x="across:Q", y="up:Q", opacity=DIMMED, tooltip=alt.Tooltip("name:N"), color=alt.value("var(--code)"))
        .add_params(FOCUS)
        .properties(width=420, height=160)
    )


def courses() -> alt.LayerChart:
    """Two lines over three days; their stops are unseen."""
    rows = [
        {"key": f"{series} {day}", "series": series, "day": f"2026-08-{day:02}", "share": share + day / 100}
        for series, share in (("upper", 0.2), ("lower", 0.1))
        for day in (1, 2, 3)
    ]
    axis = alt.Axis(title=None, format="%-d %B", values=[{"year": 2026, "month": 8, "date": day} for day in (1, 2, 3)])
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("day:T", scale=alt.Scale(type="utc"), axis=axis),
        y=alt.Y("share:Q", scale=alt.Scale(domain=[0, 0.3]), axis=alt.Axis(title=None, format=".0%", tickCount=3)),
        color=alt.value("var(--code)"),
    )
    line = base.mark_line().encode(detail="series:N")
    stops = base.mark_point(opacity=0, size=60).encode(
        tooltip=[alt.Tooltip("series:N", title="title"), alt.Tooltip("day:T", title="Day", format="%-d %B %Y")]
    )
    return alt.layer(line, stops).add_params(FOCUS).properties(width=420, height=120)
