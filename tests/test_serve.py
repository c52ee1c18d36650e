"""The preview: what it answers, what it refuses, and what happens at a change."""

import http.client
import re
import shutil
import socket
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from generator.errors import SettingsError, SiteError
from generator.serve import serve
from generator.serve.server import file_of, with_reload

PAGE = b'<!doctype html><html lang="en"><title>Home</title><body><p>caf\xc3\xa9</p></body></html>'
NOT_FOUND = b"<!doctype html><title>Nothing here</title><body><p>No such page.</p></body>"


def write_site(folder: Path, page: bytes = PAGE):
    """A site, swapped in by renames as a build does it."""
    fresh = folder.with_name("site.new")
    (fresh / "tasks" / "math").mkdir(parents=True)
    (fresh / "index.html").write_bytes(page)
    (fresh / "404.html").write_bytes(NOT_FOUND)
    (fresh / "tasks" / "math" / "index.html").write_bytes(page)
    for name, body in FILES.items():
        (fresh / name).write_bytes(body)
    if folder.exists():
        folder.rename(folder.with_name("site.old"))
    fresh.rename(folder)
    shutil.rmtree(folder.with_name("site.old"), ignore_errors=True)


FILES = {
    "chart.svg": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "build.json": b"{}",
    "sitemap.xml": b"<urlset/>",
    "robots.txt": b"User-agent: *\n",
    "style.css": b":root {}",
    "script.js": b'"use strict";',
    "card.png": b"\x89PNG",
    "figures.csv": b"task\n",
    "page.md": b"# Page\n",
    "font.woff2": b"wOF2",
    "unknown.bin": b"\0\1",
}
TYPES = {
    "chart.svg": "image/svg+xml; charset=utf-8",
    "build.json": "application/json; charset=utf-8",
    "sitemap.xml": "application/xml; charset=utf-8",
    "robots.txt": "text/plain; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "script.js": "text/javascript; charset=utf-8",
    "card.png": "image/png",
    "figures.csv": "text/csv; charset=utf-8",
    "page.md": "text/markdown; charset=utf-8",
    "font.woff2": "font/woff2",
    "unknown.bin": "application/octet-stream",
}


class Preview:
    """A running preview, asked over real HTTP."""

    def __init__(self, folder, watched, rebuild=None):
        self.folder, self.watched = folder, watched
        self.said, self.builds, self.stop = [], 0, Event()
        self._rebuild = rebuild or (lambda: write_site(folder))

    def rebuild(self):
        self._rebuild()
        self.builds += 1

    def run(self):
        serve(self.folder, self.watched, self.rebuild, self.said.append, port=0, stop=self.stop)

    @property
    def port(self):
        return int(re.search(r"http://127\.0\.0\.1:(\d+)/", self.said[0]).group(1))

    def get(self, path, method="GET"):
        """Status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


@contextmanager
def running(folder, watched, rebuild=None):
    preview = Preview(folder, watched, rebuild)
    thread = Thread(target=preview.run)
    thread.start()
    try:
        wait_for(lambda: preview.builds or len(preview.said) > 1)
        yield preview
    finally:
        preview.stop.set()
        thread.join(20)
        assert not thread.is_alive(), "the preview did not end"


def wait_for(is_so, seconds=20):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """One preview for all tests that only read."""
    folder = tmp_path_factory.mktemp("preview")
    (folder / "secret.txt").write_text("secret")
    (folder / "data").mkdir()
    with running(folder / "site", [folder / "data"]) as preview:
        (preview.folder / "link.txt").symlink_to(folder / "secret.txt")
        yield preview


@pytest.mark.parametrize("path", ["/", "/index.html", "/tasks/math/", "/tasks/math/index.html", "/?theme=dark"])
def test_a_page_comes_in_utf_8_with_the_reload_script_at_its_end(preview, path):
    status, headers, body = preview.get(path)
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert body == PAGE.replace(b"</body>", b'<script src="/_reload.js?1" defer></script></body>')


def test_the_files_on_disk_stay_as_they_are(preview):
    preview.get("/")
    assert (preview.folder / "index.html").read_bytes() == PAGE


@pytest.mark.parametrize("name", FILES)
def test_a_file_comes_byte_for_byte_with_its_type(preview, name):
    status, headers, body = preview.get(f"/{name}")
    assert (status, headers["Content-Type"], body) == (200, TYPES[name], FILES[name])
    assert headers["Content-Length"] == str(len(FILES[name]))
    assert headers["Cache-Control"] == "no-store"


def test_head_has_the_headers_of_get_and_no_body(preview):
    status, headers, body = preview.get("/robots.txt", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "14", b"")


def test_another_method_is_refused(preview):
    assert preview.get("/", "POST")[0] == 501


@pytest.mark.parametrize("path", ["/nothing", "/nothing/", "/tasks/", "/tasks", "/tasks/math/index.html/x"])
def test_an_unknown_address_gets_the_sites_own_page_with_404(preview, path):
    status, headers, body = preview.get(path)
    assert status == 404
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"No such page." in body


def test_a_folder_without_its_slash_leads_to_the_one_with_it(preview):
    status, headers, _body = preview.get("/tasks/math")
    assert (status, headers["Location"]) == (301, "/tasks/math/")


def test_two_slashes_in_front_never_lead_to_another_host(preview):
    _status, headers, _body = preview.get("//tasks/math")
    assert headers.get("Location", "/tasks/math/") == "/tasks/math/"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/tasks/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/link.txt",
        "/%00",
        "/C:/secret.txt",
        "/" + "x" * 5_000,
        "/" + "y/" * 4_000,
    ],
)
def test_nothing_outside_the_site_is_shown(preview, path):
    status, _headers, body = preview.get(path)
    assert status == 404
    assert b"secret" not in body


def test_an_absolute_path_is_none_of_the_file_system(preview):
    secret = preview.folder.parent / "secret.txt"
    assert secret.read_text() == "secret"
    assert file_of(preview.folder, f"/{secret}") is None
    assert file_of(preview.folder, f"//{secret}") is None


def test_it_listens_on_this_machine_alone(preview):
    assert preview.said[0] == f"preview: http://127.0.0.1:{preview.port}/ (Ctrl-C ends it)"
    with socket.socket() as other:  # the same port of another address of this machine is free
        other.bind(("127.0.0.2" if sys.platform == "linux" else "::1", preview.port))


def test_a_port_that_is_taken_is_said_with_what_to_do(preview):
    with pytest.raises(SettingsError, match=rf"port {preview.port}: .*--port"):
        serve(preview.folder, [], lambda: None, lambda text: None, port=preview.port)
    with pytest.raises(SettingsError, match="port 70000"):
        serve(preview.folder, [], lambda: None, lambda text: None, port=70_000)


def test_the_script_is_a_file_of_its_own_as_the_pages_policy_demands(preview):
    status, headers, body = preview.get("/_reload.js?1")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert b"location.reload()" in body
    assert b"eval" not in body


def test_a_page_without_an_end_of_body_gets_the_script_too():
    assert with_reload(b"<p>Hello", 3) == b'<p>Hello<script src="/_reload.js?3" defer></script>'
    assert with_reload(b"<pre>&lt;/body></pre>", 3).endswith(b"</script>")


class Stream:
    """An open page: reads the events that the preview sends."""

    def __init__(self, preview, seen):
        self.connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=20)
        self.connection.request("GET", f"/_reload?{seen}")
        self.answer = self.connection.getresponse()
        self.first = self.answer.readline()

    def event(self):
        text = self.answer.read()
        self.connection.close()
        return text


@pytest.fixture
def source(tmp_path):
    """A watched folder beside the site."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "home.html").write_text("one")
    return folder


def test_a_change_builds_again_and_reloads_the_open_page(tmp_path, source):
    site = tmp_path / "site"
    with running(site, [source], lambda: write_site(site, (source / "home.html").read_bytes())) as preview:
        assert preview.get("/")[2].startswith(b"one<script")
        page = Stream(preview, 1)
        assert page.answer.getheader("Content-Type") == "text/event-stream"
        assert page.first == b"retry: 500\n"
        (source / "home.html").write_text("two")
        assert b"event: reload\ndata: built\n\n" in page.event()
        assert preview.get("/")[2] == b'two<script src="/_reload.js?2" defer></script>'


def test_a_page_of_an_older_build_is_reloaded_at_once(tmp_path, source):
    with running(tmp_path / "site", [source]) as preview:
        assert b"event: reload" in Stream(preview, 0).event()


def test_a_failing_build_is_said_and_the_last_site_stays(tmp_path, source):
    site = tmp_path / "site"

    def rebuild():
        if (source / "home.html").read_text() == "broken":
            raise SiteError("templates/home.html, line 3: unknown name")
        write_site(site)

    with running(site, [source], rebuild) as preview:
        (source / "home.html").write_text("broken")
        wait_for(lambda: len(preview.said) >= 2)
        assert preview.said[1] == "error: templates/home.html, line 3: unknown name\nThe last site is still shown."
        assert preview.get("/")[0] == 200
        (source / "home.html").write_text("mended")
        wait_for(lambda: preview.builds >= 2)


def test_a_first_build_that_fails_leaves_a_page_that_comes_alive_with_the_first_good_one(tmp_path, source):
    def rebuild():
        if (source / "home.html").read_text() == "one":
            raise SiteError("no")
        write_site(tmp_path / "site")

    with running(tmp_path / "site", [source], rebuild) as preview:
        status, _headers, body = preview.get("/")
        assert status == 404
        assert body == b'<p>Not found, or not built yet.<script src="/_reload.js?0" defer></script>'
        page = Stream(preview, 0)
        (source / "home.html").write_text("two")
        assert b"event: reload" in page.event()
        assert preview.get("/")[0] == 200


def test_an_archive_that_appears_later_is_watched_from_then_on(tmp_path, source):
    with running(tmp_path / "site", [source, tmp_path / "data"]) as preview:
        (tmp_path / "data").mkdir()
        wait_for(lambda: preview.builds >= 2)
        before = preview.builds
        (tmp_path / "data" / "2026-08-31.json").write_text("{}")
        wait_for(lambda: preview.builds > before)
        before = preview.builds
        shutil.rmtree(tmp_path / "data")
        wait_for(lambda: preview.builds > before)


def test_what_changes_during_a_build_is_built_next(tmp_path, source):
    seen = []

    def rebuild():
        seen.append((source / "home.html").read_text())
        if len(seen) == 1:
            (source / "home.html").write_text("changed meanwhile")
        write_site(tmp_path / "site")

    with running(tmp_path / "site", [source], rebuild) as preview:
        wait_for(lambda: preview.builds >= 2)
        assert seen[:2] == ["one", "changed meanwhile"]


def test_with_nothing_to_watch_it_still_shows_the_site(tmp_path):
    with running(tmp_path / "site", []) as preview:
        assert preview.get("/")[0] == 200


def test_ctrl_c_ends_it_cleanly(tmp_path, source):
    said = []

    def interrupted():
        raise KeyboardInterrupt

    serve(tmp_path / "site", [source], interrupted, said.append, port=0)
    assert said[1:] == ["preview ended"]


def test_ending_it_ends_the_streams_of_open_pages(tmp_path, source):
    with running(tmp_path / "site", [source]) as preview:
        page = Stream(preview, 1)
    assert b"event" not in page.event()
