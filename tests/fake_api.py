"""The endpoint on localhost: a real HTTP server that gives the answers of a script, as CONTRACT.md describes them.

Without a script it behaves as the real one: 401 without a key, 400 for another window than 7d, else the answer.
"""

import contextlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from responses import body, error

DATE = "Tue, 01 Sep 2026 00:39:12 GMT"
PATH = "/api/v1/classifications/task"


@dataclass(frozen=True)
class Reply:
    """One answer of the script."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str | None] = field(default_factory=dict)  # None: this header is not sent
    sent_bytes: int | None = None  # the connection is closed after so many bytes of the body
    hangs: bool = False  # nothing is answered until the server stops
    drips_seconds: float | None = None  # between one byte and the next, from the status line on


class FakeApi:
    """`api.url` is what `--api-url` takes, `api.requests` what arrived, `api.script` the answers, the last for ever."""

    def __init__(self):
        self.script: list[Reply] = []
        self.requests: list[BaseHTTPRequestHandler] = []
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"api": self}))
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/api/v1"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def answers(self, *replies):
        """Script: bytes are a good answer."""
        self.script = [reply if isinstance(reply, Reply) else Reply(reply) for reply in replies]
        self.requests.clear()

    def reply_to(self, request):
        if self.script:
            return self.script[min(len(self.requests), len(self.script)) - 1]
        url = urlsplit(request.path)
        if url.path != PATH:
            return Reply(error(404, "Not Found"), 404)
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            return Reply(error(401, "No cookie auth credentials found"), 401)
        if parse_qs(url.query).get("window", ["7d"]) != ["7d"]:
            return Reply(error(400, "Invalid window"), 400)
        return Reply(body())


class _Handler(BaseHTTPRequestHandler):
    api: FakeApi

    def do_GET(self):
        self.api.requests.append(self)
        reply = self.api.reply_to(self)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the client had enough
            self._send(reply)
        self.close_connection = True

    def _send(self, reply):
        if reply.hangs:
            self.api.stopped.wait()
            return
        self.send_response_only(reply.status)
        for name, value in (self._headers(reply) | reply.headers).items():
            if value is not None:
                self.send_header(name, value)
        head = b"".join(self._headers_buffer) + b"\r\n"
        self._headers_buffer.clear()
        self._write(head + reply.body[: reply.sent_bytes], reply.drips_seconds)

    def _write(self, sent, drips_seconds):
        if drips_seconds is None:
            self.wfile.write(sent)
            return
        for byte in sent:
            self.wfile.write(bytes([byte]))
            if self.api.stopped.wait(drips_seconds):
                return

    def _headers(self, reply):
        return {
            "Date": DATE,
            "Content-Type": "application/json",
            "Content-Length": str(len(reply.body)),
            "Cache-Control": "private, max-age=60, stale-while-revalidate=300",
        }

    def log_message(self, *_):
        pass
