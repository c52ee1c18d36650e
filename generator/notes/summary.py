"""Note -> one screen of HTML, as the summary of a run shows it."""

from html import escape

from generator.models import Note


def summary_html(note: Note) -> str:
    """A heading, a table of facts, the message. One block of HTML without an empty line: nothing in it is Markdown."""
    rows = "".join(f"<tr><th>{_cell(name)}</th><td>{_cell(value)}</td></tr>" for name, value in note.rows)
    table = f"<table>{rows}</table>" if rows else ""
    return f"<h3>{_cell(note.title)}</h3>{table}{preformatted(note.message) if note.message else ''}\n"


def preformatted(text: str) -> str:
    """Text as it is: in a `<pre>` neither Markdown nor a mention of a person means anything."""
    return f"<pre>{escape(text)}</pre>"


def _cell(text: str) -> str:
    """One line, in which the signs of Markdown are references: a table that begins a line is HTML, a heading too."""
    return "<br>".join(escape(line).replace("@", "&#64;") for line in text.splitlines())
