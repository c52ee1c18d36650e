"""What the preview answers: the files of the site, and what makes open pages reload.

Comes in: requests from this machine. Goes out: files, opened anew by their path at each request, since a build swaps
the whole folder; the pages among them with a script at their end. Refuses paths outside the folder.
"""

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from urllib.parse import quote, unquote, urlsplit

from .builds import Builds

HOST = "127.0.0.1"
_PING_SECONDS = 10.0  # a silent stream is closed by some browsers

_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}

# A page asks with the number of the build that it came from, so that no build between page and question is missed.
# After a lost connection the server is another one: its site may be too.
_SCRIPT = """\
const source = new EventSource("/_reload" + new URL(document.currentScript.src).search);
let isLost = false;
source.addEventListener("reload", () => location.reload());
source.addEventListener("error", () => { isLost = true; });
source.addEventListener("open", () => { if (isLost) location.reload(); });
"""


class Server(ThreadingHTTPServer):
    """Listens on this machine alone; each request has a thread of its own, since streams stay open."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.builds = Builds()
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        """Without the look-up of the machine's name that HTTPServer does, which may ask a name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.socket.getsockname()[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that went away while it was answered is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        """Answer with a file of the site, or with what makes pages reload."""
        address = urlsplit(self.path)
        if address.path == "/_reload":
            self._stream(address.query)
        elif address.path == "/_reload.js":
            self._send(HTTPStatus.OK, ".js", _SCRIPT.encode())
        else:
            self._send_file(address.path)

    do_HEAD = do_GET  # noqa: N815 - the name is the library's

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: who previews looks at the page."""

    def _send_file(self, address: str) -> None:
        folder = self.server.folder
        path = file_of(folder, address)
        if path is None:
            self._send(HTTPStatus.NOT_FOUND, ".html", _read(folder / "404.html") or b"<p>Not found, or not built yet.")
        elif path.is_dir():
            self._send(HTTPStatus.MOVED_PERMANENTLY, ".html", b"", location=f"{_address_of(folder, path)}/")
        else:
            self._send(HTTPStatus.OK, path.suffix, _read(path) or b"")

    def _send(self, status: HTTPStatus, suffix: str, body: bytes, location: str | None = None) -> None:
        if suffix == ".html":
            body = with_reload(body, self.server.builds.count)
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self, seen: str) -> None:
        """Server-Sent Events: one `reload` once there is another build than the one `seen`."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(b"retry: 500\n\n")
        while self.command != "HEAD" and not self.server.builds.is_closed:
            if self.server.builds.is_past(seen, _PING_SECONDS):
                self.wfile.write(b"event: reload\ndata: built\n\n")
                return
            self.wfile.write(b": waiting\n\n")


def file_of(folder: Path, address: str) -> Path | None:
    """The file of `folder` at the path of a URL; a folder where the slash at the end is missing; None for neither."""
    names = [unquote(name) for name in address.split("/") if name]
    if any(name in (".", "..") or set(name) & set("/\\:\0") for name in names):
        return None
    path = folder.joinpath(*names)
    try:
        if path.is_dir() and address.endswith("/"):
            path /= "index.html"
        is_inside = path.resolve().is_relative_to(folder.resolve())
        is_there = path.is_file() or (path / "index.html").is_file()
    except OSError:  # longer than the file system allows
        return None
    return path if is_inside and is_there else None


def with_reload(page: bytes, build: int) -> bytes:
    """The page with the script that reloads it, at the end of its body."""
    before, end, after = page.rpartition(b"</body>")
    script = f'<script src="/_reload.js?{build}" defer></script>'.encode()
    return before + script + end + after if end else page + script


def _read(path: Path) -> bytes | None:
    """The file, if it is still there: a build may swap the folder at any moment."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _address_of(folder: Path, path: Path) -> str:
    """The path of a URL, with one slash in front: two would name another host."""
    return f"/{quote(path.relative_to(folder).as_posix())}"
