"""The published site: a file of it, as readers get it. No key goes with this request, so redirects are followed."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

import httpx

from generator.errors import FetchError, LiveError, TransientFetchError, shown

from .exchange import Answer, exchange
from .request import LIMITS, Request

_REDIRECTS = 5
_SECONDS = 60.0


def read_live(address: str, path: str) -> bytes | None:
    """The file at `path` of the site at `address`; None where the site has no such file.

    Raises LiveError for any other answer, and for a site that does not answer.
    """
    request = Request(_address_of(address, path), ((b"Cache-Control", b"no-cache"),), "", LIMITS, lambda body: None)
    for _ in range(_REDIRECTS):
        answer = _answer(request)
        if answer.status == HTTPStatus.OK:
            return answer.body
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        if not 300 <= answer.status < 400:
            words = f"{shown(str(request.url), 200)} answered {answer.status}, expected 200"
            raise LiveError(words, is_transient=answer.status >= 500)
        request = replace(request, url=_target(answer, request))
    raise LiveError(f"{shown(address, 200)} redirects more than {_REDIRECTS} times, expected the site")


def _answer(request: Request) -> Answer:
    try:
        return exchange(request, _SECONDS)
    except TransientFetchError as exc:
        raise LiveError(f"the published site does not answer: {exc}", is_transient=True) from exc
    except FetchError as exc:
        raise LiveError(f"{shown(str(request.url), 200)}: {exc}") from exc


def _target(answer: Answer, request: Request) -> httpx.URL:
    return _checked(str(request.url), lambda: request.url.join(answer.headers.get("Location", "")))


def _address_of(address: str, path: str) -> httpx.URL:
    return _checked(address, lambda: httpx.URL(f"{address.rstrip('/')}/{path}"))


def _checked(named: str, make: Callable[[], httpx.URL]) -> httpx.URL:
    problem = LiveError(f"{shown(named, 200)}: found no address of a site, expected one like https://example.org/")
    try:
        url = make()
    except (httpx.InvalidURL, ValueError) as exc:
        raise problem from exc
    if url.scheme not in ("http", "https") or not url.host:
        raise problem
    return url
