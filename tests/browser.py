"""A real browser for tests: Chromium, driven by Playwright, on pages of this machine only.

Comes in: a folder or a URL on localhost, or a file URL. Goes out: an opened page with everything that it said on the
console and everything that it asked for. Without a Chromium the tests that need one are skipped, visibly; where the
environment variable CI is set they fail. Names of other hosts do not resolve in this browser.

`tests/conftest.py` imports the fixtures `browser` and `open_page`; the rest is imported where it is needed.
"""

import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """A page, and what it did since it was opened. Both lists go on growing."""

    page: Page
    messages: list[str] = field(default_factory=list)  # on the console, and errors that nobody caught
    requests: list[str] = field(default_factory=list)  # URLs, in order; the page's own is the first

    def requested_files(self) -> list[str]:
        """The last parts of the paths asked for, without versions, in order."""
        return [urlsplit(url).path.rpartition("/")[2] for url in self.requests]

    def foreign_requests(self) -> list[str]:
        """What was asked of any other place than this machine."""
        return [url for url in self.requests if not is_local(url)]


PageOpener = Callable[..., OpenedPage]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a module; it ends with it, since Playwright keeps the thread's event loop busy."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        explain_absence()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[PageOpener]:
    """Opens pages: `open_page(url, width=320, is_dark=True, has_touch=True, has_javascript=False)`, as often as asked.

    Each one has a context of its own (no shared cache or storage), which is closed after the test.
    """
    with ExitStack() as contexts:

        def open_one(url: str, **options: Any) -> OpenedPage:
            context = new_context(browser, **options)
            contexts.callback(context.close)
            return open_in(context, url)

        yield open_one


@contextmanager
def serve_folder(folder: Path, below: str = "/") -> Iterator[str]:
    """Serves `folder` on localhost and gives its URL, which ends with a slash.

    `below`: where on the server it lies ("/repo/"), as on a host that gives a project a folder; all else is 404.
    """
    handler = functools.partial(QuietHandler, below, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{below}"
        server.shutdown()
        thread.join()


def accessibility_problems(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA in the page as it is now: "rule: place: what is wrong"."""
    # `preload` would read the style sheets once more, which a page opened from a folder may not.
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], "preload": False}
    report = Axe().run(page, options=options)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in report.response["violations"]
        for node in violation["nodes"]
    ]


def layout_shifts(page: Page) -> list[float]:
    """Every layout shift since the page began, those just after a key or click included."""
    return page.evaluate(
        """() => new Promise((resolve) => {
             new PerformanceObserver((list) => resolve(list.getEntries().map((entry) => entry.value)))
               .observe({ type: 'layout-shift', buffered: true });
             setTimeout(() => resolve([]), 100); // none was recorded
           })"""
    )


def is_local(url: str) -> bool:
    """Whether a URL needs no other machine."""
    parts = urlsplit(url)
    return parts.scheme in {"file", "data", "blob", "about"} or parts.hostname == "127.0.0.1"


def explain_absence() -> None:
    """Ends the test: there is no Chromium."""
    reason = f"no browser: found none of {', '.join(NAMES)} on PATH; install Debian's package chromium, or Chrome"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def new_context(
    browser: Browser,
    *,
    width: int = 1280,
    height: int = 800,
    is_dark: bool = False,
    has_touch: bool = False,
    has_javascript: bool = True,
) -> BrowserContext:
    """A reader with nothing cached: sizes in CSS pixels."""
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if is_dark else "light",
        has_touch=has_touch,
        java_script_enabled=has_javascript,
        reduced_motion="reduce",
    )


def open_in(context: BrowserContext, url: str) -> OpenedPage:
    """A page of `context` with everything recorded from before its first byte."""
    opened = OpenedPage(context.new_page())
    opened.page.set_default_timeout(10_000)
    opened.page.on("console", lambda message: opened.messages.append(f"{message.type}: {message.text}"))
    opened.page.on("pageerror", lambda error: opened.messages.append(f"uncaught: {error}"))
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.goto(url)
    return opened


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder below a path; says nothing."""

    def __init__(self, below: str, *arguments: Any, **options: Any) -> None:
        self.below = below
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.below):
            return os.devnull + "/none"  # no such file: answered with 404
        return super().translate_path("/" + path.removeprefix(self.below))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests' output is the tests'."""
