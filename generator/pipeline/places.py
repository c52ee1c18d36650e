"""Where the project keeps what a site is made with."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
TEMPLATES, STATIC, FONTS = PROJECT / "templates", PROJECT / "static", PROJECT / "static" / "fonts"
