"""A slow telephone: what the benchmarks of this package that take their own time load pages with.

The processor four times slower; 150 ms until an answer begins, 1.6 Mbit/s down and 750 kbit/s up, whole answers, not
packets: looking up a name, connecting and TLS cost nothing, which spares most where a page asks many servers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

NETWORK = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8, "offline": False}
PROCESSOR = 4  # times slower
PATIENCE = 60_000  # ms


@contextmanager
def telephone(browser: Browser, width: int, height: int) -> Iterator[Page]:
    """A page of so many CSS pixels, with nothing kept from before."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()
