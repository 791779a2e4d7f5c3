"""Whatever is changed, in whichever order: a session's pages are those of a build of the whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from tests.plan.paper import issue, make, notice
from tests.proofs.test_session import FEATURE

from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.pipeline import look
from koho_pdf.proofs.session import Proofs
from koho_pdf.workspace.workspace import open_workspace

MOST = 7  # articles
WORDS = ("港で", "春の海に", "、そして", "令和9年4月1日に", "（42-1809）", "{留萌|るもい}の", "ABC 12 ")
RULES = (".placed + .placed h2 { color: #a00 }", "p { letter-spacing: 0.02em }", ".region { counter-reset: n }")
CSV = "行事,日\n{}祭,3月1日\n市,3月{}日\n"


class Editor:
    """Somebody who edits an issue of four pages, and its layout."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.random = root, Random(seed)
        self.ids = [f"n{number}" for number in range(1, MOST)]
        self.folder = make(root, {id_: notice(at, 15 + 13 * at) for at, id_ in enumerate(self.ids)}, (), columns=2)
        self.plan()
        self.picture()
        self.table()
        (self.folder / "articles" / "n0.yaml").write_text(
            FEATURE + "table: {file: days.csv, caption: 日程}\n", encoding="utf-8"
        )

    def article(self, id_: str) -> Path:
        return self.folder / "articles" / f"{id_}.yaml"

    def plan(self) -> None:
        """Articles stand in another order."""
        self.random.shuffle(self.ids)
        at = self.random.randrange(1, len(self.ids))
        lists = (", ".join(each) for each in (self.ids[:at], self.ids[at:]))
        pages = ["cover", *(f"notices: {{main: [{each}]}}" for each in lists), "{page: feature, main: [n0]}"]
        (self.folder / "issue.yaml").write_text(issue(pages), encoding="utf-8")

    def word(self) -> None:
        """Words are put in somewhere in an article."""
        path = self.article(self.random.choice(self.ids))
        head, _, body = path.read_text(encoding="utf-8").partition("body: ")
        at = self.random.choice([0, *(number for number, each in enumerate(body) if each == "。")])
        path.write_text(f"{head}body: {body[:at]}{self.random.choice(WORDS)}{body[at:]}", encoding="utf-8")

    def shorter(self) -> None:
        """An article is written anew."""
        path = self.article(self.random.choice(self.ids))
        path.write_text(notice(self.random.randrange(99), self.random.randrange(1, 90)), encoding="utf-8")

    def picture(self) -> None:
        """A photograph of the same name is another, of another shape."""
        colour = tuple(self.random.randrange(256) for _ in range(3))
        Image.new("RGB", (1200, self.random.choice((800, 1000))), colour).save(self.folder / "port.jpg")

    def table(self) -> None:
        """A table of the same name has another row."""
        text = CSV.format(self.random.choice(("春", "夏", "港と春の")), self.random.randrange(1, 30))
        (self.folder / "days.csv").write_text(text, encoding="utf-8")

    def palette(self) -> None:
        """The designer takes another ink."""
        self.changed("layout.yaml", r"ink: 0/0/0/100", f"ink: {self.random.randrange(100)}/0/0/100")

    def style(self) -> None:
        """The designer adds a rule."""
        self.changed("layout.css", "", self.random.choice(RULES))

    def template(self) -> None:
        """The designer adds words to a page."""
        self.changed("pages/notices.html", "", "<p class='folio' style='position: absolute; top: 12mm'>号</p>")

    def changed(self, name: str, words: str, other: str) -> None:
        path = self.root / "layouts" / "monthly" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(words, other) if words else text + other, encoding="utf-8")

    def mistake(self) -> None:
        """An article cannot be read for a while."""
        self.article(self.random.choice(self.ids)).write_text("kind: notice\nheading: [とじない\n", encoding="utf-8")

    @property
    def edits(self) -> tuple[Callable[[], None], ...]:
        often = self.word, self.word, self.shorter, self.plan, self.picture, self.table
        return (*often, self.palette, self.style, self.template, self.mistake)


def whole(editor: Editor) -> tuple[list[bytes | None], set[Finding]] | type[KohoError]:
    """What ``koho look`` shows."""
    try:
        pictures, told = look(editor.folder, open_workspace(editor.root))
    except KohoError as fault:
        return type(fault)
    return list(pictures), set(told)


def pulled(proofs: Proofs) -> tuple[list[bytes | None], set[Finding]] | type[KohoError]:
    """What a session shows."""
    try:
        proof = proofs.pull()
    except KohoError as fault:
        return type(fault)
    return [page.picture for page in proof.pages], set(proof.findings)


@pytest.mark.parametrize("seed", [1])
def test_pages_of_a_session_are_those_of_the_whole(home: Path, tmp_path: Path, seed: int) -> None:
    (root := tmp_path / "city").mkdir()
    editor = Editor(root, seed)
    proofs, before = Proofs(editor.folder, editor.root, "組み見本"), tmp_path / "before"
    proofs.pull()
    for step in range(6):
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(editor.folder, before)
        edit = editor.random.choice(editor.edits)
        edit()
        assert pulled(proofs) == whole(editor), (step, edit.__name__)
        if editor.random.random() < 0.4:  # undone, with the same times as before
            shutil.copytree(before, editor.folder, dirs_exist_ok=True)
            pulled(proofs)
