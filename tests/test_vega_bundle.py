"""static/vega.js is what its sources make, small, licensed, and draws what vl-convert draws."""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import altair as alt
import pytest
import vl_convert
from browser import PageOpener, serve_folder
from chart_site import STATIC, Spec, finished, make_site

SOURCES = STATIC / "vega"
BUNDLE = STATIC / "vega.js"
LICENCES = STATIC / "vega.LICENSES.txt"
MAY_BUILD = bool(os.environ.get("CI")) and shutil.which("npm") is not None


def banner() -> str:
    return BUNDLE.read_text("utf-8").partition("\n")[0]


def locked_packages() -> dict[str, str]:
    """Versions by name, of what lies at the top of node_modules."""
    packages = json.loads((SOURCES / "package-lock.json").read_text("utf-8"))["packages"]
    return {path.removeprefix("node_modules/"): package["version"] for path, package in packages.items() if path}


def test_the_bundle_is_made_from_the_sources_beside_it() -> None:
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json", "runtime.js", "absent.cjs", "licences.js", "build"):
        digest.update((SOURCES / name).read_bytes())

    assert f"Sources: {digest.hexdigest()[:16]} " in banner(), "run static/vega/build and commit what it writes"


def test_the_versions_are_those_of_the_lock_file_of_vl_convert_and_of_altair() -> None:
    locked = locked_packages()
    wanted = json.loads((SOURCES / "package.json").read_text("utf-8"))["dependencies"]

    assert {name: locked[name] for name in wanted} == wanted
    assert f"Vega {locked['vega']}, vega-interpreter {locked['vega-interpreter']}." in banner()
    assert locked["vega"] == vl_convert.get_vega_version()
    assert locked["vega"].split(".")[0] == alt.VEGA_VERSION.split(".")[0]


def test_the_lock_file_holds_hashes_and_no_address_to_load_from() -> None:
    packages = json.loads((SOURCES / "package-lock.json").read_text("utf-8"))["packages"]

    assert [path for path, package in packages.items() if "resolved" in package] == []
    assert [path for path, package in packages.items() if path and "integrity" not in package] == []


def test_the_download_is_small() -> None:
    def size(name: str) -> int:
        return len(gzip.compress((STATIC / name).read_bytes(), 9, mtime=0))

    assert size("vega.js") <= 150_000
    assert size("site.js") <= 3 * 1024
    assert size("charts.js") + size("search.js") + size("interactive.css") <= 10_000


def test_every_bundled_package_has_its_licence() -> None:
    entries = re.findall(
        r"^-{80}\n(\S+) (\S+) \((\S+)\)\n\n(.+?)(?=\n\n-{80}|\Z)", LICENCES.read_text("utf-8"), re.S | re.M
    )
    locked = locked_packages()

    assert {"vega-view", "vega-parser", "vega-interpreter", "d3-scale"} <= {name for name, *_ in entries}
    assert [name for name, version, *_ in entries if locked[name] != version] == []
    assert {licence for _, _, licence, _ in entries} <= {"BSD-3-Clause", "ISC", "MIT"}
    assert [name for name, _, _, text in entries if "Copyright" not in text] == []


@pytest.mark.skipif(not MAY_BUILD, reason="builds the bundle anew only in CI and where npm is")
def test_building_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    copy = shutil.copytree(SOURCES, tmp_path / "vega", ignore=shutil.ignore_patterns("node_modules"))
    out = tmp_path / "out"
    out.mkdir()
    made = subprocess.run([copy / "build", out], capture_output=True, text=True, timeout=300, check=False)

    assert made.returncode == 0, made.stderr
    assert (out / BUNDLE.name).read_bytes() == BUNDLE.read_bytes()
    assert (out / LICENCES.name).read_bytes() == LICENCES.read_bytes()


def kinds() -> dict[str, Spec]:
    """A chart for each mark, scale and transform that charts of the site may use."""
    shares = [{"key": str(n), "name": f"Row {n}", "share": n / 10 + 0.05, "group": "ab"[n % 2]} for n in range(6)]
    days = [{"key": str(n), "day": f"2026-{n % 12 + 1:02}-17", "share": n % 7 / 10} for n in range(24)]
    of_shares, of_days = alt.Chart(alt.Data(values=shares)), alt.Chart(alt.Data(values=days))
    name, share = alt.Y("name:N", title=None, axis=alt.Axis(labelLimit=0)), alt.X("share:Q", title=None)
    group = alt.Color("group:N", legend=None)
    charts = {
        "bars": of_shares.mark_bar().encode(name, share, group),
        "columns": of_shares.mark_bar().encode(alt.X("name:O", title=None), alt.Y("share:Q", title=None)),
        "stacked": of_shares.mark_bar().encode(alt.Y("group:N", title=None), share, alt.Color("name:N", legend=None)),
        "areas": of_days.mark_area(opacity=1).encode(
            alt.X("yearmonth(day):T", title=None), alt.Y("mean(share):Q", title=None)
        ),
        "ticks": of_shares.mark_tick(opacity=1).encode(
            name, alt.X("share:Q", title=None, scale=alt.Scale(type="sqrt"))
        ),
        "texts": of_shares.mark_text(align="left").encode(name, share, text=alt.Text("share:Q", format=".1%")),
        "logarithm": of_shares.mark_point(opacity=1).encode(
            name, alt.X("share:Q", title=None, scale=alt.Scale(type="log"))
        ),
        "steps": of_days.mark_line(interpolate="step").encode(
            alt.X("utcyearmonthdate(day):T", title=None), alt.Y("max(share):Q", title=None)
        ),
        "ranks": of_shares.transform_window(rank="rank()", sort=[alt.SortField("share", order="descending")])
        .transform_filter("datum.rank <= 4")
        .mark_circle(size=100, opacity=1)
        .encode(alt.X("rank:O", title=None), alt.Y("share:Q", title=None), group),
        "lift": of_shares.transform_joinaggregate(mean="mean(share)", groupby=["group"])
        .transform_calculate(lift="datum.share / datum.mean")
        .mark_rule()
        .encode(name, alt.X("lift:Q", title=None), x2=alt.datum(1)),
        "bins": of_days.mark_bar().encode(alt.X("share:Q", bin=True, title=None), alt.Y("count()", title=None)),
        "folded": of_shares.transform_fold(["share", "group"])
        .transform_filter("datum.key === 'share'")
        .mark_point(opacity=1)
        .encode(name, alt.X("value:Q", title=None)),
        "gaps": of_days.transform_impute("share", key="key", value=0)
        .mark_line()
        .encode(alt.X("key:O", title=None), alt.Y("share:Q", title=None)),
    }
    return {kind: finished(chart.properties(width=300, height=160)) for kind, chart in charts.items()}


@pytest.mark.browser
def test_every_kind_of_chart_is_drawn_just_like_its_picture(tmp_path: Path, open_page: PageOpener) -> None:
    make_site(tmp_path, kinds())
    with serve_folder(tmp_path) as url:
        opened = open_page(url, height=5000)
        drawings = {kind: opened.page.locator(f"#chart-{kind} .drawing") for kind in kinds()}
        pictures = {kind: drawing.screenshot() for kind, drawing in drawings.items()}
        for kind, drawing in drawings.items():
            drawing.dispatch_event("pointerover")
            opened.page.locator(f"#chart-{kind}[data-interactive=yes]").wait_for()

        assert [kind for kind, drawing in drawings.items() if drawing.screenshot() != pictures[kind]] == []
        assert opened.messages == []


@pytest.mark.browser
def test_a_chart_that_it_cannot_draw_stays_a_picture_without_a_word(tmp_path: Path, open_page: PageOpener) -> None:
    world = alt.Chart(alt.graticule()).mark_geoshape(stroke="black").project("equalEarth")
    make_site(tmp_path, {"world": finished(world)})
    with serve_folder(tmp_path) as url:
        opened = open_page(url)
        picture = opened.page.screenshot(full_page=True)
        opened.page.locator("#chart-world .drawing").hover()
        opened.page.wait_for_load_state("networkidle")
        opened.page.mouse.move(0, 0)

        assert "world.vega.js" in opened.requested_files()
        is_unchanged = opened.page.screenshot(full_page=True) == picture
        assert is_unchanged
        assert opened.messages == []
