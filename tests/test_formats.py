"""Numbers, dates and names as readers see them."""

from datetime import date

import pytest

from generator import formats


def plain(text):
    return text.replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("share", "printed"), [(0.231, "23.1 %"), (1, "100.0 %"), (0.0, "0.0 %"), (0.0005, "0.1 %"), (None, "–")]
)
def test_shares_are_printed_in_percent_with_one_decimal_and_a_missing_one_as_a_dash(share, printed):
    assert plain(formats.percent(share)) == printed


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [
        (2.7013, "2.7×"), (1, "1.0×"), (0.997, "1.0×"), (0.954, "0.95×"), (0.24, "0.24×"), (0.0612, "0.061×"),
        (0.0994, "0.099×"), (12.34, "12.3×"), (150.2, "150×"), (0, "0×"), (None, "–"),
    ],
)  # fmt: skip
def test_ratios_keep_two_digits_that_count(ratio, printed):
    assert formats.times(ratio) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"), (112, "112th")],
)
def test_places_are_ordinals(number, printed):
    assert formats.ordinal(number) == printed


def test_dates_are_written_out_whatever_the_language_of_the_machine():
    assert plain(formats.long_date(date(2026, 8, 31))) == "31 August 2026"
    assert plain(formats.short_date(date(2026, 9, 1))) == "1 Sep 2026"


def test_the_window_says_how_many_days_and_which():
    assert plain(formats.window_words(7, date(2026, 8, 31))) == "7 days ending 31 August 2026, UTC"
    assert plain(formats.window_words(1, date(2026, 8, 31))) == "1 day ending 31 August 2026, UTC"
    assert plain(formats.window_dates(7, date(2026, 3, 2))) == "24 February 2026 to 2 March 2026"


@pytest.mark.parametrize(
    ("words", "printed"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_lists_read_like_a_sentence(words, printed):
    assert formats.listed(words) == printed


@pytest.mark.parametrize(
    ("model_id", "name"),
    [
        ("openai/gpt-5.6-luna-20260709", "GPT-5.6 Luna"),
        ("openai/gpt-4o-mini", "GPT-4o mini"),
        ("openai/gpt-oss-120b", "GPT-OSS 120B"),
        ("openai/gpt-4.1-2025-04-14", "GPT-4.1"),
        ("z-ai/glm-5.3-flash-20260826", "GLM-5.3 Flash"),
        ("minimax/minimax-m3-20260531:free", "MiniMax M3 (free)"),
        ("qwen/qwen3.5-397b-a17b-20260216", "Qwen3.5 397B A17B"),
        ("stealth/ox-alpha", "Ox Alpha"),
        ("no-author", "No Author"),
        ("a/-20260101", "a/-20260101"),
    ],
)
def test_a_permaslug_becomes_a_name_by_rule(model_id, name):
    assert formats.model_names([model_id]) == {model_id: name}


def test_versions_of_one_model_are_told_apart_by_their_date():
    ids = ["deepseek/deepseek-v4-flash-20260731", "deepseek/deepseek-v4-flash-20260423"]
    assert list(formats.model_names(ids).values()) == ["DeepSeek V4 Flash 20260423", "DeepSeek V4 Flash 20260731"]


def test_names_that_no_version_tells_apart_are_the_permaslugs_themselves():
    ids = ["one/ox-alpha", "two/ox-alpha", "two/ox"]
    assert formats.model_names(ids) == {"one/ox-alpha": "one/ox-alpha", "two/ox-alpha": "two/ox-alpha", "two/ox": "Ox"}


def test_names_are_distinct_even_where_a_permaslug_looks_like_another_s_name():
    names = formats.model_names(["a/ox-20260101", "b/ox-20260101", "c/ox-20260202", "ox 20260202"])
    assert len({name.casefold() for name in names.values()}) == 4


def test_the_source_line_is_openrouter_s_letter_for_letter():
    day = date(2026, 8, 31)
    line = "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-31."
    assert formats.source_line(day, is_sample=False) == line
    assert formats.source_line(day, is_sample=False, licence=True) == f"{line} Licensed under CC BY 4.0."


def test_the_sample_never_claims_to_be_openrouter_s():
    line = formats.source_line(date(2026, 8, 31), is_sample=True, licence=True)
    assert line == "Sample data, fictional models: not OpenRouter's figures. As of 2026-08-31."
