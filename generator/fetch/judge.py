"""Answer -> what it means: fine, try again, or stop. What it says inside is for `validate`."""

import json
from http import HTTPStatus

import httpx

from generator.errors import FetchError, KeyRefusedError, TransientFetchError, shown

from .dates import retry_after_seconds
from .exchange import Answer
from .key import HOW_TO_ROTATE, is_telling, redacted
from .request import Request

_SAYS_NOTHING = frozenset({"", "text/plain", "application/octet-stream"})  # content types: then the first byte decides


def check_status(answer: Answer, request: Request) -> None:
    """Anything but 200 raises what it means."""
    status = answer.status
    if status == HTTPStatus.OK:
        return
    said = _said(answer, request)
    if 300 <= status < 400:
        raise FetchError(
            f"{said}: a redirect to {_redirect_host(answer, request)}. It was not followed: the key goes nowhere else"
        )
    if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS) or status >= 500:
        wait = retry_after_seconds(answer.headers)
        raise TransientFetchError(said if wait is None else f"{said}; it asks to wait {wait:g} s", wait)
    if status == HTTPStatus.UNAUTHORIZED:
        raise KeyRefusedError(f"{said}. {HOW_TO_ROTATE}")
    raise FetchError(f"{said}. {_WHAT_TO_DO.get(status, 'Nothing was stored; look at the address and the window')}")


_WHAT_TO_DO = {
    400: "Nothing was stored; the window that was asked for may not be offered: see --window",
    402: "Nothing was stored; the account has no credit left: see https://openrouter.ai/settings/credits",
    403: "Nothing was stored; the key may not read this: see its limits at https://openrouter.ai/settings/keys",
    404: "Nothing was stored; the address is wrong or the endpoint is gone: see --api-url",
}


def _said(answer: Answer, request: Request) -> str:
    """`openrouter.ai answered 403 Forbidden: "Key limit exceeded"`."""
    try:
        phrase = f" {HTTPStatus(answer.status).phrase}"
    except ValueError:
        phrase = ""
    message = request.error_message(redacted(answer.body.decode("latin-1"), request.key).encode("latin-1"))
    quoted = f": {shown(redacted(message, request.key), 240)}" if message else ""
    return f"{request.url.host} answered {answer.status}{phrase}{quoted}"


def _redirect_host(answer: Answer, request: Request) -> str:
    try:
        target = request.url.join(answer.headers.get("Location", ""))
    except (httpx.InvalidURL, ValueError):
        return "an address that cannot be read"
    return shown(redacted(target.host, request.key), 120)


def check_body(answer: Answer, request: Request) -> None:
    """Raises for a body that is not a whole JSON object. Whether it is strict JSON is judged by `validate`."""
    kind = redacted(answer.headers.get("Content-Type", ""), request.key).partition(";")[0].strip().lower()
    is_json = kind == "application/json" or kind.endswith("+json")
    if not is_json and kind not in _SAYS_NOTHING:
        raise TransientFetchError(f"the answer is of type {shown(kind)}, expected application/json")
    if not answer.body.lstrip().startswith(b"{"):
        raise TransientFetchError("the answer does not begin as a JSON object, expected {")
    try:
        json.loads(answer.body)
    except (json.JSONDecodeError, UnicodeDecodeError) as exc:
        raise TransientFetchError(f"the answer is not whole: {len(answer.body):,} bytes that are not JSON") from exc
    except (ValueError, RecursionError):
        pass  # whole, but beyond Python's limits: validate says how
    if is_telling(request.key) and request.key.encode() in answer.body:
        raise FetchError("the answer holds the key itself, and answers are published. Nothing was stored")
