"""The cache: what is damaged is none, what cannot be written is none, and it does not grow for ever."""

import os

import pytest

from generator.kept import bound, digest_of, keep, kept


def test_what_is_kept_comes_back_and_nothing_else_does(tmp_path):
    keep(tmp_path, "a", b"one\ntwo")
    assert kept(tmp_path, "a") == b"one\ntwo"
    assert kept(tmp_path, "b") is None
    assert kept(None, "a") is None


@pytest.mark.parametrize("damage", [lambda was: b"", lambda was: was[:-1], lambda was: was + b"x", lambda was: was[1:]])
def test_what_is_damaged_is_none(tmp_path, damage):
    keep(tmp_path, "a", b"content")
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(damage(entry.read_bytes()))
    assert kept(tmp_path, "a") is None
    keep(tmp_path, "a", b"content")
    assert kept(tmp_path, "a") == b"content"


def test_a_folder_that_cannot_be_written_keeps_nothing_and_is_no_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    keep(tmp_path / "file", "a", b"content")
    keep(None, "a", b"content")
    bound(tmp_path / "file")
    bound(tmp_path / "none")
    bound(None)
    assert kept(tmp_path / "file", "a") is None


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path):
    for age, name in enumerate("abcd"):
        keep(tmp_path, name, b"x" * 935)  # with its digest 1,000 bytes
        os.utime(tmp_path / f"{name}.kept", (1000 - age, 1000 - age))
    kept(tmp_path, "d")  # the oldest is used
    bound(tmp_path, 2_100)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.kept", "d.kept"]
    bound(tmp_path, 2_000)
    assert len(list(tmp_path.iterdir())) == 2


def test_other_parts_have_another_name():
    assert len({digest_of("a", "b"), digest_of("ab"), digest_of("a", ["b"]), digest_of()}) == 4
