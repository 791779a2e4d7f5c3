"""Nothing typed is lost: a desk that is killed at any moment, a full disk, two programs at once, a changed file."""

from __future__ import annotations

import errno
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.desk.change import Change, Conflict, Refused, Saved, Unsaved
from koho_pdf.desk.journal import Journal
from koho_pdf.desk.merging import merged, patched, patches_of
from koho_pdf.desk.open_issue import OpenIssue
from koho_pdf.manuscript.own_files import DESK, is_received
from koho_pdf.manuscript.reader import read_bytes

TEXT = """\
# 覚え書き
layout: quiz
title: "0"  # 題
lead: 港の話。
list:
  - 一
  - 二
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "content" / "x"
    (made / "articles").mkdir(parents=True)
    (made / "issue.yaml").write_text(TEXT, encoding="utf-8")
    (made / "articles" / "a.yaml").write_text("kind: notice\nheading: 見出し\nbody: 本文\n", encoding="utf-8")
    return made


def at(folder: Path, path: str, file: str = "issue.yaml") -> object:
    return read_bytes((folder / file).read_bytes(), "").at(path)


def apart(work: Callable[[], None]) -> int:
    """Do some work in a copy of this process."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_killed_at_fifty_moments_the_last_word_is_there(folder: Path) -> None:
    """The desk says what is saved; whatever it has said is on the disk, and at most one word more."""
    said = 0
    for moment in range(50):
        out, in_ = os.pipe()

        def type_on(begin: int = said, end: int = in_) -> None:
            issue = OpenIssue(folder, folder.parents[1])
            for number in range(begin, begin + 10_000):
                told = issue.change(Change("", "title", str(number), str(number + 1), author="山田"))
                assert isinstance(told, Saved)
                os.write(end, f"{number + 1}\n".encode())

        child = apart(type_on)
        os.close(in_)
        with os.fdopen(out) as heard:
            for _ in range(2):
                last = heard.readline()
            time.sleep((moment % 25) * 0.0004)  # somewhere within the next change
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            said = int([last, *heard][-1])
        again = OpenIssue(folder, folder.parents[1])
        again.look()
        now = int(str(at(folder, "title")))
        assert said <= now <= said + 1
        assert (folder / "issue.yaml").read_text(encoding="utf-8") == TEXT.replace('"0"', f'"{now}"')
        said = now
    assert said >= 100
    again = OpenIssue(folder, folder.parents[1])
    while isinstance(again.undo("山田"), Saved):
        pass
    assert (folder / "issue.yaml").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("step", range(8))
def test_ended_at_each_step_of_writing_it_is_finished_or_never_was(
    folder: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    OpenIssue(folder, folder.parents[1]).look()
    calls = iter(range(100))

    def counted(original: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            if next(calls) == step:
                os._exit(9)
            return original(*arguments)

        return call

    def work() -> None:
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "open")):
            monkeypatch.setattr(owner, name, counted(getattr(owner, name)))
        OpenIssue(folder, folder.parents[1]).change(Change("", "title", "0", "終わり"))

    os.waitpid(apart(work), 0)
    issue = OpenIssue(folder, folder.parents[1])
    kept = issue.look()
    assert at(folder, "title") == ("終わり" if kept else "0")
    assert not (folder / DESK / "writing").exists() or kept == 0 or issue.look() == kept
    assert isinstance(issue.change(Change("", "lead", "港の話。", "次の話。")), Saved)


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_on_a_full_disk_the_change_is_kept_and_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = OpenIssue(folder, folder.parents[1])
    issue.look()
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_put", full)
        told = issue.change(Change("", "title", "0", "一"))
        assert told == Unsaved(True, os.strerror(errno.ENOSPC), 1)
        assert at(folder, "title") == "0"
        assert issue.change(Change("", "title", "一", "二")) == Unsaved(True, os.strerror(errno.ENOSPC), 2)
    assert OpenIssue(folder, folder.parents[1]).look() == 2, "another desk finishes it too"
    assert at(folder, "title") == "二"


def test_where_not_even_the_journal_can_be_written_nothing_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = OpenIssue(folder, folder.parents[1])
    issue.look()
    journal = folder / DESK / "journal.jsonl"
    before = journal.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert issue.change(Change("", "title", "0", "一")) == Unsaved(False, os.strerror(errno.ENOSPC), 0)
        assert not (folder / DESK / "reserve").exists(), "it has given up what was set apart"
    assert journal.read_bytes() == before
    assert (folder / "issue.yaml").read_text(encoding="utf-8") == TEXT
    assert isinstance(issue.change(Change("", "title", "0", "一")), Saved)


def test_two_desks_at_once_lose_nothing(folder: Path) -> None:
    def work(field: str, old: str, words: str) -> Callable[[], None]:
        def typing() -> None:
            issue, now = OpenIssue(folder, folder.parents[1]), old
            for number in range(30):
                then = f"{words}{number}"
                assert isinstance(issue.change(Change("", field, now, then, author=words)), Saved)
                issue.change(Change("", "list.0", None, then, act="insert"))
                now = then

        return typing

    for child in [apart(work("title", "0", "甲")), apart(work("lead", "港の話。", "乙"))]:
        assert os.waitpid(child, 0)[1] == 0
    assert (at(folder, "title"), at(folder, "lead")) == ("甲29", "乙29")
    items = at(folder, "list")
    assert isinstance(items, list)
    assert sorted(items) == sorted(["一", "二", *(f"{words}{number}" for words in "甲乙" for number in range(30))])


def test_the_second_of_two_desks_is_told(folder: Path) -> None:
    one, other = (OpenIssue(folder, folder.parents[1]) for _ in range(2))
    assert isinstance(one.change(Change("a", "heading", "見出し", "甲")), Saved)
    told = other.change(Change("a", "heading", "見出し", "乙"))
    assert told == Conflict("a", "heading", "見出し", "乙", "甲", 1)
    assert isinstance(other.change(Change("a", "heading", "甲", "乙")), Saved)


def test_an_article_is_begun_and_taken_away_in_one_step_each(folder: Path) -> None:
    issue, new = OpenIssue(folder, folder.parents[1]), "kind: notice\nheading: 新しい\n"
    listed = TEXT.replace("  - 二\n", "  - 二\n  - b\n")
    both = {"articles/b.yaml": (None, new), "issue.yaml": (TEXT, listed)}
    assert isinstance(issue.write(both, "山田"), Saved)
    assert (folder / "articles" / "b.yaml").read_text(encoding="utf-8") == new
    assert isinstance(issue.undo("山田"), Saved)
    assert not (folder / "articles" / "b.yaml").exists()
    assert (folder / "issue.yaml").read_text(encoding="utf-8") == TEXT
    assert isinstance(issue.redo("山田"), Saved)
    assert isinstance(issue.change(Change("b", "heading", "新しい", "もっと新しい")), Saved)
    told = issue.write({"articles/b.yaml": (new, None)}, "佐藤")
    assert isinstance(told, Conflict)
    assert (folder / "articles" / "b.yaml").exists()
    for name in ("../x.yaml", "articles/../x.yaml", "articles/B b.yaml", "koho.yaml", f"{DESK}/journal.jsonl"):
        assert isinstance(issue.write({name: (None, "x")}), Refused)


def test_a_file_put_back_from_outside_stays_so(folder: Path) -> None:
    issue = OpenIssue(folder, folder.parents[1])
    issue.change(Change("", "title", "0", "一"))
    (folder / "issue.yaml").write_text(TEXT, encoding="utf-8")
    assert OpenIssue(folder, folder.parents[1]).look() == 2
    assert at(folder, "title") == "0"


def test_what_was_typed_without_a_pause_is_one_step(folder: Path) -> None:
    issue = OpenIssue(folder, folder.parents[1])
    for old, new in (("港の話。", "港の"), ("港の", "港の夜"), ("港の夜", "港の夜の話。")):
        assert isinstance(issue.change(Change("", "lead", old, new)), Saved)
    assert isinstance(issue.undo(), Saved)
    assert at(folder, "lead") == "港の話。"
    assert isinstance(issue.redo(), Saved)
    assert at(folder, "lead") == "港の夜の話。"


def test_a_broken_journal_is_put_aside_and_the_manuscript_stays(folder: Path) -> None:
    issue = OpenIssue(folder, folder.parents[1])
    issue.change(Change("", "title", "0", "一"))
    journal = folder / DESK / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"number":1', b'"number"!1') + b'{"torn')
    again = OpenIssue(folder, folder.parents[1])
    assert isinstance(again.change(Change("", "title", "一", "二")), Saved)
    assert at(folder, "title") == "二"
    assert (folder / DESK / "journal-1.jsonl").is_file()
    assert all(json.loads(line) for line in journal.read_bytes().splitlines())


LINES = st.lists(st.sampled_from(["a", "b", "c", "", "港", "# x"]), max_size=8).map(lambda lines: "\n".join(lines))


@given(LINES, LINES)
def test_patches_make_one_text_of_the_other(old: str, new: str) -> None:
    assert patched(old, patches_of(old, new)) == new
    assert merged(old, new, old) == new
    assert merged(old, old, new) == new
    assert merged(old, new, new) == new


@given(st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_changes_of_two_lines_are_both_there(one: int, other: int, more: bool) -> None:
    base = "".join(f"{number}: 言葉\n" for number in range(10))
    mine = base.replace(f"{one}: 言葉", f"{one}: 甲の言葉")
    theirs = base.replace(f"{other}: 言葉\n", f"{other}: 言葉乙\n" + ("# 覚え書き\n" if more else ""))
    both = merged(base, mine, theirs)
    if one != other:
        assert both == theirs.replace(f"{one}: 言葉", f"{one}: 甲の言葉")


def test_no_edition_shows_the_journal_and_no_archive_keeps_it(folder: Path) -> None:
    OpenIssue(folder, folder.parents[1]).look()
    assert {path.name for path in (folder / DESK).iterdir()} == {"journal.jsonl", "reserve"}
    assert is_received(f"{DESK}/journal.jsonl")
