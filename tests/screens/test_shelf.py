"""棚: every issue with its state, its days, what it lacks; covers are never old pictures shown as new."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.kinds import quiz
from tests.screens.conftest import Served, until

from koho_pdf.screens import shelf as shelves
from koho_pdf.screens.shelf import Card, Shelf, shelf_of


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "now", lambda: datetime.datetime(2027, 6, 24, 9, 0, tzinfo=datetime.UTC))


def only(shelf: Shelf) -> Card:
    (card,) = shelf.cards
    return card


def test_an_issue_on_the_shelf(tmp_path: Path, today: None) -> None:
    quiz.make(tmp_path)
    card = only(shelf_of(tmp_path))
    assert (card.title, card.kind, card.state) == ("るもいクイズ", "広報クイズ", "原稿")
    assert (card.day, card.left) == ("7月1日（木）まで", 7)
    assert card.missing == (("原稿の間違い 0", True),)
    assert shelf_of(tmp_path).todo == ()


def test_what_is_missing_is_to_do(tmp_path: Path, today: None) -> None:
    quiz.make(tmp_path, quiz.MANUSCRIPT.replace("lead: 港町{留萌|るもい}のことを、どれだけ知っていますか。\n", ""))
    card = only(shelf_of(tmp_path))
    assert card.missing[0] == ("書いていない欄 1", False)
    assert shelf_of(tmp_path).todo == (card,)


@pytest.mark.parametrize("manuscript", ["", "layout: nowhere\n", "title: [\n", "\0", "- a\n"])
def test_an_issue_that_cannot_be_read_is_on_the_shelf_too(tmp_path: Path, today: None, manuscript: str) -> None:
    quiz.make(tmp_path, manuscript)
    card = only(shelf_of(tmp_path))
    assert card.name == quiz.NAME
    assert not card.missing[0][1]


def test_states(tmp_path: Path, today: None) -> None:
    quiz.make(tmp_path)
    (tmp_path / "out" / "releases" / f"{quiz.NAME}-r2").mkdir(parents=True)
    assert only(shelf_of(tmp_path)).state == "校了"
    (tmp_path / "archive" / quiz.NAME).mkdir(parents=True)
    assert only(shelf_of(tmp_path)).state == "保管"


def test_a_cover_is_of_the_manuscript_as_it_is(served: Served) -> None:
    key, path = served.key(), f"/covers/{served.issue.name}"
    until(lambda: served.asked(path, key).status == 200, 120)
    picture = served.asked(path, key)
    assert picture.read().startswith(b"\x89PNG")
    (served.issue / "issue.yaml").write_text(served.written.replace("るもいクイズ", "別のクイズ"), encoding="utf-8")
    assert served.asked(path, key).status == 202
    assert served.asked("/covers/other", key).status == 404
