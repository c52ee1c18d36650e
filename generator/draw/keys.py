"""What determines a drawing: its content, the fonts, and all that draws."""

import functools
import hashlib
import json
from importlib import metadata
from pathlib import Path


def key_of(fonts: Path, *content: object) -> str:
    """The name of what `content` determines, together with the fonts and all that draws."""
    return hashlib.sha256(json.dumps([_version(fonts), *content], sort_keys=True).encode()).hexdigest()


@functools.cache
def _version(fonts: Path) -> str:
    """Whatever else determines a picture: the libraries, the fonts, and the modules of this package."""
    digest = hashlib.sha256()
    for source in (*sorted(Path(__file__).parent.glob("*.py")), *sorted(fonts.glob("*.ttf"))):
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    libraries = (f"{name} {metadata.version(name)}" for name in ("vl-convert-python", "uharfbuzz", "pillow"))
    return f"{' '.join(libraries)} {digest.hexdigest()}"
