"""What OpenRouter says of the key itself: until when it lives, and what it may still spend."""

import json
from datetime import datetime

from generator.errors import TransientFetchError
from generator.models import KeyFacts, Settings

from .exchange import exchange
from .judge import check_status
from .key import clean_key
from .request import LIMITS, make_request

ENDPOINT = "/key"
_SECONDS = 20.0


def key_facts(api_url: str, key: str, settings: Settings) -> KeyFacts:
    """Expiry and limit of the key. Raises FetchError; nothing depends on this request but advice."""
    request = make_request(api_url, clean_key(key), settings, LIMITS, lambda body: None, endpoint=ENDPOINT)
    answer = exchange(request, _SECONDS)
    check_status(answer, request)
    try:
        said = json.loads(answer.body)["data"]
        expires_at, remaining = said.get("expires_at"), said.get("limit_remaining")
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as exc:
        raise TransientFetchError("the answer about the key is not what its description says") from exc
    is_number = isinstance(remaining, int | float) and not isinstance(remaining, bool)
    return KeyFacts(_moment(expires_at), float(remaining) if is_number else None)


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
