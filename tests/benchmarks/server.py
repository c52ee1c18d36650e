"""A folder served as GitHub Pages serves it: text is gzipped, files may be kept for ten minutes; and what it sent.

HTTP/1.1 on localhost. Bytes are those of the answers' bodies as they were sent.
"""

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

ZIPPED = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/xml")


@dataclass(slots=True)
class Served:
    """A running server: its address, and the body bytes of each answer since `sent` was cleared."""

    url: str
    sent: list[int] = field(default_factory=list)


@contextmanager
def served(folder: Path, elsewhere: Mapping[str, Path] | None = None) -> Iterator[Served]:
    """Serve `folder`; below each path of `elsewhere` the files of another folder."""
    state = Served("")
    roots = {"/": folder, **(elsewhere or {})}

    class Handler(PagesHandler):
        places, sent = roots, state.sent

    with Server(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield state
        server.shutdown()
        thread.join()


@lru_cache(maxsize=200)
def zipped(body: bytes) -> bytes:
    """As a host that zips a file once."""
    return gzip.compress(body, 6, mtime=0)


class Server(ThreadingHTTPServer):
    """Does not wait for connections that a browser left open."""

    daemon_threads = True
    block_on_close = False


class PagesHandler(BaseHTTPRequestHandler):
    """Answers with files."""

    protocol_version = "HTTP/1.1"
    places: Mapping[str, Path]
    sent: list[int]

    def do_GET(self) -> None:
        """Send a file, zipped where hosts zip."""
        file = self._file()
        status = 200 if file.is_file() else 404
        body = file.read_bytes() if file.is_file() else b"not found"
        kind = guess_type(file.name)[0] or "application/octet-stream"
        kind = "application/javascript" if kind == "text/javascript" else kind
        self.send_response(status)
        if kind.startswith(ZIPPED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = zipped(body)
            self.send_header("Content-Encoding", "gzip")
        text = kind.startswith("text/") or kind in ZIPPED
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.sent.append(len(body))  # first: who has read an answer may count on it
        self.wfile.write(body)

    def _file(self) -> Path:
        path = unquote(urlsplit(self.path).path)
        below = max((root for root in self.places if path.startswith(root)), key=len)
        file = self.places[below] / path.removeprefix(below)
        return file / "index.html" if path.endswith("/") else file

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tables are the output."""
