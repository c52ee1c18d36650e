"""All tries together: when to try again, how long to wait, when to give up."""

from collections.abc import Callable

import tenacity

from generator.errors import TransientFetchError
from generator.models import Download, Settings

from .dates import answered_at
from .exchange import exchange
from .judge import check_body, check_status
from .key import clean_key
from .request import LIMITS, Limits, Request, make_request

LONGEST_RETRY_AFTER_SECONDS = 120.0
# As the official SDK, with jitter: 0.5 s, then half as much again each time.
_BACKOFF = tenacity.wait_exponential(multiplier=0.5, exp_base=1.5, max=60) + tenacity.wait_random(0, 0.5)


def download(
    url: str,
    key: str,
    settings: Settings,
    error_message: Callable[[bytes], str | None],
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    limits: Limits = LIMITS,
) -> Download:
    """Get `{url}/classifications/task?window=...`, trying again what may pass.

    `error_message` reads the message out of an error's body; `clock` counts seconds; `sleep` waits.
    Raises FetchError with what to do; TransientFetchError when the tries or the time ran out.
    """
    request = make_request(url, clean_key(key), settings, limits, error_message)
    ends_at = clock() + settings.total_seconds
    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(TransientFetchError),
        wait=_wait_seconds,
        stop=lambda state: state.attempt_number >= settings.tries or clock() + state.upcoming_sleep >= ends_at,
        sleep=sleep,
        retry_error_callback=lambda state: _give_up(state, settings),
    )
    return retrying(lambda: _try_once(request, ends_at - clock(), retrying.statistics["attempt_number"]))


def _wait_seconds(state: tenacity.RetryCallState) -> float:
    """What the server asked for, at most two minutes; else longer each time, with jitter."""
    asked = getattr(state.outcome.exception() if state.outcome else None, "retry_after_seconds", None)
    return _BACKOFF(state) if asked is None else min(float(asked), LONGEST_RETRY_AFTER_SECONDS)


def _give_up(state: tenacity.RetryCallState, settings: Settings) -> Download:
    last = state.outcome.exception() if state.outcome else None
    tries = "1 try" if state.attempt_number == 1 else f"{state.attempt_number} tries"
    reason = (
        "" if state.attempt_number >= settings.tries else f"; {settings.total_seconds:g} s for all tries are used up"
    )
    raise TransientFetchError(
        f"{last}. Gave up after {tries}{reason}. Nothing was stored; the next run tries again"
    ) from last


def _try_once(request: Request, seconds: float, attempt: int) -> Download:
    """One request, within what is left of the total time."""
    answer = exchange(request, seconds)
    check_status(answer, request)
    check_body(answer, request)
    return Download(answer.body, answered_at(answer.headers), attempt)
