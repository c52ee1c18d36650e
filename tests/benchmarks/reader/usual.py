"""The usual ways to put a chart on a page: Altair's `chart.save("….html")`, and Observable Framework.

The same chart with the same rows; nothing else is on these pages. Altair's page names a network of servers (CDN) for
Vega, Vega-Lite and vega-embed: here the same files of their npm packages come from the machine that the page comes
from, which spares the reader a name to look up and a second connection.
"""

import json
import re
import shutil
from pathlib import Path

import altair

from .. import peers
from ..measured import run
from .published import CHART, specification

CDN = re.compile(r'src="https://[^"/]+/npm/([\w-]+)@[^"]*"')
NPM = "/npm/"
FRAMEWORK_PAGE = """# Debugging

```js
import * as Plot from "@observablehq/plot";
const rows = FileAttachment("rows.json").json();
```

```js
display(Plot.plot({
  marginLeft: 220,
  x: {percent: true, grid: true, label: null},
  y: {label: null, domain: rows.map((row) => row.label)},
  marks: [
    Plot.ruleY(rows, {y: "label", x1: "requests", x2: "tokens"}),
    Plot.dot(rows, {y: "label", x: "tokens", symbol: "diamond", stroke: "currentColor"}),
    Plot.dot(rows, {y: "label", x: "requests", fill: "currentColor", tip: true}),
  ],
}));
```
"""
FRAMEWORK_SETTINGS = {
    "title": "Chart",
    "pages": [],
    "globalStylesheets": [],  # else it asks a third party for fonts
    "sidebar": False,
    "toc": False,
    "pager": False,
    "search": False,
    "footer": "",
}


def altair_page(site: Path, out: Path, *, is_inline: bool) -> None:
    """`chart.save`, with the scripts from a CDN (as it does unless told otherwise) or within the page."""
    out.mkdir(parents=True)
    chart = altair.Chart.from_dict(specification(site, CHART))
    chart.save(out / "index.html", inline=is_inline)
    html = (out / "index.html").read_text(encoding="utf-8")
    if not is_inline:
        html, found = CDN.subn(rf'src="{NPM}\1/build/\1.min.js"', html)
        if found != 3:
            raise SystemExit(f"Altair's page asks for {found} scripts of a CDN, expected 3")
    (out / "index.html").write_text(html, encoding="utf-8")


def framework_page(site: Path, work: Path, out: Path) -> None:
    """An Observable Framework project of one page with Plot, built."""
    source = work / "framework"
    (source / "src").mkdir(parents=True)
    kept = ("label", "requests", "tokens")
    rows = [{name: row[name] for name in kept} for row in specification(site, CHART)["datasets"]["rows"]]
    (source / "src" / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    (source / "src" / "index.md").write_text(FRAMEWORK_PAGE, encoding="utf-8")
    settings = f"export default {json.dumps(FRAMEWORK_SETTINGS)};"
    (source / "observablehq.config.js").write_text(settings, encoding="utf-8")
    shutil.copy(peers.WANTED / "package.json", source)
    (source / "node_modules").symlink_to(peers.node_modules())
    command = ["node", peers.node_modules() / "@observablehq" / "framework" / "dist" / "bin" / "observable.js", "build"]
    run(command, source, OBSERVABLE_TELEMETRY_DISABLE="true")
    shutil.copytree(source / "dist", out)
