"""What a release holds, that it is written once, and that nothing for print alone leaves its folder ``print/``."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from tests.kinds import brochure

from koho_pdf.archive.bags.record import Record, read_record
from koho_pdf.content.check import check
from koho_pdf.editions.every import RELEASED
from koho_pdf.errors import ArchiveError, LayoutError, UsageError
from koho_pdf.findings import Severity, errors_in
from koho_pdf.manuscript.reader import read
from koho_pdf.pipeline import build
from koho_pdf.platform.folders import held
from koho_pdf.press.profile import read_press
from koho_pdf.release.releasing import Released, archival_pdf, checksums, release, zipped
from koho_pdf.workspace.workspace import open_workspace

NAME = brochure.NAME
SENT = f"{NAME}_offset-coated"
PACKAGE = f"print/package/{SENT}.pdf"


def released(root: Path, issue: str = "tiny", revision: int = 1, press: str = "") -> Released:
    workspace = open_workspace(root)
    shop = read_press(press, workspace.press, root) if press else None
    return release(workspace.content / issue, workspace, shop, revision)


@pytest.fixture(scope="module")
def city(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the small brochure was released."""
    root = tmp_path_factory.mktemp("released") / "city"
    brochure.make(root)
    made = released(root, NAME)
    assert (made.name, made.written, errors_in(made.findings)) == (NAME, True, ())
    return root


@pytest.fixture(scope="module")
def files(city: Path) -> dict[str, bytes]:
    return held(city / "out" / "releases" / NAME)


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_everything_there_is_of_an_issue_is_in_it(files: dict[str, bytes]) -> None:
    singles = {"release.json", "record.json", "screen.pdf", "archive.pdf", "large.pdf", "map.json"}
    editions = {"web/index.html", f"text/{NAME}.txt", "data/issue.json", *(f"pages/p{n}.png" for n in range(1, 5))}
    assert singles | editions <= files.keys()
    assert {name.split("/")[0] for name in files} == singles | {"web", "text", "data", "epub", "pages", "print"}
    assert [name for name in files if name.startswith("web/articles/")]
    papers = ("instructions.pdf", "folding.pdf", "sheet.pdf", "report.html", "SHA256SUMS")
    assert {name for name in files if name.startswith("print/package/")} == {
        PACKAGE,
        *(f"print/package/{paper}" for paper in papers),
    }
    assert {name.split("/")[1] for name in files if name.startswith("print/")} == {"package", "source", f"{SENT}.zip"}


def test_the_shop_can_check_what_it_got(city: Path, files: dict[str, bytes], tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(files[f"print/{SENT}.zip"])) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
        inside = {entry.filename: archive.read(entry) for entry in entries}
        archive.extractall(tmp_path)
    assert inside == {
        name.replace("print/package/", f"{SENT}/"): content
        for name, content in files.items()
        if name.startswith("print/package/")
    }
    assert [entry.filename for entry in entries] == sorted(inside)
    assert {entry.date_time for entry in entries} == {(2027, 4, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path / SENT, capture_output=True)
    assert done.returncode == 0
    assert done.stdout.count(b": OK\n") == 5


def test_the_command_names_the_zip_to_send(tiny: Path, koho: Any) -> None:
    done = koho("release", "tiny", folder=tiny)
    assert done.returncode == 0 and "[間違い]" not in done.stderr
    sent = "out/releases/tiny/print/tiny_offset-coated.zip"
    assert done.stdout.splitlines()[-1] == f"印刷所に送るのは {sent} です。"
    assert (tiny / sent).is_file()


def test_a_zip_depends_on_its_files_alone() -> None:
    some, other = {"b": b"2", "a": b"1"}, {"a": b"1", "b": b"2"}
    assert zipped(some, date(2013, 4, 1)) == zipped(other, date(2013, 4, 1))
    with zipfile.ZipFile(BytesIO(zipped(some, date(1950, 4, 1)))) as archive:
        assert archive.infolist()[0].date_time[0] == 1980
    assert checksums(some) == checksums(other)


def test_the_instructions_say_what_is_to_be_printed(files: dict[str, bytes]) -> None:
    said = words_of(files["print/package/instructions.pdf"])
    told: tuple[str, ...] = (
        "入稿指示書",
        "留萌市",
        "校了",
        NAME,
        f"{SENT}.pdf",
        "3,000部",
        "上質紙四六判90kg",
        "左開き（折りが左）",
        "表（外側）4・1ページ、裏（内側）2・3ページ、天合わせ",
    )
    told += (
        "A4を二つ折りにしてA5",
        "令和9年3月27日までに",
        "4ページ",
        "148×210mm、展開296×210mm",
        "FOGRA39",
        "PDF/X-4",
    )
    told += ("シアンCyan", "マゼンタMagenta", "イエローYellow", "スミBlack", "".join(brochure.TITLE.split()))
    assert [words for words in (*told, hashlib.sha256(files[PACKAGE]).hexdigest()) if words not in said] == []
    with pypdfium2.PdfDocument(files["print/package/instructions.pdf"]) as document:
        assert len(document) == 1


def test_the_archival_pdf_holds_what_it_was_made_from(city: Path, files: dict[str, bytes], tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(files["archive.pdf"])) as pdf:
        inside = {str(file.UF): file for file in pdf.Root.AF}
        assert {name: str(file.AFRelationship) for name, file in inside.items()} == {
            "issue.yaml": "/Source",
            "issue.json": "/Data",
        }
        assert inside["issue.json"].EF.F.read_bytes() == files["data/issue.json"]
        (tmp_path / "issue.yaml").write_bytes(inside["issue.yaml"].EF.F.read_bytes())
    root = read(tmp_path / "issue.yaml", tmp_path).root
    assert isinstance(root, dict)
    assert root["year"] == "令和9年度"


def record_of(files: Mapping[str, bytes], name: str, archive: Path) -> Record:
    """The record as search reads it, below ``data/`` of a bag."""
    (archive / name / "data").mkdir(parents=True)
    (archive / name / "data" / "record.json").write_bytes(files["record.json"])
    return read_record(archive / name)


def test_search_can_read_its_record(files: dict[str, bytes], tmp_path: Path) -> None:
    record = record_of(files, NAME, tmp_path)
    assert (record.name, record.number, record.date.isoformat(), record.pages) == (NAME, None, brochure.DATE, 4)
    assert record.title == brochure.TITLE
    told = json.loads(files["data/issue.json"])["articles"]
    assert [(each.key, each.heading, each.page) for each in record.articles] == [
        (each["key"], each["heading"], each["page"]) for each in told
    ]
    assert {each.page for each in record.articles} == {1, 2, 3, 4}


def test_it_tells_which_software_made_it_of_which_files(files: dict[str, bytes]) -> None:
    told = json.loads(files["release.json"])
    assert (told["name"], told["revision"], told["press"]["file"]) == (NAME, 1, f"{SENT}.pdf")
    assert told["editions"] == list(RELEASED)
    assert {"python", "pango", "weasyprint", "pikepdf", "pydyf"} <= told["software"].keys()
    own = f"content/{NAME}/"
    source = {name.removeprefix("print/source/"): made for name, made in files.items() if "/source/" in name}
    assert told["inputs"].keys() == {own, *(name for name in source if not name.startswith(own))}
    assert sorted(name for name in source if not name.startswith(own)) == [
        name
        for name, content in sorted(source.items())
        if told["inputs"].get(name) == hashlib.sha256(content).hexdigest()
    ]
    assert (
        told["inputs"][own]
        == hashlib.sha256(
            checksums({name: content for name, content in source.items() if name.startswith(own)})
        ).hexdigest()
    )


def test_its_source_alone_makes_it_again(city: Path, files: dict[str, bytes]) -> None:
    workspace = open_workspace(city / "out" / "releases" / NAME / "print" / "source")
    again = build(workspace.content / NAME, workspace, RELEASED, papers=True, release=NAME).files
    there = files | {"print.pdf": files[PACKAGE]}
    there |= {name.replace("print/package/", "preflight/"): made for name, made in files.items() if "package" in name}
    assert [name for name, content in again.items() if there[name] != content] == []


def test_the_same_again_is_no_error_and_a_changed_one_is_a_revision(
    tiny: Path, edit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny / "out" / "releases"
    assert released(tiny).written is True
    first = held(folder / "tiny")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with monkeypatch.context() as patch:
        patch.setattr("koho_pdf.release.releasing.versions", lambda: {"weasyprint": "71.0"})
        assert released(tiny).written is False, "whichever software makes the same"
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "別の文です。")
    with pytest.raises(ArchiveError) as raised:
        released(tiny)
    (found,) = raised.value.findings
    assert (found.code, found.severity) == ("release-changed", Severity.ERROR)
    assert "--revision 2" in found.hint
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    for number in (0, -1, 3):
        with pytest.raises(UsageError) as refused:
            released(tiny, revision=number)
        assert [each.code for each in refused.value.findings] == ["release-revision"]
        assert "--revision 2" in refused.value.findings[0].hint
    assert released(tiny, revision=2).name == "tiny-r2"
    assert held(folder / "tiny") == first
    second = held(folder / "tiny-r2")
    assert "print/package/tiny-r2_offset-coated.pdf" in second
    assert "別の文です。" in words_of(second["screen.pdf"])
    assert record_of(second, "tiny-r2", tmp_path).name == "tiny-r2"
    assert sorted(path.name for path in folder.iterdir()) == ["tiny", "tiny-r2"]


def test_while_an_error_stands_nothing_is_released(tiny: Path, edit: Any) -> None:
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "長い文" * 20)
    with pytest.raises(LayoutError) as raised:
        released(tiny)
    assert "overset" in {found.code for found in raised.value.findings}
    assert not (tiny / "out").exists()


def test_for_another_shop_its_file_has_the_name_and_the_slug_it_asks_for(home: Path, tmp_path: Path) -> None:
    brochure.make(tmp_path)
    made = held(released(tmp_path, NAME, press="sheet-with-tombo").folder)
    sent = f"{NAME}_sheet-with-tombo"
    slug = words_of(made[f"print/package/{sent}.pdf"])
    assert "校了" in slug
    assert "校正" not in slug
    assert "面の順" in words_of(made["print/package/instructions.pdf"])
    assert f"print/{sent}.zip" in made
    assert not [name for name in made if name.startswith("press/")]


def test_pictures_of_the_public_issue_are_in_the_archival_pdf(home: Path, tmp_path: Path) -> None:
    """The issue has two photographs; the manuscript inside uses the names of the files inside."""
    issue = brochure.make(tmp_path / "city")
    for chapter in (0, 1):
        brochure.with_photo(issue, chapter=chapter, file=f"photos/mihon-{chapter + 1}.jpg")
    opened = open_workspace(tmp_path / "city")
    with pikepdf.open(BytesIO(archival_pdf(build(issue, opened, ("screen", "data")), issue))) as pdf:
        inside = {str(file.UF): file.EF.F.read_bytes() for file in pdf.Root.AF}
        photographs = {str(file.UF) for file in pdf.Root.AF if file.AFRelationship == "/Supplement"}
    assert photographs == {f"photos/mihon-{number}.jpg" for number in (1, 2)}
    for name, content in inside.items():
        path = tmp_path / "sample" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    tree = read(tmp_path / "sample" / "issue.yaml", tmp_path)
    checked = check(tree, brochure.model(), folder=tmp_path / "sample", layouts=["brochure"])
    assert [chapter.photo.file for chapter in checked.issue.chapters if chapter.photo] == sorted(photographs)
