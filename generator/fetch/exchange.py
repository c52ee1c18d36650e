"""Request -> Answer: one exchange with the server, bounded in time and size whatever it does."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from generator.errors import FetchError, TransientFetchError, shown

from .key import redacted
from .request import LOCAL_HOSTS, Request

_ERROR_BODY_BYTES = 64 * 1024
_ERROR_BODY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it arrived."""

    status: int
    headers: httpx.Headers
    body: bytes


def exchange(request: Request, seconds: float) -> Answer:
    """The answer, if it arrives whole within `seconds`. Raises TransientFetchError if not, FetchError if too large.

    It runs in an event loop of its own, because only that can stop a server which sends a byte now and then.
    """
    host = request.url.host
    try:
        return asyncio.run(_answer(request, seconds))
    except TimeoutError as exc:
        raise TransientFetchError(f"{host} did not finish its answer within {seconds:.3g} s") from exc
    except httpx.TimeoutException as exc:
        raise TransientFetchError(f"{host} did not answer in time ({type(exc).__name__})") from exc
    except httpx.NetworkError as exc:
        reason = shown(redacted(str(exc), request.key), 120)
        raise TransientFetchError(f"no connection to {host}, or it broke off: {reason}") from exc
    except httpx.ProxyError as exc:
        raise TransientFetchError(f"the proxy that the environment names did not connect to {host}") from exc
    except httpx.HTTPError as exc:
        raise TransientFetchError(f"the answer of {host} broke off before its end, or was not HTTP") from exc


async def _answer(request: Request, seconds: float) -> Answer:
    limits = request.limits
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    async with (
        asyncio.timeout(max(seconds, 0.001)),
        _client(request, timeout) as client,
        client.stream("GET", request.url, headers=list(request.headers)) as response,
    ):
        if response.status_code != HTTPStatus.OK:
            return Answer(response.status_code, response.headers, await _error_body(response))
        return Answer(response.status_code, response.headers, await _body(response, limits.max_bytes))


def _client(request: Request, timeout: httpx.Timeout) -> httpx.AsyncClient:
    """Proxies and certificates of the environment count for OpenRouter: there TLS hides the key from the proxy.

    They do not for this machine, where a plain request with the key would go to the proxy instead.
    """
    try:
        return httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=request.url.host not in LOCAL_HOSTS)
    except (ImportError, ValueError) as exc:  # a proxy of an unknown kind
        raise FetchError(
            "the proxy that HTTPS_PROXY or ALL_PROXY names cannot be used, expected one like http://proxy.example:3128"
        ) from exc


async def _body(response: httpx.Response, max_bytes: int) -> bytes:
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced[:20]) > max_bytes:
        raise _too_large(max_bytes)
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
    return bytes(body)


def _too_large(max_bytes: int) -> FetchError:
    return FetchError(
        f"the answer is larger than {max_bytes:,} bytes, expected about 31,000. It was not read to its end and "
        "nothing was stored; look at what the address sends"
    )


async def _error_body(response: httpx.Response) -> bytes:
    """What an error says, as far as it can be read: its status counts even if its body is broken."""
    body = bytearray()
    try:
        async with asyncio.timeout(_ERROR_BODY_SECONDS):
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _ERROR_BODY_BYTES:
                    return b""
    except (httpx.HTTPError, TimeoutError):
        return b""
    return bytes(body)
