"""The cache: what is damaged is none, what cannot be written is none, and it does not grow for ever."""

import os
import resource

import pytest

from generator.kept import bound, digest_of, is_kept, keep, keeping, kept, opened


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
    assert not is_kept(tmp_path / "file", "a")


def test_what_is_kept_piece_by_piece_is_what_is_kept_at_once(tmp_path):
    with keeping(tmp_path, "a") as add:
        add(b"one\n")
        add(b"two")
        assert not is_kept(tmp_path, "a")
    assert is_kept(tmp_path, "a")
    assert kept(tmp_path, "a") == b"one\ntwo"
    with opened(tmp_path, "a") as file:
        assert file.readlines() == [b"one\n", b"two"]
    keep(tmp_path, "b", b"one\ntwo")
    assert (tmp_path / "a.kept").read_bytes() == (tmp_path / "b.kept").read_bytes()


def test_what_an_error_cuts_off_is_not_kept(tmp_path):
    with pytest.raises(KeyError), keeping(tmp_path, "a") as add:
        add(b"one")
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_a_piece_keeps_nothing_and_is_no_error(tmp_path):
    def refusing():
        limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
        return limit, most

    before = refusing()
    try:
        with keeping(tmp_path, "a") as add:
            for _ in range(30):
                add(b"x" * 10_000)
        keep(tmp_path, "b", b"x" * 100_000)
        keep(tmp_path, "c", b"x" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path.name for path in tmp_path.iterdir()] == ["c.kept"]


@pytest.mark.parametrize("damage", [lambda was: b"", lambda was: was[:-1], lambda was: was + b"x", lambda was: was[1:]])
def test_what_is_damaged_is_not_kept(tmp_path, damage):
    keep(tmp_path, "a", b"content")
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(damage(entry.read_bytes()))
    assert not is_kept(tmp_path, "a")
    assert not is_kept(tmp_path, "b")
    assert not is_kept(None, "a")


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
