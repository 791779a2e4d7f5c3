"""The process of an issue: pages, places and findings of the newest revision; what is broken ends it alone."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from PIL import Image
from tests.kinds import quiz

from koho_pdf.desk.change import Change, Saved
from koho_pdf.desk.open_issue import OpenIssue
from koho_pdf.desk.worker import Worker

Answer = dict[str, Any]
Made = Callable[..., tuple[Worker, Queue[Answer]]]


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    return quiz.make(tmp_path)


@pytest.fixture
def made(folder: Path, tmp_path: Path) -> Iterator[Made]:
    workers: list[Worker] = []

    def make(limit: float = 60.0) -> tuple[Worker, Queue[Answer]]:
        heard = Queue[Answer]()
        workers.append(Worker(folder, tmp_path, tmp_path / "pictures", heard.put, limit))
        return workers[-1], heard

    yield make
    for worker in workers:
        worker.close()


def next_of(heard: Queue[Answer], *states: str) -> Answer:
    while (answer := heard.get(timeout=60))["state"] not in states:
        pass
    return answer


def write(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_pages_places_and_findings_of_an_issue(made: Made, folder: Path, tmp_path: Path) -> None:
    issue, (worker, heard) = OpenIssue(folder, tmp_path), made()
    worker.ask(issue.look())
    first = next_of(heard, "composed")
    assert [page["number"] for page in first["pages"] if page["composed"]] == [1, 2]
    title = next(each for each in first["boxes"] if each["field"] == "title")
    assert (title["page"], title["left"]) == (1, 5)
    assert title["box"][:2] == pytest.approx([15, 15], abs=1)
    assert next_of(heard, "checked")["revision"] == 0

    told = issue.change(Change("", "title", "るもいクイズ", "るもいの港のクイズ大会"))
    assert isinstance(told, Saved)
    worker.ask(told.revision)
    second = next_of(heard, "composed")
    assert second["revision"] == told.revision
    assert [page["number"] for page in second["pages"] if page["composed"]] == [1]
    assert next(each["left"] for each in second["boxes"] if each["field"] == "title") == 0
    pictures = {page["number"]: page["picture"] for page in second["pages"]}
    assert pictures[1] != first["pages"][0]["picture"]
    with Image.open(tmp_path / "pictures" / pictures[1]) as seen:
        assert list(seen.size) == second["pages"][0]["size"]
        usual = seen.width
    with Image.open(tmp_path / "pictures" / worker.picture(1, 200)) as near:
        assert near.width == pytest.approx(2 * usual, abs=2)
    assert worker.picture(9, 200) == ""


def test_a_finding_says_which_characters_it_is_about(made: Made, folder: Path) -> None:
    write(
        folder,
        "issue.yaml",
        "lead: 港町{留萌|るもい}のことを、どれだけ知っていますか。",
        "lead: 開催は8月8日（月）です。",
    )
    worker, heard = made()
    worker.ask(1)
    found = next(each for each in next_of(heard, "checked")["findings"] if each["code"] == "l01-weekday")
    assert found["span"]["path"] == "lead"
    span = found["span"]
    assert "開催は8月8日（月）です。"[span["start"] : span["start"] + span["length"]] == found["words"]


def test_of_several_requests_the_newest_is_answered(made: Made) -> None:
    worker, heard = made()
    for revision in range(20):
        worker.ask(revision)
    answers = [next_of(heard, "composed")]
    while answers[-1]["revision"] < 19:
        answers.append(next_of(heard, "composed"))
    assert len(answers) <= 3


def test_a_manuscript_that_cannot_be_read_is_told_and_the_next_one_composed(made: Made, folder: Path) -> None:
    worker, heard = made()
    text = (folder / "issue.yaml").read_text(encoding="utf-8")
    (folder / "issue.yaml").write_text("- 一\n", encoding="utf-8")
    worker.ask(1)
    assert [each["code"] for each in next_of(heard, "failed")["findings"]] == ["not-a-manuscript"]
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    worker.ask(2)
    assert next_of(heard, "composed", "failed")["state"] == "composed"


def test_a_process_that_is_killed_is_started_anew(made: Made) -> None:
    worker, heard = made()
    worker.ask(1)
    next_of(heard, "checked")
    assert worker._process
    os.kill(worker._process.pid, signal.SIGKILL)
    worker.ask(2)
    state = next_of(heard, "composed", "ended")["state"]
    if state == "ended":  # it had not been seen to be gone
        worker.ask(3)
        assert next_of(heard, "composed", "ended")["state"] == "composed"


def test_a_layout_without_end_is_stopped(made: Made, tmp_path: Path) -> None:
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    write(tmp_path / "layouts" / "quiz", "layout.html", "<section", f"{endless}<section")
    worker, heard = made(4.0)
    began = time.monotonic()
    worker.ask(1)
    assert next_of(heard, "late", "composed")["state"] == "late"
    assert time.monotonic() - began < 30
    write(tmp_path / "layouts" / "quiz", "layout.html", endless, "")
    worker._limit = 60
    worker.ask(2)
    assert next_of(heard, "composed", "late")["state"] == "composed"
