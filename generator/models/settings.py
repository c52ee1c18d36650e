"""The settings of a site."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`[tool.generator]` of pyproject.toml, overridden by environment, overridden by options."""

    name: str
    description: str
    address: str  # absolute URL of the published site with a trailing slash, or ""
    contact: str  # "" or an address or URL for questions
    referer: str
    categories: str
    window: str  # "7d"
    tries: int
    total_seconds: float
    packs: int  # of the newest finished editions, how many come as a zip for newsrooms too
