"""How often the preview's site was built: what the builder tells and the open pages wait for."""

from threading import Condition


class Builds:
    """How many builds there were. Pages wait here for the next one, each in a thread of its own."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._count = 0
        self._is_closed = False

    @property
    def count(self) -> int:
        """The number of the last build, from 1; 0 before the first."""
        return self._count

    @property
    def is_closed(self) -> bool:
        """Whether the preview has ended."""
        return self._is_closed

    def announce(self) -> None:
        """One more build."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def close(self) -> None:
        """There will be no more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def is_past(self, seen: str, timeout_seconds: float) -> bool:
        """Whether there was another build than the one `seen`; waits for it for a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or str(self._count) != seen, timeout_seconds)
            return str(self._count) != seen
