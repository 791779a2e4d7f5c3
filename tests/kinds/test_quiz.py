"""A kind of one's own, from the manuscript to the archive: nothing in the program knows of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.conftest import Koho
from tests.kinds.quiz import KIND, MANUSCRIPT, NAME, make

from koho_pdf.archive.bags.bag import held
from koho_pdf.content.check import check
from koho_pdf.errors import ManuscriptError
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.reader import read
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace


@pytest.fixture(scope="module")
def kept(small_kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The quiz built in every edition, released, and put into the archive; and the workspace that it is of."""
    root = tmp_path_factory.mktemp("quiz")
    make(root)
    shutil.copytree(small_kept, root / "archive")
    return root


def checked(root: Path, manuscript: str = MANUSCRIPT) -> object:
    folder = make(root, manuscript)
    kind = kind_called("quiz", root / "layouts", root)
    return check(read(folder / "issue.yaml", root), kind.model, folder=folder, layouts=["quiz"]).issue


def test_its_articles_follow_its_roles(tmp_path: Path) -> None:
    articles = articles_of(checked(tmp_path))  # type: ignore[arg-type]
    assert [(each.key, each.number, each.above) for each in articles] == [
        ("intro", 0, ()),
        ("round-1-1", 1, ("海の回",)),
        ("herring", 2, ("海の回",)),
        ("round-2-1", 1, ("まちの回",)),
        ("rules", 0, ()),
        ("ask", 0, ()),
    ]
    assert articles[1].heading == "黄金岬で見られるのは何ですか"
    assert articles[1].paragraphs == ("夕日", "オーロラ", "樹氷", "日本海の西を向いています。")
    assert articles[4].paragraphs == ("しめきり：令和9年7月31日", "当選：20")
    assert {each.department for each in articles} == {"広報担当"}


def test_an_article_with_an_id_keeps_its_address_wherever_it_stands(tmp_path: Path) -> None:
    first = MANUSCRIPT[MANUSCRIPT.index("      - question: 黄金岬") : MANUSCRIPT.index("      - id: herring")]
    second = MANUSCRIPT[MANUSCRIPT.index("      - id: herring") : MANUSCRIPT.index("  - name: まちの回")]
    turned = MANUSCRIPT.replace(first + second, second + first)
    keys = {each.heading: each.key for each in articles_of(checked(tmp_path, turned))}  # type: ignore[arg-type]
    assert keys["昔よくとれた魚は何ですか"] == "herring"


def test_two_articles_of_one_id_are_told(tmp_path: Path) -> None:
    twice = MANUSCRIPT.replace("      - question: 市の木", "      - id: herring\n        question: 市の木")
    folder = make(tmp_path, twice)
    with pytest.raises(ManuscriptError) as refused:
        build(folder, open_workspace(tmp_path), ("web",))
    assert [(each.code, each.where.line) for each in refused.value.findings] == [("id-twice", 17)]


MISTAKES = {
    "a name": ("choices: [夕日", "choice: [夕日", "unknown-field", "rounds.0.questions.0.choice"),
    "too few": ("[サンマ, ニシン]", "[サンマ]", "wrong-count", "rounds.0.questions.1.choices"),
    "no choice": ("layout: quiz", "layout: quiz\nlevel: 普通", "word-not-known", "level"),
    "an id": ("id: herring", "id: ニシン", "id-not-understood", "rounds.0.questions.1.id"),
    "a day": ("until: 令和9年7月31日", "until: 7月末", "date-not-understood", "rules.until"),
}


@pytest.mark.parametrize(("old", "new", "code", "field"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_as_of_any_manuscript(tmp_path: Path, old: str, new: str, code: str, field: str) -> None:
    assert old in MANUSCRIPT
    with pytest.raises(ManuscriptError) as refused:
        checked(tmp_path, MANUSCRIPT.replace(old, new))
    (found,) = refused.value.findings
    assert (found.code, found.where.field) == (code, field)
    assert found.where.file == f"content/{NAME}/issue.yaml"
    assert found.where.line
    assert found.hint


def test_every_edition_has_its_words(kept: Path) -> None:
    data = kept / "archive" / NAME / "data"
    text = (data / "text" / f"{NAME}.txt").read_text(encoding="utf-8")
    assert "〔3つあります〕\n〔1つ目〕夕日\n" in text
    assert "しめきり：令和9年7月31日\n" in text
    issue = json.loads((data / "data" / "issue.json").read_bytes())
    assert (issue["kind"], issue["title"], len(issue["articles"])) == ("quiz", "るもいクイズ", 6)
    page = (data / "web" / "articles" / "herring.html").read_text(encoding="utf-8")
    assert "<h1" in page
    assert "ニシン" in page
    for name in ("print", "screen.pdf", "large.pdf", "archive.pdf", "pages/p2.png", "web/index.html"):
        assert (data / name).exists()


def test_it_is_found_and_compared(kept: Path, koho: Koho) -> None:
    found = koho("archive", "search", "黄金岬", folder=kept)
    assert (found.returncode, "で見られるのは何ですか" in found.stdout) == (0, True)
    manuscript = kept / "content" / NAME / "issue.yaml"
    manuscript.write_text(MANUSCRIPT.replace("ニシン]", "ニシン, タラ]"), encoding="utf-8")
    (kept / "content" / "next").mkdir()
    (kept / "content" / "next" / "issue.yaml").write_text(manuscript.read_text(encoding="utf-8"), encoding="utf-8")
    compared = koho("archive", "compare", NAME, "next", folder=kept)
    assert (compared.returncode, "選択肢" in compared.stdout, "タラ" in compared.stdout) == (0, True, True)


def test_it_is_made_again_with_nothing_but_the_archive(kept: Path, koho: Koho, tmp_path: Path) -> None:
    shutil.copytree(kept / "archive" / NAME, tmp_path / "archive" / NAME)
    before = held(tmp_path / "archive" / NAME)
    done = koho("archive", "rebuild", NAME, folder=tmp_path)
    count = sum(name.startswith("data/") for name in before)
    assert (done.returncode, done.stdout) == (0, f"{NAME}\t同一です（{count}ファイル）\n")
    assert "[間違い]" not in done.stderr
    assert held(tmp_path / "archive" / NAME) == before
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_its_schema_has_its_names(koho: Koho, kept: Path) -> None:
    schema = json.loads(koho("schema", "quiz", folder=kept).stdout)
    assert schema["properties"]["rounds"]["title"] == "出題の回"
    assert schema["definitions"]["Question"]["properties"]["choices"]["maxItems"] == 4


def test_the_kind_stands_in_no_line_of_the_program() -> None:
    program = Path(__file__).parents[2] / "src"
    texts = "".join(path.read_text(encoding="utf-8") for path in program.rglob("*.py"))
    assert "quiz" not in texts.lower()
    assert "クイズ" in KIND
    assert "クイズ" not in texts
