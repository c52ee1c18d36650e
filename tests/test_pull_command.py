"""`generator pull` as a user runs it, against a real server of a published site."""

import functools
import gzip
import hashlib
import json
import os
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from built import build, data_files
from conftest import contents
from responses import body

from generator.sample import sample_files

ARCHIVE = {
    "7d/2026-08-20.json": body("2026-08-20", variant=1),
    "7d/2026-08-24.json": body("2026-08-24"),
    "7d/2026-08-24.r2.json": body("2026-08-24", variant=2),
    "7d/2026-08-31.json": body("2026-08-31", variant=3) + b"\n",
}
INDEX = "data/v1/index.json"


class Handler(SimpleHTTPRequestHandler):
    """The files of a folder; what `server.instead` has of a path is sent in place of the file."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        instead = self.server.instead.get(self.path)
        if instead is None:
            super().do_GET()
            return
        self.wfile.write(instead)
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def site(tmp_path):
    """A published site: its folder, its address, what was asked of it, what is sent instead of its files."""
    folder = tmp_path / "published"
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    server.asked, server.instead, server.folder = [], {}, folder
    server.url = f"http://127.0.0.1:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def publish(site, archived):
    """Its data files and snapshots, as a build leaves them."""
    files = {path: file.body for path, file in data_files(archived.items()).items()} | archived
    for path, sent in files.items():
        (site.folder / "data/v1" / path).parent.mkdir(parents=True, exist_ok=True)
        (site.folder / "data/v1" / path).write_bytes(sent)


def edit(site, change):
    """The published index, changed."""
    index = json.loads((site.folder / INDEX).read_bytes())
    change(index)
    (site.folder / INDEX).write_bytes(json.dumps(index).encode())


def answer(status, sent=b"", **headers):
    lines = [f"HTTP/1.0 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + sent


def refused(run, site, data, *said):
    """The pull is refused in these words, and nothing is left."""
    before = contents(data) if data.exists() else None
    result = run("pull", site.url)
    assert (result.code, "Traceback" in result.err) == (1, False)
    for words in said:
        assert words in result.err
    assert (contents(data) if data.exists() else None) == before
    return result


def test_the_archive_of_a_built_site_is_taken_byte_for_byte(run, site, data, tmp_path, drawings):
    archived = {
        "7d/2026-08-30.json": body("2026-08-30", tasks=3, models=3),
        "7d/2026-08-30.r2.json": body("2026-08-30", tasks=3, models=3, variant=1),
        "7d/2026-08-31.json": body(tasks=3, models=3),
    }
    build(site.folder, archived.items(), cache=drawings)
    result = run("pull", site.url)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[-1] == f"took 3 files from {site.url}; data now holds 2 days up to 2026-08-31"
    assert contents(data) == archived


def test_packed_snapshots_are_taken_as_they_were(run, site, data, tmp_path, drawings, monkeypatch):
    monkeypatch.setattr("generator.analyse.log.NEWEST_DAYS", 3)
    days = [f"2026-08-{n:02}" for n in range(1, 25)]
    archived = {f"7d/{as_of}.json": body(as_of, variant=n, tasks=3, models=3) for n, as_of in enumerate(days)}
    build(site.folder, archived.items(), cache=drawings)
    assert len([path for path in (site.folder / "data/v1/7d").iterdir() if path.suffix == ".gz"]) > 5
    result = run("pull", site.url)
    assert (result.code, result.err) == (0, "")
    assert contents(data) == archived


def test_an_index_that_does_not_say_where_snapshots_are_has_them_at_their_paths(run, site, data):
    publish(site, ARCHIVE)
    edit(site, lambda index: [one.pop("file") for one in index["snapshots"]])
    assert run("pull", site.url).code == 0
    assert contents(data) == ARCHIVE


def test_pulling_again_takes_nothing_and_asks_only_for_the_index(run, site, data):
    publish(site, ARCHIVE)
    assert run("pull", site.url).code == 0
    site.asked.clear()
    result = run("pull", site.url.rstrip("/"))
    assert result.code == 0 and "took 0 files" in result.out and "4 there already" in result.out
    assert [path for path, _ in site.asked] == [f"/{INDEX}"]
    assert contents(data) == ARCHIVE


def test_only_what_is_missing_is_taken_a_later_revision_of_a_known_day_too(run, site, data):
    publish(site, ARCHIVE)
    for path in ("7d/2026-08-24.json", "7d/2026-08-31.json"):
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(ARCHIVE[path])
    own = {"7d/2026-09-01.json": body("2026-09-01", variant=4)}
    (data / "7d/2026-09-01.json").write_bytes(own["7d/2026-09-01.json"])
    result = run("pull", site.url)
    assert result.out.splitlines()[-1] == (
        f"took 2 files from {site.url}, 2 there already; data now holds 4 days up to 2026-09-01"
    )
    assert contents(data) == ARCHIVE | own


def test_neither_the_key_nor_anything_else_is_sent_and_no_other_host_is_asked(run, site, data):
    publish(site, ARCHIVE)
    run("pull", site.url)
    assert [path for path, _ in site.asked] == [f"/{INDEX}", *(f"/data/v1/{path}" for path in ARCHIVE)]
    for _, headers in site.asked:
        assert set(headers) <= {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}


def test_no_key_is_needed(run, site):
    publish(site, ARCHIVE)
    assert run("pull", site.url, key="").code == 0


def test_another_file_of_a_day_that_is_there_is_an_error_and_nothing_is_overwritten(run, site, data):
    publish(site, ARCHIVE)
    (data / "7d").mkdir(parents=True)
    (data / "7d/2026-08-24.json").write_bytes(body("2026-08-24", variant=4))
    refused(run, site, data, '"data/7d/2026-08-24.json" is there with SHA-256', "Nothing was stored")
    assert len(site.asked) == 1, "seen before anything is downloaded"


# ---------------------------------------------------------------- what is refused by name


def test_a_flipped_byte_is_refused(run, site, data):
    publish(site, ARCHIVE)
    sent = bytearray(ARCHIVE["7d/2026-08-24.r2.json"])
    sent[100] ^= 1
    (site.folder / "data/v1/7d/2026-08-24.r2.json").write_bytes(sent)
    expected = hashlib.sha256(ARCHIVE["7d/2026-08-24.r2.json"]).hexdigest()
    refused(run, site, data, '"7d/2026-08-24.r2.json": found', hashlib.sha256(sent).hexdigest(), f"with {expected}")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (lambda plain: plain, "found no gzip"),
        (lambda plain: gzip.compress(plain)[:-200], '"7d/2026-08-24.json": found'),
        (lambda plain: gzip.compress(plain + b" " * 100_000), '"7d/2026-08-24.json": found'),
        (lambda plain: gzip.compress(b" " * 1_000_000_000), "found more than"),
    ],
    ids=["not packed", "cut off", "unpacks to more", "unpacks without end"],
)
def test_a_packed_snapshot_that_is_not_what_is_listed_is_refused(run, site, data, sent, said):
    publish(site, ARCHIVE)
    edit(site, lambda index: index["snapshots"][1].update(file="7d/2026-08-24.json.gz"))
    (site.folder / "data/v1/7d/2026-08-24.json.gz").write_bytes(sent(ARCHIVE["7d/2026-08-24.json"]))
    refused(run, site, data, said)


@pytest.mark.parametrize("file", ["../../2026-08-24.json.gz", "7d/2026-08-25.json.gz", "7d/2026-08-24.json.gz.gz"])
def test_a_file_that_is_not_that_of_its_snapshot_is_refused_before_anything_is_asked_for(run, site, data, file):
    publish(site, ARCHIVE)
    edit(site, lambda index: index["snapshots"][1].update(file=file))
    refused(
        run,
        site,
        data,
        f'snapshots[1].file: found "{file}" (text), expected 7d/2026-08-24.json or 7d/2026-08-24.json.gz',
    )
    assert [path for path, _ in site.asked] == [f"/{INDEX}"]


def test_a_missing_file_is_refused(run, site, data):
    publish(site, ARCHIVE)
    (site.folder / "data/v1/7d/2026-08-31.json").unlink()
    refused(run, site, data, '/data/v1/7d/2026-08-31.json": found status 404, expected 200')


def test_a_wrong_checksum_and_a_wrong_size_are_refused(run, site, data):
    publish(site, ARCHIVE)
    edit(site, lambda index: index["snapshots"][1].update(sha256="0" * 64))
    refused(run, site, data, '"7d/2026-08-24.json": found', "0" * 64)
    publish(site, ARCHIVE)
    edit(site, lambda index: index["snapshots"][1].update(bytes=7))
    refused(run, site, data, '7d/2026-08-24.json": found more than 7 bytes')


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "7d/../../2026-08-24.json",
        "/7d/2026-08-24.json",
        "7d\\2026-08-24.json",
        "7d/2026-08-24.json?x",
        "30d/2026-08-24.json",
        "7d/2026-08-24.r1.json",
        "7d/2026-08-25.json",
        "https://example.org/7d/2026-08-24.json",
        "7d/2026-08-24.json\n",
    ],
)
def test_a_path_that_is_not_that_of_its_own_day_is_refused_before_anything_is_asked_for(run, site, data, path):
    publish(site, ARCHIVE)
    edit(site, lambda index: index["snapshots"][1].update(path=path))
    refused(run, site, data, "snapshots[1].path: found", "expected 7d/YYYY-MM-DD.json")
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda index: index["snapshots"].append(index["snapshots"][0]), "found the revisions [1, 1]"),
        (lambda index: index["snapshots"].pop(1), "found the revisions [2], expected 1 to 1"),
        (lambda index: index.update(snapshots=[]), "snapshots: found a list of 0"),
        (lambda index: index.update(snapshots=index["snapshots"][:1] * 20_001), "snapshots: found a list of 20001"),
        (lambda index: index["snapshots"][0].update(bytes=10**10), "snapshots.0.bytes: found 10000000000"),
        (lambda index: index.update(schema_version="2.0"), 'schema_version: found "2.0"'),
        (lambda index: index.update(window="30d"), "expected 30d/YYYY-MM-DD.json"),
        (lambda index: index.pop("snapshots"), "snapshots: found an object: Field required"),
        (lambda index: index.update(sample="no"), 'sample: found "no"'),
    ],
)
def test_an_index_that_no_archive_has_is_refused(run, site, data, change, said):
    publish(site, ARCHIVE)
    edit(site, change)
    refused(run, site, data, said, "data/v1/index.json cannot be used", "Nothing was stored")


@pytest.mark.parametrize(
    "sent",
    [b"<!doctype html><title>Not found</title>", b"", b'{"a": NaN}', b'{"a":1,"a":2}', b"[" * 100_000, b"\xff{}"],
)
def test_an_index_that_is_no_strict_json_is_refused(run, site, data, sent):
    publish(site, ARCHIVE)
    (site.folder / INDEX).write_bytes(sent)
    refused(run, site, data, "data/v1/index.json cannot be used; expected that of a published copy of this site")


def test_a_site_that_shows_the_sample_is_refused(run, site, data):
    publish(site, dict(sample_files(2)))
    refused(run, site, data, "shows the sample, fictional models")


def test_a_fictional_answer_is_refused_even_if_the_index_hides_it(run, site, data):
    publish(site, dict(sample_files(2)))
    edit(site, lambda index: index.update(sample=False))
    refused(run, site, data, "marks itself as fictional")


def test_a_site_of_another_window_says_how_to_take_it(run, site, data):
    publish(site, ARCHIVE)
    result = run("pull", "--window", "30d", site.url)
    assert result.code == 1 and "found snapshots of the window 7d, expected 30d" in result.err
    assert not data.exists()


def test_what_the_checksum_lets_through_is_validated_again(run, site, data):
    sent = body("2026-08-24").replace(b'"tag":"', b'"tug":"', 1)
    publish(site, ARCHIVE)
    (site.folder / "data/v1/7d/2026-08-24.json").write_bytes(sent)
    changed = {"bytes": len(sent), "sha256": hashlib.sha256(sent).hexdigest()}
    edit(site, lambda index: index["snapshots"][1].update(changed))
    refused(run, site, data, '"7d/2026-08-24.json" is not a snapshot', "data.classifications[0].tag: found nothing")


def test_a_day_that_has_not_come_yet_is_refused(run, site, data):
    publish(site, ARCHIVE | {"7d/2026-09-02.json": body("2026-09-02", variant=4)})
    refused(run, site, data, "7d/2026-09-02.json: found a day that has not come yet")


def test_a_server_that_dies_half_way_is_tried_again_and_then_named(run, site, data):
    publish(site, ARCHIVE)
    path = "/data/v1/7d/2026-08-24.r2.json"
    half = ARCHIVE["7d/2026-08-24.r2.json"][:500]
    site.instead[path] = answer("200 OK", half, **{"Content-Length": 5_000})
    refused(run, site, data, f'{path}": no whole answer in 3 tries (RemoteProtocolError)', "try again later")
    assert [asked for asked, _ in site.asked].count(path) == 3


def test_a_server_that_is_down_for_a_moment_is_tried_again(run, site, data):
    publish(site, ARCHIVE)
    site.instead[f"/{INDEX}"] = answer("503 Service Unavailable")
    refused(run, site, data, "found status 503, expected 200")
    assert len(site.asked) == 3


def test_a_redirect_is_followed_on_the_same_host_alone(run, site, data):
    publish(site, ARCHIVE)
    site.instead[f"/moved/{INDEX}"] = answer("301 Moved Permanently", Location=f"/{INDEX}")
    site.instead["/moved/data/v1/7d/2026-08-20.json"] = answer("302 Found", Location="http://localhost:1/x")
    result = run("pull", f"{site.url}moved/")
    assert result.code == 1
    assert 'found a redirect to "localhost", expected the file on this host. It was not followed' in result.err
    assert not data.exists()


def test_a_server_that_redirects_for_ever_is_left(run, site, data):
    publish(site, ARCHIVE)
    site.instead[f"/{INDEX}"] = answer("301 Moved Permanently", Location=f"/{INDEX}")
    refused(run, site, data, "redirects more than 3 times")


def test_a_packed_answer_that_unpacks_without_end_is_left(run, site, data):
    publish(site, ARCHIVE)
    bomb = gzip.compress(b" " * 40_000_000)
    site.instead[f"/{INDEX}"] = answer("200 OK", bomb, **{"Content-Encoding": "gzip", "Content-Length": len(bomb)})
    refused(run, site, data, "found more than 33,554,432 bytes")


@pytest.mark.parametrize(
    "address",
    ["example.org", "http://example.org/", "ftp://example.org/", "https://", "https://me:secret@example.org/",
     "https://example.org/?a=1", "file:///etc/", "https://example.org/#x", "http://[::1/"],
)  # fmt: skip
def test_an_address_that_is_none_of_a_site_is_refused_without_a_request(run, data, address):
    result = run("pull", address)
    assert result.code == 1
    assert "expected the address of a published site like https://example.org/task-share/" in result.err
    assert "No request was sent" in result.err and not data.exists()


def test_a_disk_that_refuses_in_the_middle_leaves_what_was_there(run, site, data, monkeypatch):
    publish(site, ARCHIVE)
    (data / "7d").mkdir(parents=True)
    (data / "7d/2026-08-20.json").write_bytes(ARCHIVE["7d/2026-08-20.json"])
    link, made = os.link, []

    def full(source, target):
        if str(target).startswith("data/7d/"):
            if made:
                raise OSError(28, "No space left on device")
            made.append(target)
        link(source, target)

    monkeypatch.setattr("os.link", full)
    refused(run, site, data, "No space left on device", "free some space on the disk")
    assert not list(data.glob(".*"))


def test_what_a_killed_pull_left_is_no_part_of_the_archive_and_is_cleared(run, site, data):
    publish(site, ARCHIVE)
    (data / ".7d.pull/7d").mkdir(parents=True)
    (data / ".7d.pull/7d/2026-08-30.json").write_bytes(b"half")
    assert run("pull", site.url).code == 0
    assert contents(data) == ARCHIVE


def test_help_says_what_is_contacted(run, capsys):
    with pytest.raises(SystemExit):
        run("pull", "--help")
    assert "the only host asked is that of URL" in " ".join(capsys.readouterr().out.split())
