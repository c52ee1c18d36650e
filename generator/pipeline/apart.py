"""What a process of its own makes, one thing after the other: the memory that this takes ends with it."""

from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from generator.errors import GeneratorError, SiteError

Made = TypeVar("Made")


def made_apart(make: Callable[..., Iterable[Made]], *given: object) -> Iterator[Made]:
    """What `make(*given)` yields, made by a new process as it is asked for.

    `make` is found there by its name; what it is given and what it yields go through pickle. Raises SiteError where it
    raises a GeneratorError, or ends before its time.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    maker = context.Process(target=_send_all, args=(theirs, make, given), daemon=True)
    maker.start()
    theirs.close()
    try:
        while (sent := ours.recv()) is not None:
            if isinstance(sent, GeneratorError):
                raise sent
            yield sent
    except EOFError as exc:
        raise SiteError("a process that made files was ended; expected it to finish. Is there enough memory?") from exc
    finally:
        maker.terminate()
        maker.join()
        ours.close()


def _send_all(pipe: "Connection[Any, Any]", make: Callable[..., Iterable[object]], given: tuple[object, ...]) -> None:
    try:
        for thing in make(*given):
            pipe.send(thing)
        pipe.send(None)
    except GeneratorError as exc:
        pipe.send(SiteError(str(exc)))
