"""The key: whether it can be one, and how to keep it out of every text."""

import re

from generator.errors import FetchError

_KEY = re.compile(r"[!#-&(-_a-~]+")  # printable ASCII without spaces and quotes
_TELLING_LENGTH = 12  # a real key has 73 characters

WHERE_TO_SET_THE_KEY = (
    "Set OPENROUTER_API_KEY: on this machine `export OPENROUTER_API_KEY=...`; on GitHub under "
    "Settings -> Secrets and variables -> Actions -> New repository secret, named OPENROUTER_API_KEY"
)
HOW_TO_ROTATE = (
    "The key is wrong, expired or revoked. Make a new one at https://openrouter.ai/settings/keys, then replace the "
    "old one: on GitHub under Settings -> Secrets and variables -> Actions -> OPENROUTER_API_KEY -> Update; on this "
    "machine `export OPENROUTER_API_KEY=...`. Then run this again. The site that is published stays as it is"
)


def clean_key(key: str) -> str:
    """The key without white space around it. Raises FetchError for what cannot be a key; never shows it."""
    stripped = key.strip()
    if not stripped:
        raise FetchError(
            f"OPENROUTER_API_KEY is missing or empty, expected a key of OpenRouter. {WHERE_TO_SET_THE_KEY}"
        )
    if not _KEY.fullmatch(stripped):
        raise FetchError(
            "OPENROUTER_API_KEY holds a space, a line break, a quote or another character that no key has, expected "
            f"the key alone (its value is not shown). {WHERE_TO_SET_THE_KEY}"
        )
    return stripped


def redacted(text: str, key: str) -> str:
    """`text` without the key. Our messages never hold it; what a server or a library says might."""
    return text.replace(key, "[key]") if is_telling(key) else text


def is_telling(key: str) -> bool:
    """Whether finding the key in a text means anything: a dummy like `x` stands in every text."""
    return len(key) >= _TELLING_LENGTH
