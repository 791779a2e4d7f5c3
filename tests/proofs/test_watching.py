"""What is seen of files that somebody saves, in whatever way; and a manuscript that is edited while it is watched."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from tests.kinds import quiz
from tests.plan import paper

from koho_pdf.proofs.watching import Watch, rounds

ROOT = Path(__file__).parents[2]
LONGEST = 60.0  # seconds until a test gives up, however busy the machine is


def test_every_way_of_saving_is_seen(tmp_path: Path) -> None:
    file, other = tmp_path / "a" / "issue.yaml", tmp_path / "b.yaml"
    file.parent.mkdir()
    file.write_text("title: 一\n", encoding="utf-8")
    watch = Watch([file.parent, other, tmp_path / "nowhere"])
    assert not watch.changed()

    def seen(work: Callable[[], object]) -> bool:
        work()
        found = watch.changed()
        return found and not watch.changed()

    assert seen(lambda: file.write_text("title: 二二\n", encoding="utf-8"))
    beside = tmp_path / "a" / ".issue.yaml.swp"
    beside.write_text("title: 三\n", encoding="utf-8")
    (tmp_path / "a" / "issue.yaml~").write_text("", encoding="utf-8")
    (tmp_path / "a" / "4913").write_text("", encoding="utf-8")
    assert not watch.changed()  # what editors put beside it
    assert seen(lambda: beside.replace(file))
    assert seen(lambda: file.rename(file.with_name("other.yaml")))
    assert seen(lambda: file.with_name("other.yaml").unlink())
    assert seen(lambda: other.write_text("a: b\n", encoding="utf-8"))
    (deep := tmp_path / "a" / "deep" / "er").mkdir(parents=True)
    assert seen(lambda: (deep / "x.css").write_text("p {}", encoding="utf-8"))
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    watch.changed()
    assert not watch.changed()


def test_two_savings_at_one_time_are_two(tmp_path: Path) -> None:
    """A disk that knows only seconds: same size, same time, same place."""
    file = tmp_path / "issue.yaml"
    watch = Watch([tmp_path])
    for text in ("title: 一\n", "title: 二\n"):
        with file.open("w", encoding="utf-8") as opened:
            opened.write(text)
        os.utime(file, (1_800_000_000, 1_800_000_000))
        assert watch.changed()
    assert not watch.changed()


def test_a_round_waits_until_nobody_writes(tmp_path: Path) -> None:
    file = tmp_path / "issue.yaml"
    texts = iter(["一", "一二", "一二三", None, None, "五", None, None])
    waited: list[bool] = []

    def wait(short: bool) -> bool:
        waited.append(short)
        text = next(texts, "")
        if text:
            file.write_text(text, encoding="utf-8")
        return text != ""

    made = [file.read_text(encoding="utf-8") if file.exists() else "" for _ in rounds(Watch([tmp_path]), wait)]
    assert made == ["", "一二三", "五"]
    assert waited == [False, True, True, True, False, False, True, False, False]


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    quiz.make(tmp_path)
    return tmp_path


class Watched:
    """``koho watch`` in a process of its own, and what it says."""

    def __init__(self, city: Path, issue: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", "watch", issue]
        self.said = city / "said.txt"
        with self.said.open("wb") as file:
            self.process = subprocess.Popen(
                command,
                cwd=city,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
            )

    def text(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def until(self, words: str, after: int = 0) -> str:
        """What it says from ``after`` on, as soon as the words are in it."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            said = self.text()[after:]
            if words in said:
                return said
            assert self.process.poll() is None, said
            time.sleep(0.05)
        raise AssertionError(f"{words} is not in: {self.text()[after:]}")


@pytest.fixture
def watched(city: Path) -> Iterator[Watched]:
    started = Watched(city, quiz.NAME)
    yield started
    started.process.kill()
    started.process.wait()


def state(folder: Path) -> dict[str, object]:
    text = (folder / "state.js").read_text(encoding="utf-8")
    found = re.fullmatch(r"show\((.*)\);\n", text, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_an_issue_is_watched_while_somebody_edits(city: Path, watched: Watched) -> None:
    """A word, a mistake, a file that is gone for a moment, a layout that is broken; then Ctrl-C."""
    manuscript, looked = city / "content" / quiz.NAME / "issue.yaml", city / "out" / "look" / quiz.NAME
    good = manuscript.read_text(encoding="utf-8")
    said = watched.until("ページを組みました")
    assert f"out/look/{quiz.NAME}/index.html" in said
    before = (looked / "p1.png").read_bytes()
    with Image.open(looked / "p1.png") as picture:
        assert picture.size[0] > 300
    assert "state.js" in (looked / "index.html").read_text(encoding="utf-8")

    at = len(watched.text())
    staging = manuscript.with_name("issue.yaml.tmp")
    staging.write_text(re.sub("(?m)^title: .*$", "title: 秋のクイズ", good), encoding="utf-8")
    staging.replace(manuscript)
    watched.until("1ページ目を組み直しました", at)
    assert (looked / "p1.png").read_bytes() != before
    assert not state(looked)["findings"]

    at = len(watched.text())
    manuscript.write_text("title: [とじない\n", encoding="utf-8")
    watched.until("[間違い]", at)
    assert (looked / "p1.png").exists()
    assert state(looked)["findings"]
    assert state(looked)["pages"]

    at = len(watched.text())
    manuscript.rename(manuscript.with_name("away.yaml"))
    watched.until("manuscript-missing", at)

    at = len(watched.text())
    manuscript.with_name("away.yaml").unlink()
    manuscript.write_text(good, encoding="utf-8")
    watched.until("なくなりました", at)
    assert (looked / "p1.png").read_bytes() == before

    at = len(watched.text())
    template = next((city / "layouts").glob("*/layout.html"))
    html = template.read_text(encoding="utf-8")
    template.write_text(html + "{% if %}", encoding="utf-8")
    watched.until("template-broken", at)
    at = len(watched.text())
    template.write_text(html, encoding="utf-8")
    watched.until("なくなりました", at)

    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(LONGEST) == 130
    assert "Traceback" not in watched.text()


def test_a_round_says_which_pages_are_others(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also those that are as they were two rounds ago, and need not be composed again."""
    from koho_pdf.cli.watch_commands import Desk, _said

    pages = ["notices: {main: [n1]}", "notices: {main: [n2]}"]
    folder = paper.make(tmp_path, {f"n{number}": paper.notice(number, 20) for number in (1, 2)}, pages)
    desk, first = Desk(folder, tmp_path / "look", tmp_path), folder / "articles" / "n1.yaml"

    def said() -> str:
        desk.round()
        desk.rest()
        return capsys.readouterr().out

    assert said() == "全2ページを組みました。\n"
    before = (tmp_path / "look" / "p1.png").read_bytes()
    first.write_text(paper.notice(1, 40), encoding="utf-8")
    assert said() == "1ページ目を組み直しました。\n"
    assert said() == "ページは変わっていません。\n"
    first.write_text(paper.notice(1, 20), encoding="utf-8")
    assert said() == "1ページ目を組み直しました。\n"
    assert (tmp_path / "look" / "p1.png").read_bytes() == before
    (folder / "issue.yaml").write_text(paper.issue(pages[::-1]), encoding="utf-8")
    assert said() == "全2ページを組みました。\n"
    assert _said((), 1, 2) == "全1ページになりました。"
    assert _said((1,), 2, 3) == "全2ページになりました。1ページ目を組み直しました。"


def test_its_pictures_are_those_of_look(city: Path, koho: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Of a layout's sample, which has a folder of its own."""
    from koho_pdf.cli.watch_commands import Desk, _asked
    from koho_pdf.workspace.workspace import open_workspace

    name = next((city / "layouts").glob("*/layout.yaml")).parent.name
    folder, target = _asked(f"layouts/{name}", open_workspace(city))
    assert target == city / "out" / "look" / "_layouts" / name
    (target).mkdir(parents=True)
    (target / "p99.png").write_bytes(b"of an issue with more pages")
    Desk(folder, target, city).round()
    assert not (target / "p99.png").exists()
    assert koho("look", str(folder), folder=city).returncode == 0
    looked = sorted((city / "out" / "look" / folder.name).glob("*.png"))
    assert [path.read_bytes() for path in looked] == [(target / path.name).read_bytes() for path in looked]
    assert len(looked) == len(list(target.glob("*.png")))
