"""The one request: where it may go and what it carries."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from generator.errors import FetchError, shown
from generator.models import Settings

ENDPOINT = "/classifications/task"
OFFICIAL_HOST = "openrouter.ai"
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take. The total for all of them is a setting, `total_seconds`."""

    connect_seconds: float = 10.0
    read_seconds: float = 30.0  # without a single byte
    max_bytes: int = 4 * 1024 * 1024  # a real answer has 31 KB


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Request:
    """The one request, ready to be sent."""

    url: httpx.URL
    headers: tuple[tuple[bytes, bytes], ...]
    key: str
    limits: Limits
    error_message: Callable[[bytes], str | None]


def make_request(
    api_url: str,
    key: str,
    settings: Settings,
    limits: Limits,
    error_message: Callable[[bytes], str | None],
    *,
    endpoint: str = ENDPOINT,
) -> Request:
    """The request for the window of the settings. Raises FetchError for a host that may not have the key."""
    url = _address_of(api_url, endpoint)
    asked = url.copy_with(params={"window": settings.window}) if endpoint == ENDPOINT else url
    return Request(asked, _headers(key, settings), key, limits, error_message)


def _address_of(api_url: str, endpoint: str) -> httpx.URL:
    """The address of the request, if its host may have the key."""
    try:
        url = httpx.URL(api_url.rstrip("/") + endpoint)
    except httpx.InvalidURL as exc:
        raise _refused_url(api_url) from exc
    is_official = url.scheme == "https" and url.host == OFFICIAL_HOST and url.port is None
    is_local = url.scheme in ("http", "https") and url.host in LOCAL_HOSTS
    if not (is_official or is_local) or url.userinfo or url.query or url.fragment:
        raise _refused_url(api_url)
    return url


def _refused_url(api_url: str) -> FetchError:
    return FetchError(
        f"--api-url: found {shown(api_url, 120)}, expected https://{OFFICIAL_HOST}/api/v1, or for a test an address "
        "on this machine like http://127.0.0.1:8000/api/v1. No request was sent: the key goes nowhere else"
    )


def _headers(key: str, settings: Settings) -> tuple[tuple[bytes, bytes], ...]:
    """The key, and who asks (https://openrouter.ai/docs/app-attribution). Names may hold any letter: UTF-8."""
    headers = {
        "Authorization": f"Bearer {key}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",  # the bytes that are stored are the bytes that were sent
        "HTTP-Referer": settings.referer or settings.address,
        "X-OpenRouter-Title": settings.name,
        "X-OpenRouter-Categories": settings.categories,
    }
    return tuple((name.encode(), value.encode()) for name, value in headers.items() if value)
