"""What another process makes is what would have been made here, and nothing of it is left behind."""

from multiprocessing import active_children
from pathlib import Path

import pytest
from built import build
from conftest import contents
from test_day_pages import bodies

from generator import archive
from generator.errors import SiteError
from generator.pipeline import data
from generator.pipeline.apart import made_apart
from generator.sample import sample_files


def test_what_is_made_apart_is_what_is_made_here():
    assert list(made_apart(sample_files, 3)) == list(sample_files(3))
    assert active_children() == []


def test_who_has_enough_ends_the_process():
    files = made_apart(sample_files, 365)
    assert next(files) == next(sample_files(365))
    files.close()
    assert active_children() == []


def test_a_refusal_is_told_here():
    with pytest.raises(SiteError, match='cannot read "nowhere"'):
        list(made_apart(archive.read_kept, [Path("nowhere")]))


def test_a_process_that_ends_before_its_time_is_told_of():
    with pytest.raises(SiteError, match="Is there enough memory"):
        list(made_apart(sample_files, 0))


def test_data_files_of_a_long_history_are_made_apart_with_the_same_bytes(tmp_path, monkeypatch):
    build(tmp_path / "here", bodies(9), cache=tmp_path / "cache")
    monkeypatch.setattr(data, "_WORTH_A_PROCESS", 1)
    build(tmp_path / "apart", bodies(9), cache=None)
    assert contents(tmp_path / "apart") == contents(tmp_path / "here")
