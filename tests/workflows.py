"""The workflows as GitHub reads them: their YAML, and the few expressions that they use."""

import json
import re
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent.parent / ".github" / "workflows"
_TOKEN = re.compile(r"'[^']*'|&&|\|\||==|!=|[()!]|[\w.-]+")
_OPERATORS = {"&&": " and ", "||": " or ", "==": "==", "!=": "!=", "!": " not ", "(": "(", ")": ")"}


def read(name):
    """A workflow. `on` is what YAML takes for a truth value, hence the key."""
    workflow = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in workflow.items()}


def names():
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def steps():
    """Every step of every workflow, with where it stands."""
    return [
        (f"{name}/{job}", step)
        for name in names()
        for job, settings in read(name)["jobs"].items()
        for step in settings["steps"]
    ]


def filled(text, context):
    """Text with each `${{ }}` replaced by its value, as GitHub prints it."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: printed(value_of(found[1], context)), printed(text))


def printed(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def value_of(expression, context):
    """The value of an expression: comparisons, and, or, not, `always()`, `cancelled()`, `toJSON()`, dotted names."""
    code = "".join(_python_of(token) for token in _TOKEN.findall(expression))
    functions = {"always": lambda: True, "cancelled": lambda: False, "toJSON": lambda value: json.dumps(value)}
    return eval(code, {"__builtins__": {}}, {"at": lambda path: _at(path, context), **functions})


def _python_of(token):
    if token in _OPERATORS or token.startswith("'"):
        return _OPERATORS.get(token, token)
    return token if token in ("always", "cancelled", "toJSON") else f"at({token!r})"


def _at(path, context):
    """What stands at `needs.fetch.outputs.artifact`; nothing where nothing is, as for GitHub."""
    value = context
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return "" if value is None else value
