"""What the benchmarks reckon with: turns, ratios, a server as GitHub Pages; nothing here takes its own time."""

import gzip
import http.client
import sys
from datetime import date
from urllib.parse import urlsplit

import pytest
from benchmarks import __main__ as command
from benchmarks.builder.pages import drawing, write_content
from benchmarks.measured import Spread, in_turns, ratio, run
from benchmarks.reader.seen import WATCH, Load, table_of
from benchmarks.server import served
from benchmarks.weights import zipped
from benchmarks.years import _wandered


def test_contenders_run_in_turns_and_each_round_the_other_way_round():
    order, clock = [], iter(range(1, 9))

    def contender(name):
        return lambda: (order.append(name), float(next(clock)))[1]

    found = in_turns({"ours": contender("ours"), "theirs": contender("theirs")}, 3)
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert found["ours"].values == (1, 4, 5)
    assert found["theirs"].values == (2, 3, 6)


def test_a_ratio_is_that_of_one_round_and_told_with_its_spread():
    rounds = {"ours": Spread((1.0, 2.0, 9.0)), "theirs": Spread((2.0, 8.0, 10.0))}
    assert ratio(rounds, "ours", "theirs").values == (0.5, 0.25, 0.9)
    assert ratio(rounds, "ours", "theirs").told() == "0.50 (0.25–0.90)"
    assert Spread((1234.5,)).told(0, " ms") == "1,234 ms"


def test_a_command_that_fails_ends_the_benchmark_with_what_it_said(tmp_path):
    with pytest.raises(SystemExit, match=r"(?s)ended with 3.*spoken"):
        run([sys.executable, "-c", "print('spoken'); raise SystemExit(3)"], tmp_path)
    usage = run([sys.executable, "-c", "print('said')"], tmp_path)
    assert usage.said == "said\n" and usage.seconds > 0 and usage.megabytes > 1


def test_the_server_zips_text_counts_what_it_sends_and_has_other_folders(tmp_path):
    for name, body in (("site/a/index.html", b"<p>" * 500), ("site/a.png", b"png" * 500), ("npm/b.js", b"1;" * 500)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    with served(tmp_path / "site", {"/npm/": tmp_path / "npm"}) as server:
        answers = [answer_to(server.url, path) for path in ("/a/?v=1", "/a.png", "/npm/b.js", "/none")]
    kinds = [(status, headers.get("Content-Encoding"), headers["Content-Type"]) for status, headers, _ in answers]
    assert kinds[0] == (200, "gzip", "text/html; charset=utf-8")
    assert kinds[1] == (200, None, "image/png")
    assert kinds[2] == (200, "gzip", "application/javascript; charset=utf-8")
    assert kinds[3][0] == 404
    assert gzip.decompress(answers[0][2]) == b"<p>" * 500
    assert server.sent == [len(body) for _, _, body in answers]
    assert server.sent[0] == zipped(b"<p>" * 500)


def answer_to(url, path):
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def test_no_two_pages_are_the_same_and_their_drawings_have_six_kilobytes(tmp_path):
    write_content(tmp_path / "content", 200)
    assert len({file.read_bytes() for file in (tmp_path / "content").iterdir()}) == 200
    assert all(5_000 < len(drawing(number)) < 7_000 for number in (0, 150, 11_999))


def test_a_made_up_day_keeps_the_models_in_order_and_within_their_real_shares():
    models = [{"id": f"m/{n}", "tag_usage_share": 0.1, "tag_token_share": 0.05} for n in range(9)]
    made = _wandered({"tag": "code:debugging", "models": models}, date(2026, 5, 1))
    shares = [model["tag_usage_share"] for model in made]
    assert shares == sorted(shares, reverse=True) and len(set(shares)) > 1
    assert all(0.06 <= share <= 0.1 for share in shares)


# --- When the chart is seen ---

ICON = "<svg width=20 height=20>" + "<circle r=9></circle>" * 9 + "</svg>"
HALF = "<svg width=300 height=300>" + "<rect width=9 height=9></rect>" * 5
SAY = """() => Promise.race([chartSeen.then(({ top }) => top), new Promise((resolve) => {
  let frames = 0;
  const count = () => (frames++ < 6 ? requestAnimationFrame(count) : resolve('not yet'));
  count();
})])"""


@pytest.fixture
def watched(browser):
    """A page that watches for its chart, as the benchmark's pages do."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "nothing",
    [
        "<p>words",
        ICON,
        "<svg width=300 height=300><rect/></svg>",
        "<div hidden>" + HALF + "</svg></div>",
        "<h1>a</h1><p>",
    ],
)
def test_words_icons_frames_and_what_is_hidden_are_no_chart(watched, nothing):
    watched.goto(f"data:text/html,{nothing}")
    assert watched.evaluate(SAY) == "not yet"


@pytest.mark.browser
def test_a_drawing_is_seen_when_all_of_it_is_there(watched):
    watched.goto("data:text/html,<p>words")
    watched.evaluate("half => { document.open(); document.write('<body style=margin:7px>' + half); }", HALF)
    assert watched.evaluate(SAY) == "not yet"
    watched.evaluate("() => document.write('</svg><p>its source')")
    assert watched.evaluate(SAY) == 7


@pytest.mark.browser
def test_a_path_of_many_marks_is_a_drawing_too(watched):
    marks = "<svg width=300 height=300><path d='M1,1h1m9,0h1m9,0h1m9,0h1m9,0h1'/></svg>"
    watched.goto(f"data:text/html,<body style='margin:7px'>{marks}")
    assert watched.evaluate(SAY) == 7


@pytest.mark.browser
def test_a_canvas_is_seen_when_something_is_drawn_on_it(watched):
    watched.goto("data:text/html,<body style='margin:7px'><canvas width=300 height=300></canvas>")
    assert watched.evaluate(SAY) == "not yet"
    watched.evaluate("() => document.querySelector('canvas').getContext('2d').fillRect(20, 20, 60, 60)")
    assert watched.evaluate(SAY) == 7


@pytest.mark.browser
def test_of_a_page_with_a_heading_alone_the_heading_is_what_is_seen(watched):
    watched.goto("data:text/html,<body style='margin:7px'><h1 style='margin:0'>heading</h1>")
    assert watched.evaluate(SAY) == 7


def test_the_table_of_what_is_seen_compares_ours_with_the_others_round_by_round():
    loads = {
        "page": [Load(300.0, 400.0, 560.0), Load(310.0, 600.0, 560.0)],
        "chart": [Load(200.0, 200.0, 66.0), Load(200.0, 300.0, 66.0)],
        "usual": [Load(500.0, 2000.0, 8.0), Load(500.0, 2000.0, 8.0)],
        "heading": [Load(90.0, 100.0, 21.4), Load(90.0, 100.0, 21.4)],
    }
    rows = table_of(loads, ("page", "chart"), ("usual",)).splitlines()[2:]
    assert rows == [
        "| page | 305 ms (300–310) | 500 ms (400–600) | 560 px |  |  |",
        "| chart | 200 ms (200–200) | 250 ms (200–300) | 66 px |  |  |",
        "| usual | 500 ms (500–500) | 2,000 ms (2,000–2,000) | 8 px | 0.25 (0.20–0.30) | 0.12 (0.10–0.15) |",
        "| heading | 90 ms (90–90) | 100 ms (100–100) | 21 px |  |  |",
    ]


def test_a_benchmark_that_does_not_exist_is_named(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["benchmarks", "wheight"])
    with pytest.raises(SystemExit):
        command.main()
    assert "no benchmark is called wheight; there are weight, " in capsys.readouterr().err
