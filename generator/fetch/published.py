"""Files of another published copy of the site: one after the other over one connection, no more bytes than expected.

Nothing but the path is sent: no key, no cookie, no header of ours beside the wish for plain bytes. The address is the
reader's, so any host with TLS (or this machine) will do; a redirect is followed within that host only.
"""

import asyncio
import hashlib
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

import httpx

from generator.addresses import raw_path
from generator.errors import LiveError, shown
from generator.models import Listed

from .request import LIMITS, LOCAL_HOSTS

_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "task-share"}
_FOLDER = "data/v1/"
_SECONDS = 60.0  # for one file, from the first byte sent to the last received
_TRIES = 3
_REDIRECTS = 3
_GZIP_BYTES = 1_000  # more than gzip adds to what cannot be made smaller


def read_published(address: str, path: str, max_bytes: int) -> bytes:
    """The file at `path` below `data/v1/` of the site at `address`. Raises LiveError."""
    site = site_address(address)

    async def read() -> bytes:
        async with _client(site) as client:
            return await _file(client, site.join(_FOLDER + path), max_bytes)

    return asyncio.run(read())


def read_listed(address: str, wanted: Sequence[Listed], on_done: Callable[[int], None]) -> tuple[bytes, ...]:
    """These files, each of the size and the checksum that is expected. `on_done` hears how many are read.

    Raises LiveError, which names the file, for the first that is not to be had or is another than expected.
    """
    site = site_address(address)

    async def read() -> tuple[bytes, ...]:
        bodies = []
        async with _client(site) as client:
            for number, one in enumerate(wanted, 1):
                bodies.append(_checked(await _snapshot(client, site, one), one))
                on_done(number)
        return tuple(bodies)

    return asyncio.run(read())


def site_address(address: str) -> httpx.URL:
    """The address of a site, with a slash at its end. Raises LiveError for what is none."""
    problem = LiveError(
        f"found {shown(address, 200)}, expected the address of a published site like https://example.org/task-share/ "
        "(or http on this machine). No request was sent"
    )
    try:
        url = httpx.URL(f"{address.rstrip('/')}/")
    except (httpx.InvalidURL, ValueError) as exc:
        raise problem from exc
    is_safe = (url.scheme == "https" and url.host) or (url.scheme == "http" and url.host in LOCAL_HOSTS)
    if not is_safe or url.userinfo or url.query or url.fragment:
        raise problem
    return url


@asynccontextmanager
async def _client(site: httpx.URL) -> AsyncIterator[httpx.AsyncClient]:
    timeout = httpx.Timeout(LIMITS.read_seconds, connect=LIMITS.connect_seconds)
    is_local = site.host in LOCAL_HOSTS
    async with httpx.AsyncClient(headers=_HEADERS, timeout=timeout, trust_env=not is_local) as client:
        yield client


async def _snapshot(client: httpx.AsyncClient, site: httpx.URL, one: Listed) -> bytes:
    """Its bytes, unpacked where it is published packed; at most one more than it is said to have."""
    url = site.join(raw_path(one.path, is_packed=one.is_packed))
    body = await _file(client, url, one.size_bytes + (_GZIP_BYTES if one.is_packed else 0))
    if not one.is_packed:
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, one.size_bytes + 1)
    except zlib.error as exc:
        raise LiveError(
            f"{shown(str(url), 200)}: found no gzip ({exc}), expected the packed snapshot. Nothing was stored"
        ) from exc


async def _file(client: httpx.AsyncClient, url: httpx.URL, max_bytes: int) -> bytes:
    """What may pass is tried again at once."""
    for tries_left in reversed(range(_TRIES)):
        try:
            async with asyncio.timeout(_SECONDS):
                return await _followed(client, url, max_bytes)
        except LiveError as exc:
            if not (exc.is_transient and tries_left):
                raise
        except (httpx.HTTPError, TimeoutError) as exc:
            if not tries_left:
                raise LiveError(
                    f"{shown(str(url), 200)}: no whole answer in {_TRIES} tries ({type(exc).__name__}). "
                    "Nothing was stored; try again later",
                    is_transient=True,
                ) from exc
    raise AssertionError("the last try returns or raises")


async def _followed(client: httpx.AsyncClient, url: httpx.URL, max_bytes: int) -> bytes:
    for _ in range(_REDIRECTS + 1):
        async with client.stream("GET", url) as response:
            if not response.is_redirect:
                return await _body(response, max_bytes)
            url = _target(response)
    raise LiveError(f"{shown(str(url), 200)} redirects more than {_REDIRECTS} times, expected the file")


def _target(response: httpx.Response) -> httpx.URL:
    """Where a redirect leads, if that is the same host by the same scheme."""
    url = response.request.url
    try:
        target = url.join(response.headers.get("Location", ""))
    except (httpx.InvalidURL, ValueError) as exc:
        raise LiveError(f"{shown(str(url), 200)}: found a redirect to an address that cannot be read") from exc
    if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
        raise LiveError(
            f"{shown(str(url), 200)}: found a redirect to {shown(target.host, 120)}, expected the file on this "
            "host. It was not followed and nothing was stored; if the site lives there now, give that address"
        )
    return target


async def _body(response: httpx.Response, max_bytes: int) -> bytes:
    named = shown(str(response.request.url), 200)
    if response.status_code != HTTPStatus.OK:
        raise LiveError(
            f"{named}: found status {response.status_code}, expected 200 and the file. Nothing was stored; "
            "look whether the address is that of the site's front page",
            is_transient=response.status_code >= 500,
        )
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise LiveError(f"{named}: found more than {max_bytes:,} bytes, expected no more. Nothing was stored")
    return bytes(body)


def _checked(body: bytes, one: Listed) -> bytes:
    found = hashlib.sha256(body).hexdigest()
    if (len(body), found) == (one.size_bytes, one.sha256):
        return body
    raise LiveError(
        f"{shown(one.path)}: found {len(body):,} bytes with SHA-256 {found}, expected {one.size_bytes:,} with "
        f"{one.sha256}, as index.json says. Nothing was stored; the site may just have changed: try again in an hour"
    )
