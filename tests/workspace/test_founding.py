"""A new workspace for a city: all that comes with the program, and nothing over what is there already."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from tests.conftest import REPOSITORY, Koho

from koho_pdf.composition.fonts.fonts_yaml import OwnFontsFile
from koho_pdf.errors import ArchiveError, UsageError
from koho_pdf.manuscript.mistakes import checked
from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.platform import folders
from koho_pdf.platform.installed import shipped_files
from koho_pdf.workspace.founding import SUMS, found
from koho_pdf.workspace.workspace import KohoFile, open_workspace


def every(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Few files come with the program: the real ones have 50 MB."""
    files = {name: (REPOSITORY / name).read_bytes() for name in _FEW}
    monkeypatch.setattr("koho_pdf.workspace.founding.shipped", lambda: dict(files))
    return files


_FEW = ("layouts/flyer/layout.yaml", "press/offset-coated.yaml", "press/profiles/fogra39-coated-300.icc")


def test_a_city_gets_all_that_it_needs_with_the_licences(tmp_path: Path, koho: Koho) -> None:
    done = koho("init", "広報", "--municipality", "汐見市", "--area-code", "0123", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "汐見市" in done.stdout
    city = open_workspace(tmp_path / "広報").city
    assert (city.municipality, city.area_code, city.press.name) == ("汐見市", "0123", "offset-coated")
    files = every(tmp_path / "広報")
    said, koho_yaml, own = (files.pop(name).decode() for name in (SUMS, "koho.yaml", "fonts/own.yaml"))
    assert "留萌" not in koho_yaml
    for text, model in ((koho_yaml, KohoFile), (own, OwnFontsFile)):  # what stands in comments is right as well
        example = re.sub(r"^# (?=\w+:|  )", "", text, flags=re.MULTILINE)
        tree = read_bytes(example.encode(), "example.yaml")
        assert checked(tree, model)[1] == []
    assert files == {name: (REPOSITORY / name).read_bytes() for name in files}
    assert {name.partition("/")[0] for name in files} == {
        ".editorconfig",
        ".vscode",
        "LICENSE",
        "fonts",
        "layouts",
        "press",
        "schemas",
    }
    assert {"fonts/OFL-BIZUDGothic.txt", "press/profiles/LICENSE-FOGRA39.txt", ".vscode/extensions.json"} <= set(files)
    assert list((tmp_path / "広報" / "content").iterdir()) == []
    told = {line[66:]: line[:64] for line in said.splitlines()}
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    begun = koho("new", "flyer", "2027-05-matsuri", folder=tmp_path / "広報")
    assert begun.returncode == 0, begun.stderr
    begun_file = tmp_path / "広報" / "content" / "2027-05-matsuri" / "issue.yaml"
    schema = begun_file.read_text(encoding="utf-8").split("\n", 1)[0].partition("$schema=")[2]
    assert (begun_file.parent / schema).resolve() == (tmp_path / "広報" / "schemas" / "flyer.schema.json").resolve()
    assert (begun_file.parent / schema).is_file()


def test_nothing_is_written_where_something_is(tmp_path: Path, few: dict[str, bytes]) -> None:
    (tmp_path / "手紙.txt").write_text("大切", encoding="utf-8")
    for target in (tmp_path, tmp_path / "手紙.txt"):
        with pytest.raises(UsageError) as refused:
            found(target, "汐見市")
        assert [each.code for each in refused.value.findings] == ["init-not-empty"]
    assert every(tmp_path) == {"手紙.txt": "大切".encode()}


def test_an_empty_folder_in_which_one_stands_becomes_the_workspace(
    tmp_path: Path, few: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    found(Path(), "汐見市")
    assert Path("koho.yaml").is_file()  # the folder itself is the same as before
    assert set(every(tmp_path)) == {*few, SUMS, "koho.yaml", "fonts/own.yaml"}


@pytest.mark.parametrize("name", ["", " \u3000", "あ" * 31])
def test_a_city_must_have_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as refused:
        found(tmp_path / "city", name)
    assert [each.code for each in refused.value.findings] == ["init-municipality"]
    assert not (tmp_path / "city").exists()


@pytest.mark.parametrize("name", ["汐見: 市", "汐見#市", "'汐見'市", "- 汐見", "no", "汐見\u3000市", "{汐見}市"])
def test_the_name_is_kept_as_it_is_said(tmp_path: Path, few: dict[str, bytes], name: str) -> None:
    found(tmp_path / "city", name)
    assert open_workspace(tmp_path / "city").city.municipality == " ".join(name.split())


def test_a_disk_that_is_full_leaves_no_half_of_a_workspace(
    tmp_path: Path, few: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, files: dict[str, bytes]) -> None:
        folder.mkdir()
        (folder / "layouts").mkdir()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(ArchiveError):
        patch.setattr(folders, "_fill", full)
        found(tmp_path / "city", "汐見市")
    assert list((tmp_path / "city").iterdir()) == []
    found(tmp_path / "city", "汐見市")  # and then it can be made


def test_a_program_without_its_files_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koho_pdf.workspace.founding.shipped_files", lambda: shipped_files(tmp_path))
    with pytest.raises(UsageError) as refused:
        found(tmp_path / "city", "汐見市")
    assert [each.code for each in refused.value.findings] == ["not-shipped"]


def test_what_editors_leave_behind_is_not_shipped(tmp_path: Path) -> None:
    for name in ("layouts/a/layout.yaml", "layouts/a/layout.yaml~", "layouts/.DS_Store", "fonts/~$a", ".vscode/a.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert set(shipped_files(tmp_path)) == {".vscode/a.json", "layouts/a/layout.yaml"}


@pytest.mark.parametrize("code", ["1234", "０１２３", "0123-4"])
def test_a_wrong_area_code_is_told(tmp_path: Path, koho: Koho, code: str) -> None:
    done = koho("init", "city", "--municipality", "汐見市", "--area-code", code, folder=tmp_path)
    assert (done.returncode, "(usage)" in done.stderr) == (64, True)
    assert not (tmp_path / "city").exists()
