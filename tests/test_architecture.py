"""The house as DESIGN and README draw it, read from the source: who may import whom, who owns what, how long, how safe.

Each rule is a function over source text that returns what breaks it; a test proves on a bad example that it can fail.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "generator"
TEMPLATES = ROOT / "templates"
FLOW = "snapshot: fetch -> validate -> archive.  build: archive -> analyse -> charts -> draw -> pages + files -> site."

BASE = {"errors", "models", "formats", "addresses", "kept"}
# What each room may import besides itself and the base. A stage, which is every room not named here: nothing.
MAY_IMPORT = {
    "pipeline": {"analyse", "archive", "charts", "draw", "fetch", "files", "pages", "sample", "site", "validate"},
    "operations": {"analyse", "archive", "fetch", "git", "github", "notes", "pipeline", "validate"},
    "options": {"settings"},
    "__main__": {"notes", "operations", "options", "pipeline", "serve", "settings"},
}
OWNERS = {
    "altair": {"charts"},
    "httpx": {"fetch"},
    "jinja2": {"site"},
    "markdown": {"pages"},
    "msgspec": {"validate"},
    "PIL": {"draw"},
    "polars": {"files"},
    "pydantic": {"validate"},
    "pydantic_core": {"validate"},
    "rcssmin": {"site"},
    "rjsmin": {"site"},
    "tenacity": {"fetch"},
    "tqdm": {"__main__"},
    "uharfbuzz": {"draw"},
    "vl_convert": {"draw"},
    "watchfiles": {"serve"},
    "xlsxwriter": {"files"},
    "argparse": {"__main__", "options"},
    "subprocess": {"__main__", "git", "github"},
    "logging": set(),
    "random": set(),
    "secrets": set(),
    "time": {"__main__"},
    "uuid": set(),
}
WRITERS = {"archive", "git", "kept", "notes", "site"}  # git: a folder for a branch; notes: the summary of a run
UNESCAPED = {"models", "pages"}  # our own drawing, our own prose
MARKDOWN = "site.markdown"  # escapes for Markdown what all others escape for HTML

WORLD = {  # clock, environment, output, exit
    "print", "input", "exit", "quit", "SystemExit", "breakpoint",
    "sys.exit", "sys.argv", "sys.stdin", "sys.stdout", "sys.stderr",
    "os.environ", "os.environb", "os.getenv", "os.putenv", "os.getcwd", "os.chdir", "os._exit", "os.system",
    "pathlib.Path.cwd", "pathlib.Path.home",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
}  # fmt: skip
WRITING_MODULES = {"shutil", "tempfile"}
WRITING_OF_OS = {
    "chmod", "fdopen", "ftruncate", "link", "makedirs", "mkdir", "open", "remove", "removedirs", "rename", "renames",
    "replace", "rmdir", "symlink", "truncate", "unlink", "write",
}  # fmt: skip
WRITING_OF_PATH = {
    "chmod", "hardlink_to", "mkdir", "rename", "rmdir", "symlink_to", "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip

LONGEST_MODULE, LONGEST_FUNCTION = 250, 40


# ---------------------------------------------------------------- reading source


def modules():
    """Every module of the house, as its dotted name below `generator`: `fetch`, `charts.style`, `__main__`."""
    return {name_of(path): path.read_text(encoding="utf-8") for path in sorted(HOUSE.rglob("*.py"))}


def name_of(path):
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "generator"


def room_of(name):
    return name.split(".")[0]


def is_package(name):
    return name == "generator" or (HOUSE / name.replace(".", "/")).is_dir()


def imported(name, source):
    """The dotted names that module `name` imports, relative ones made absolute: `generator.errors.shown`, `httpx`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package_at(name, node.level) if node.level else ""
            yield from (".".join(filter(None, (start, node.module, alias.name))) for alias in node.names)


def package_at(name, level):
    """The package that `level` dots mean within module `name`."""
    parts = ["generator", *([] if name == "generator" else name.split("."))]
    return ".".join(parts[: len(parts) - level + (1 if is_package(name) else 0)])


def names_used(source):
    """Each name or attribute used, written out by what it was imported as, with its line."""
    tree = ast.parse(source)
    known = {
        alias.asname or alias.name.split(".")[0]: f"{node.module}.{alias.name}"
        if isinstance(node, ast.ImportFrom)
        else (alias.name if alias.asname else alias.name.split(".")[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and (dotted := dotted_name(node)):
            first, *rest = dotted.split(".")
            yield node.lineno, ".".join([known.get(first, first), *rest])


def dotted_name(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted_name(node.value)):
        return f"{before}.{node.attr}"
    return None


def code_lines(node, source):
    """How many lines of `node` hold code: no docstring, no comment, no empty line."""
    docstrings = {
        line
        for part in ast.walk(node)
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) and isinstance(part.value.value, str)
        for line in range(part.lineno, part.end_lineno + 1)
    }
    lines = source.splitlines()
    first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", len(lines))
    return sum(
        1
        for number in range(first, last + 1)
        if number not in docstrings and (text := lines[number - 1].strip()) and not text.startswith("#")
    )


# ---------------------------------------------------------------- the rules


def forbidden_imports(name, source):
    """Rooms of the house that this one may not import."""
    room = room_of(name)
    allowed = BASE | {room} if room in BASE else BASE | {room} | MAY_IMPORT.get(room, set())
    inside = {dotted.split(".")[1] for dotted in imported(name, source) if re.match(r"generator\.", dotted)}
    return sorted(inside - allowed)


def foreign_imports(name, source):
    """Outside things that another room owns."""
    tops = {dotted.split(".")[0] for dotted in imported(name, source)}
    return sorted(top for top in tops & OWNERS.keys() if room_of(name) not in OWNERS[top])


def touches_of_the_world(name, source):
    """Clock, environment, output and exit outside the command line."""
    if name == "__main__":
        return []
    return [f"line {line}: {used}" for line, used in names_used(source) if used in WORLD]


def writes(name, source):
    """What changes files, outside the rooms that may."""
    if room_of(name) in WRITERS:
        return []
    found = [
        f"line {line}: {used}"
        for line, used in names_used(source)
        if used.split(".")[0] in WRITING_MODULES or (used.startswith("os.") and used.split(".")[1] in WRITING_OF_OS)
    ]
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return found + [f"line {call.lineno}: {what}" for call in calls if (what := writing_call(call))]


def writing_call(call):
    """What a call writes with, if it does: `open(path, "w")`, `path.write_text()`, `path.replace(other)`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    is_method = isinstance(call.func, ast.Attribute)
    if name == "open":
        modes = [*call.args[0 if is_method else 1 :], *(word.value for word in call.keywords if word.arg == "mode")]
        texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
        return "open to write" if any(set(text) & set("wax+") for text in texts) else None
    if is_method and name in WRITING_OF_PATH:
        return name
    # `str.replace` takes two arguments, `Path.replace` one
    return name if is_method and name == "replace" and len(call.args) == 1 and not call.keywords else None


def escapes_left_out(name, source):
    """Where text goes into a page as it is, outside the rooms that may say so."""
    if room_of(name) in UNESCAPED or name == MARKDOWN:
        return []
    defined = [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    used = [used for _, used in names_used(source)]
    return [found for found in (*defined, *used) if found == "__html__" or found.split(".")[-1] == "Markup"]


def loose_environments(_name, source):
    """Template environments that would not escape, or would print nothing for an undefined name."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        f"line {call.lineno}: {ast.unparse(call)}" for call in calls if makes_templates(call) and not is_strict(call)
    ]


def makes_templates(call):
    return (dotted_name(call.func) or "").split(".")[-1] in ("Environment", "Template", "SandboxedEnvironment")


def is_strict(call):
    given = {word.arg: ast.unparse(word.value).split(".")[-1] for word in call.keywords}
    return (given.get("autoescape"), given.get("undefined")) == ("True", "StrictUndefined")


def long_parts(_name, source):
    """The module, if it is too long, and each function that is."""
    tree = ast.parse(source)
    length = code_lines(tree, source)
    module = [f"module: {length} lines"] if length > LONGEST_MODULE else []
    return module + [
        f"{node.name}: {length} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := code_lines(node, source)) > LONGEST_FUNCTION
    ]


def loose_dataclasses(_name, source):
    """Dataclasses that can be changed after they were made."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator)
        and not {"frozen=True", "slots=True"} <= set(re.findall(r"\w+=\w+", ast.unparse(decorator)))
    ]


UNSAFE_IN_TEMPLATES = {
    "a filter that leaves out escaping": r"\|\s*safe\b",
    "escaping switched off": r"{%-?\s*autoescape\s+(?!true)",
    "a style in a page": r"<style\b(?!>{{ (?:style|styles\.embed) }}</style>)|"
    r"\sstyle\s*=(?!\"frame-sizing:content-height\")",
    "a handler in a page": r"<[^>]*\son\w+\s*=",
    "a script in a page": r"<script\b(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))",
    "an address that is code": r"javascript:",
    "something of another host": r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//",
}


def unsafe_in_template(text):
    """What the content security policy forbids, and what would let data become HTML."""
    return [what for what, pattern in UNSAFE_IN_TEMPLATES.items() if re.search(pattern, text, re.IGNORECASE)]


def rooms_listed(readme):
    """The rooms in the list of the README's section on the house: `fetch.py`, `charts/`."""
    section = re.search(r"^#+ [^\n]*house[^\n]*\n(.*?)(?=^#+ |\Z)", readme, re.MULTILINE | re.DOTALL | re.IGNORECASE)
    return (
        ["".join(found) for found in re.findall(r"^\s+(\w+)(\.py|/)\s", section.group(1), re.MULTILINE)]
        if section
        else []
    )


# ---------------------------------------------------------------- the house as it is

MODULES = modules()
FILES = [path for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]


def broken(rule):
    """What breaks a rule, by module."""
    return {name: found for name, source in MODULES.items() if (found := rule(name, source))}


def test_a_stage_imports_no_other_stage():
    assert broken(forbidden_imports) == {}


def test_each_outside_thing_has_one_owner():
    assert broken(foreign_imports) == {}


def test_clock_environment_output_and_exit_are_the_command_lines_alone():
    assert broken(touches_of_the_world) == {}


def test_only_the_writers_change_files():
    assert broken(writes) == {}


def test_every_module_says_what_it_is_for():
    assert [name for name, source in MODULES.items() if not ast.get_docstring(ast.parse(source))] == []


def test_modules_and_functions_are_short():
    assert broken(long_parts) == {}


def test_dataclasses_are_frozen():
    assert broken(loose_dataclasses) == {}


def test_text_is_left_unescaped_only_where_it_is_our_own():
    assert broken(escapes_left_out) == {}


def test_templates_escape_and_stop_at_unknown_names():
    assert broken(loose_environments) == {}


def test_templates_hold_no_code_no_style_and_no_way_around_escaping():
    found = {path.name: unsafe_in_template(path.read_text(encoding="utf-8")) for path in FILES}
    assert {name: what for name, what in found.items() if what} == {}


def test_there_are_templates_and_an_environment_to_check():
    assert len(FILES) > 5
    assert "Environment(" in MODULES["site.render"]


def test_the_package_says_the_flow_and_nothing_else():
    assert ast.get_docstring(ast.parse(MODULES["generator"])) == FLOW
    assert code_lines(ast.parse(MODULES["generator"]), MODULES["generator"]) == 0


def test_the_pipeline_is_where_the_stages_of_the_flow_meet():
    stages = set(re.findall(r"\w+", FLOW)) - {"snapshot", "build"}
    used = {
        dotted.split(".")[1]
        for name, source in MODULES.items()
        if room_of(name) == "pipeline"
        for dotted in imported(name, source)
        if "generator." in dotted
    }
    assert used - BASE - {"pipeline"} == stages | {"sample"}


def test_the_readme_lists_every_room_once():
    listed = rooms_listed((ROOT / "README.md").read_text(encoding="utf-8"))
    rooms = {path.name if path.suffix else f"{path.name}/" for path in HOUSE.iterdir() if path.name != "__pycache__"}
    assert sorted(listed) == sorted(rooms)


def test_owners_and_rules_name_rooms_that_exist():
    rooms = {room_of(name) for name in MODULES}
    named = set(MAY_IMPORT).union(BASE, WRITERS, UNESCAPED, *MAY_IMPORT.values(), *OWNERS.values())
    assert named <= rooms


# ---------------------------------------------------------------- the rules can fail


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("analyse", "from generator import archive", ["archive"]),
        ("analyse", "from generator.archive import store", ["archive"]),
        ("files", "from .. import archive, models", ["archive"]),
        ("analyse", "import generator.fetch.key", ["fetch"]),
        ("charts.style", "from ..draw import draw_all\nfrom .words import leader", ["draw"]),
        ("charts", "from .words import leader", []),
        ("archive.store", "def f():\n    from generator.validate import parse_snapshot", ["validate"]),
        ("errors", "from .pipeline import build_site", ["pipeline"]),
        ("formats", "from generator.models import Rank", []),
        ("__main__", "from generator import archive, pipeline", ["archive"]),
        ("pipeline", "from generator import serve", ["serve"]),
    ],
)
def test_an_import_across_the_house_is_found(name, source, found):
    assert forbidden_imports(name, source) == found


def test_an_outside_thing_in_a_strange_room_is_found():
    assert foreign_imports("pages.home", "import httpx\nfrom jinja2.ext import do\nimport json") == ["httpx", "jinja2"]
    assert foreign_imports("fetch.exchange", "import httpx") == []
    assert foreign_imports("analyse", "from random import shuffle\nimport time") == ["random", "time"]


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "import sys\nsys.exit(1)",
        "from sys import exit as leave\nleave()",
        "raise SystemExit",
        "import os\nos.environ['KEY']",
        "from os import environ\nenviron.get('KEY')",
        "import datetime as dt\ndt.datetime.now()",
        "from datetime import date\ntoday = date.today()",
        "from datetime import datetime, UTC\nf(now=datetime.now)",
        "from pathlib import Path\nPath.cwd()",
    ],
)
def test_a_touch_of_the_world_is_found(source):
    assert touches_of_the_world("site", source)
    assert touches_of_the_world("__main__", source) == []


@pytest.mark.parametrize(
    "source",
    [
        "open('a', 'w')",
        "open('a', mode='ab')",
        "path.open('x')",
        "path.write_text('a')",
        "(folder / 'a').unlink(missing_ok=True)",
        "path.mkdir()",
        "old.replace(new)",
        "import os\nos.replace(old, new)",
        "from os import rename\nrename(old, new)",
        "import shutil\nshutil.rmtree(path)",
        "from tempfile import NamedTemporaryFile\nNamedTemporaryFile()",
    ],
)
def test_a_write_is_found(source):
    assert writes("pages.home", source)
    assert writes("archive.store", source) == []


@pytest.mark.parametrize(
    "source", ["open('a')", "path.open('rb')", "text.replace('a', 'b')", "path.read_text()", "os.sep"]
)
def test_reading_is_no_write(source):
    assert writes("pages", source) == []


def test_a_long_function_and_a_long_module_are_found_and_docstrings_do_not_count():
    short = 'def f():\n    """Doc\n    string."""\n\n    # why\n' + "    a = 1\n" * 39
    assert long_parts("site", short) == []
    assert long_parts("site", short + "    a = 1\n") == ["f: 41 lines"]
    assert long_parts("site", "a = 1\n" * 250) == []
    assert long_parts("site", "a = 1\n" * 251) == ["module: 251 lines"]


def test_a_dataclass_that_can_change_is_found():
    assert loose_dataclasses("site", "@dataclass\nclass A: ...\n@dataclass(frozen=True)\nclass B: ...") == ["A", "B"]
    assert loose_dataclasses("site", "@dataclass(frozen=True, slots=True)\nclass C: ...") == []


def test_text_left_unescaped_is_found():
    assert escapes_left_out("charts.task", "from markupsafe import Markup\nMarkup(label)") == ["markupsafe.Markup"]
    assert escapes_left_out("charts.task", "class A:\n    def __html__(self): ...") == ["__html__"]


@pytest.mark.parametrize(
    "call",
    [
        "Environment()",
        "jinja2.Environment(autoescape=True)",
        "Environment(autoescape=False, undefined=StrictUndefined)",
        "Environment(autoescape=True, undefined=Undefined)",
        "Template(text)",
    ],
)
def test_an_environment_that_is_too_lenient_is_found(call):
    assert loose_environments("site", call)
    assert loose_environments("site", "Environment(loader=x, autoescape=True, undefined=jinja2.StrictUndefined)") == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ label|safe }}",
        "{{ label | safe }}",
        "{% autoescape false %}",
        "<style>p {}</style>",
        '<p style="color: red">',
        '<a href="x" onclick="go()">',
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a href="javascript:go()">',
        '<script src="https://example.org/x.js"></script>',
        '<link rel="stylesheet" href="//example.org/x.css">',
    ],
)
def test_something_unsafe_in_a_template_is_found(text):
    assert unsafe_in_template(text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{{ root }}static/site.js" defer></script>',
        '<script type="application/ld+json">{{ dataset|tojson }}</script>',
        '<link rel="stylesheet" href="{{ root }}static/site.css">',
        '<a href="https://example.org/">safe</a>',
        "<p>on = off</p>",
    ],
)
def test_what_is_safe_in_a_template_is_left_alone(text):
    assert unsafe_in_template(text) == []


def test_the_list_of_rooms_is_read_from_its_own_section():
    house = "## How the house is built\n```\ngenerator/\n  a.py  one\n  b/    two\n```\n"
    readme = f"# Site\n  other.py  x\n{house}## Else\n  c.py no\n"
    assert rooms_listed(readme) == ["a.py", "b/"]
    assert rooms_listed("# Site\n") == []
