"""Preview: shows the built site on this machine, builds it again when something changes, reloads the open pages.

Comes in: the site's folder, what to watch, how to build, where to say what happens. Goes out: HTTP on 127.0.0.1 alone.
A failing build is said, and the last site stays. Refuses a port that is taken, and paths outside the folder.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread

import watchfiles

from generator.errors import GeneratorError, SettingsError

from .builds import Builds
from .server import HOST, Server

_LOOK_MILLISECONDS = 200  # how often to look whether a watched folder has come or gone


def serve(
    folder: Path,
    watched: Sequence[Path],
    rebuild: Callable[[], None],
    say: Callable[[str], None],
    *,
    port: int = 8000,
    stop: Event | None = None,
) -> None:
    """Build, show `folder`, and build again at each change of `watched`, until Ctrl-C or `stop`.

    `rebuild` raises GeneratorError where it fails. Port 0 takes any free one. Raises SettingsError if `port` is taken.
    """
    with _listening(folder, port) as server:
        Thread(target=server.serve_forever, name="preview", daemon=True).start()
        try:
            say(f"preview: http://{HOST}:{server.server_port}/ (Ctrl-C ends it)")
            _watch(watched, lambda: _build(rebuild, server.builds, say), stop or Event())
        except KeyboardInterrupt:
            say("preview ended")
        finally:
            server.builds.close()
            server.shutdown()


def _listening(folder: Path, port: int) -> Server:
    try:
        return Server(folder, port)
    except (OSError, OverflowError) as exc:
        raise SettingsError(
            f"cannot listen on {HOST}, port {port}: {exc}. Is a preview running already? Choose another with --port."
        ) from exc


def _watch(watched: Sequence[Path], build: Callable[[], None], stop: Event) -> None:
    """Build now and at each change, also when a watched folder comes or goes, like the archive with the first snapshot.

    The first build waits until the watching has begun: what is edited while it runs is seen.
    """
    while not stop.is_set():
        existing = _existing(watched)
        is_due = True
        changes = watchfiles.watch(
            *existing, stop_event=stop, rust_timeout=_LOOK_MILLISECONDS, yield_on_timeout=True, raise_interrupt=True
        )
        for change in changes:
            if _existing(watched) != existing:
                break
            if change or is_due:
                build()
                is_due = False


def _existing(paths: Sequence[Path]) -> list[Path]:
    return [path for path in paths if path.exists()]


def _build(rebuild: Callable[[], None], builds: Builds, say: Callable[[str], None]) -> None:
    try:
        rebuild()
    except GeneratorError as exc:
        say(f"error: {exc}\nThe last site is still shown.")
    else:
        builds.announce()
