"""docs/designers.md, followed literally: each block is the file that the text names, and what it says comes true."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from PIL import Image, ImageChops, ImageStat

from koho_pdf import pipeline
from koho_pdf.cli.fit_table import tell_fit
from koho_pdf.cli.telling import tell
from koho_pdf.collation.on_page import words_on
from koho_pdf.collation.owed import folded
from koho_pdf.collation.shown import shown
from koho_pdf.editions.every import RELEASED
from koho_pdf.editions.faint_text import pale
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.layout.art_inks import inked
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "designers.md").read_text(encoding="utf-8")
SAMPLE = Path("layouts/ichi/sample")
TOGETHER = {"overset", "colour-not-process", "text-near-trim", "words-missing"}  # the others stop a build, or hide one


def tool() -> Any:
    spec = importlib.util.spec_from_file_location("designers_guide", ROOT / "tools" / "designers_guide.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()
WRITTEN: dict[str, str] = TOOL.files(GUIDE)


@dataclass(frozen=True)
class Followed:
    """A workspace of somebody who followed the guide, its sample in every edition, and what is said of its room."""

    root: Path
    made: pipeline.Build
    fit: str


@pytest.fixture(scope="module")
def followed(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Followed:
    root = TOOL.workspace(tmp_path_factory.mktemp("guide"), WRITTEN)
    with redirect_stdout(StringIO()) as said:
        made = pipeline.build(root / SAMPLE, open_workspace(root), RELEASED, fit=tell_fit)
    return Followed(root, made, said.getvalue())


def test_it_leads_to_a_flyer_without_a_finding(followed: Followed) -> None:
    made = followed.made
    assert (made.findings, pale(made.files["screen.pdf"], made.layout, open_workspace(followed.root))) == ((), ())
    assert made.layout.pages == 2
    assert list(made.layout.trim) == [148, 210]
    said = made.files["web/index.html"].decode()
    assert all(
        each in said for each in ("農林水産課", "漁業協同組合", "申込み先")
    )  # two contacts, a name of four letters


def test_every_edition_begins_with_its_title(followed: Followed) -> None:
    """Then comes the line that calls, once, as large print and ears have it; not the other way round."""
    title, catch = "朝の港市へ、ようこそ", "港の朝をまるごと味わう"
    for edition, said in _said(followed.made.files).items():
        head, *after = said.split(folded(catch))
        assert folded(title) in head, edition
        assert len(after) == 1 or edition.endswith((".html", "articles", "issue.json")), edition


def test_the_inks_and_the_room_it_tells_are_those_of_the_program(followed: Followed) -> None:
    drawing = WRITTEN["minato.svg"].encode()
    colours = inked(drawing, "port", read_press("offset-coated", ROOT / "press", ROOT)).lines("port")
    assert f"```yaml\n{colours}```" in GUIDE
    assert f"```text\n{followed.fit}```" in GUIDE


def test_its_pictures_are_of_today(followed: Followed) -> None:
    """Mend: `.venv/bin/python tools/designers_guide.py`."""
    for name, picture in TOOL.pictures(followed.root, followed.made).items():
        kept = Image.open(TOOL.PICTURES / f"{name}.png").convert("RGB")
        assert kept.size == picture.size, name
        assert max(ImageStat.Stat(ImageChops.difference(kept, picture)).rms) < 6, name
    for name in ("art", "web"):
        assert Image.open(TOOL.PICTURES / f"{name}.png").info["made-of"] == TOOL.sum_of_web(WRITTEN), name
    assert {each.stem for each in TOOL.PICTURES.iterdir()} == set(re.findall(r"designers/(\w+)\.png", GUIDE))


def test_rows_stand_below_each_other(followed: Followed) -> None:
    places = {each["field"]: each for each in json.loads(followed.made.files["map.json"])["fields"]}
    boxes = [places[each]["slot"]["place"] for each in ("audience", "fee", "bring", "apply")]
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes)), boxes


def test_what_it_allows_fits(followed: Followed, told: Callable[..., tuple[Finding, ...]]) -> None:
    """As many characters as the kind says, in every field at once; one more is too long."""
    limits = re.findall(
        r"^  (\w+): .*description: (\d+)字まで。", WRITTEN["layouts/_kinds/ichi/kind.yaml"], re.MULTILINE
    )
    assert {name for name, _ in limits} == {"catch", "place", "text", "audience", "bring", "apply"}
    full = {name: "市" * int(most) for name, most in limits} | {"title": "朝の港市へ、ようこそ海へ"}
    assert len(full["title"]) == 12  # six and six

    def overset(values: dict[str, str]) -> list[str | None]:
        issue = WRITTEN[f"{SAMPLE}/issue.yaml"].replace("text: |\n", "text: ").replace("\n\n  ", "")
        for name, value in values.items():
            issue = re.sub(rf"^{name}: .*$", f"{name}: {value}", issue, flags=re.MULTILINE)
        (followed.root / "content" / "full").mkdir(parents=True, exist_ok=True)
        (followed.root / "content" / "full" / "issue.yaml").write_text(issue, encoding="utf-8")
        return [each.where.field for each in told(followed.root, "full") if each.code == "overset"]

    assert overset(full) == []
    assert overset(full | {"place": full["place"] + "市", "catch": full["catch"] + "市"}) == ["catch", "place"]


def test_each_finding_it_shows_is_what_the_program_says(followed: Followed) -> None:
    """What stops a build is tried alone; all that can be told together, in one build."""
    shown = re.findall(
        r"^- `(.+?)` を(?: `(.+)` と書いた|書き忘れた):\n\n  ```text\n  (.+)\n  ```", GUIDE, re.MULTILINE
    )
    assert len(shown) >= 10
    rounds: dict[str, dict[Path, str]] = {}
    expected: dict[str, list[str]] = {}
    for old, new, line in shown:
        path = next(each for each in WRITTEN if old in WRITTEN[each] and _named(each, line, old))
        code = line.rsplit("(", 1)[1].rstrip(")")
        name = "together" if code in TOGETHER else line
        file, changed = followed.root / path, rounds.setdefault(name, {})
        changed[file] = changed.get(file, WRITTEN[path]).replace(old, new, 1)
        expected.setdefault(name, []).append(line)
    for name, changed in rounds.items():
        said = _told(followed.root, changed)
        assert [each for each in expected[name] if each not in said] == [], said


def _named(path: str, line: str, old: str) -> bool:
    """Whether an example is about this file: it is the file that its line names, or only this one has the words."""
    return path in line or sum(old in each for each in WRITTEN.values()) == 1


def _told(root: Path, changed: dict[Path, str]) -> list[str]:
    opened = open_workspace(root)
    try:
        with changed_to(changed):
            made = pipeline.build(root / SAMPLE, opened, ("print", "screen"))
            found = (*made.findings, *pale(made.files["screen.pdf"], made.layout, opened))
    except KohoError as fault:
        found = fault.findings
    with redirect_stderr(StringIO()) as said:
        tell(found)
    return said.getvalue().splitlines()


@contextmanager
def changed_to(texts: Mapping[Path, str]) -> Iterator[None]:
    """Other texts in these files, for a while."""
    kept = {path: path.read_text(encoding="utf-8") for path in texts}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        for path, text in kept.items():
            path.write_text(text, encoding="utf-8")


def test_nothing_in_it_is_unused_or_unexplained() -> None:
    page, web = WRITTEN["layouts/ichi/layout.html"], WRITTEN["layouts/ichi/web.html"]
    looks = page + web + WRITTEN["layouts/ichi/layout.css"] + WRITTEN["layouts/ichi/web.css"]
    slots = re.findall(r"^  (\w+): \{size", WRITTEN["layouts/ichi/layout.yaml"], re.MULTILINE)
    assert [each for each in slots if f'data-slot="{each}"' not in page] == []
    assert [each for each in (1, 2, 3) if f"--port-{each}" not in looks] == []  # 0 is the sun, of the drawing alone
    table = GUIDE[GUIDE.index("| 書き方 | 意味 |") : GUIDE.index("見た目を決めます")]
    used = {
        f"\\|{each}"
        for each in re.findall(r"\{\{[^}]*\|(\w+)|\|(\w+)(?=\(| %|\))", page + web)
        for each in each
        if each
    }
    used |= set(re.findall(r"(data-\w+|aria-hidden)=", page)) | set(re.findall(r"\{% (include \"[^\"]+\")", page))
    assert [each for each in used if each not in table] == []
    assert GUIDE.index("koho schema ichi >") < GUIDE.index("`layouts/ichi/sample/issue.yaml`")


def test_the_pictures_and_pages_it_names_are_there() -> None:
    named = re.findall(r"\]\(([\w/.-]+)", GUIDE)
    assert [each for each in named if not (ROOT / "docs" / each).exists()] == []
    theirs = [each for each in re.findall(r"`(layouts/[\w-]+)`", GUIDE) if not each.endswith("/ichi")]
    assert [each for each in theirs if not (ROOT / each).exists()] == []


def test_every_key_is_explained_out_of_the_schema(koho: Callable[..., Any]) -> None:
    """docs/keys.md is what ``koho schema --keys`` writes (``make findings``)."""
    assert koho("schema", "--keys").stdout == (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")


def test_the_art_is_written_into_a_folder_that_is_not_there_yet(followed: Followed, koho: Callable[..., Any]) -> None:
    (command,) = re.findall(r"^koho (layouts inks .*)$", GUIDE, re.MULTILINE)
    made = koho(*command.replace("/ichi/", "/ni/").split(), folder=followed.root)
    assert (made.returncode, made.stderr) == (0, "")
    art = followed.root / "layouts" / "ni" / "art" / "minato.svg"
    assert art.read_bytes() == (followed.root / "layouts" / "ichi" / "art" / "minato.svg").read_bytes()


def test_every_file_stands_before_the_command_that_reads_it() -> None:
    """``koho check`` and ``koho layouts`` read the web page too."""
    commands = [GUIDE.index(f"\n{each}\n") for each in ("koho check layouts/ichi/sample", "koho layouts --sheet ichi")]
    assert max(GUIDE.index(f"**ファイル** `{path}`") for path in WRITTEN) < min(commands)


def test_a_photograph_as_it_says_is_on_the_page_and_the_web(followed: Followed) -> None:
    blocks = re.findall(r"```text\n(.*?)```", GUIDE[GUIDE.index("**写真**は") :], re.DOTALL)
    manuscript, place, css = blocks[:3]
    folder, kind = followed.root / "layouts" / "ichi", followed.root / "layouts" / "_kinds" / "ichi" / "kind.yaml"
    changed: dict[Path, Callable[[str], str]] = {
        kind: lambda text: (
            text.replace("bring, apply]", "bring, apply, photo]")
            + "  photo: {type: picture, optional: true, title: 写真}\n"
        ),
        folder / "sample" / "issue.yaml": lambda text: re.sub(r"(?m)^(audience|bring): .*\n", "", text) + manuscript,
        folder / "layout.html": lambda text: text.replace('<div class="place sea"', f'{place}<div class="place sea"'),
        folder / "web.html": lambda text: text.replace("</main>", f"{place}</main>"),
        folder / "layout.css": lambda text: text + css,
    }
    Image.radial_gradient("L").convert("RGB").resize((1800, 630)).save(folder / "sample" / "asa.jpg", quality=90)
    with changed_to({path: change(path.read_text(encoding="utf-8")) for path, change in changed.items()}):
        made = pipeline.build(followed.root / SAMPLE, open_workspace(followed.root), RELEASED)
    assert made.findings == ()
    assert "屋根の下で、汁物を食べる家族" in made.files["web/index.html"].decode()
    places = [each for each in json.loads(made.files["map.json"])["fields"] if each["field"] == "photo.file"]
    assert {(each["page"], each["box"]["width"]) for each in places} == {(2, 120.0)}


def test_a_table_as_it_says_is_in_every_edition(followed: Followed) -> None:
    blocks = re.findall(r"```text\n(.*?)```", GUIDE[GUIDE.index("**表（") :], re.DOTALL)
    manuscript, markup, slot, css = blocks[:4]
    first, place = markup.splitlines()
    folder, kind = followed.root / "layouts" / "ichi", followed.root / "layouts" / "_kinds" / "ichi" / "kind.yaml"
    changed: dict[Path, Callable[[str], str]] = {
        kind: lambda text: (
            text.replace("bring, apply]", "bring, apply, programme]")
            + "  programme: {type: table, title: プログラム}\n"
        ),
        folder / "sample" / "issue.yaml": lambda text: (
            re.sub(r"^(audience|bring): .*\n", "", text, flags=re.M) + manuscript
        ),
        folder / "layout.yaml": lambda text: text.replace("colours:", f"{slot}colours:"),
        folder / "layout.html": lambda text: f"{first}\n{text}".replace(
            '<div class="place sea"', f'{place}<div class="place sea"'
        ),
        folder / "web.html": lambda text: f"{first}\n{text}".replace("</main>", f"{place}</main>"),
        folder / "layout.css": lambda text: text + css,
    }
    with changed_to({path: change(path.read_text(encoding="utf-8")) for path, change in changed.items()}):
        made = pipeline.build(followed.root / SAMPLE, open_workspace(followed.root), RELEASED)
    assert made.findings == ()
    cells = [cell for row in yaml.safe_load(manuscript)["programme"]["rows"] for cell in row]
    assert len(cells) == 15
    for edition, said in _said(made.files).items():
        order = [said.find(folded(each)) for each in ("プログラム", "大漁太鼓", "浜の歌", "みんなで朝ごはん")]
        assert [each for each in cells if folded(each) not in said] == [], edition
        assert order == sorted(order), edition
    assert made.files["web/index.html"].decode().count("<th ") >= 3  # a table, not words in a row


def _said(files: Mapping[str, bytes]) -> dict[str, str]:
    """The words of every edition, folded."""
    found: dict[str, str] = {}
    for name, content in files.items():
        if name.endswith(".pdf"):
            found[name] = folded("".join(words.text for words in shown(content)))
        elif name.endswith((".html", ".txt", "issue.json")) and "preflight" not in name:
            name = "articles" if "/articles/" in name else name
            found[name] = found.get(name, "") + folded(words_on(content.decode()))
        elif name.endswith(".epub"):
            with ZipFile(BytesIO(content)) as book:
                pages = [book.read(each).decode() for each in book.namelist() if "article" in each or "top" in each]
            found[name] = folded("".join(map(words_on, pages)))
    return found
