"""A workspace brought up to date: what came with the program is new, what the city wrote stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import REPOSITORY

from koho_pdf.errors import UsageError
from koho_pdf.workspace.founding import SUMS, found, sums_of
from koho_pdf.workspace.updating import Update, update

OLD = {
    "layouts/a/layout.yaml": b"one",
    "layouts/a/layout.css": b"one",
    "layouts/b/layout.yaml": b"one",
    "layouts/c/layout.yaml": b"one",
    "fonts/old.ttf": b"one",
    "fonts/older.ttf": b"one",
}
NEW = {
    "layouts/a/layout.yaml": b"two",
    "layouts/a/layout.css": b"two",
    "layouts/b/layout.yaml": b"one",
    "layouts/c/layout.yaml": b"two",
    "layouts/d/layout.yaml": b"two",
    "fonts/own.ttf": b"two",
}


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    ships(OLD, monkeypatch)
    found(tmp_path / "city", "汐見市")
    return tmp_path / "city"


def ships(files: dict[str, bytes], patch: pytest.MonkeyPatch) -> None:
    for module in ("founding", "updating"):
        patch.setattr(f"koho_pdf.workspace.{module}.shipped", lambda: dict(files))


def told(done: Update) -> list[tuple[str, str | None]]:
    return [(each.code, each.where.file) for each in done.findings]


def held(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_the_city_did_not_touch_becomes_new(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {name: (city / name).read_bytes() for name in ("koho.yaml", "fonts/own.yaml")}
    ships(NEW, monkeypatch)
    done = update(city)
    assert done.renewed == ("layouts/a/layout.yaml", "layouts/a/layout.css", "layouts/c/layout.yaml")
    assert done.added == ("layouts/d/layout.yaml", "fonts/own.ttf")
    assert done.removed == ("fonts/old.ttf", "fonts/older.ttf")
    assert done.findings == ()
    assert held(city) == {**NEW, SUMS: sums_of(NEW), **said}


def test_nothing_that_the_city_wrote_is_lost(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {
        "layouts/a/layout.yaml": "市の a".encode(),  # new in the program too
        "layouts/b/layout.yaml": "市の b".encode(),  # not new in the program
        "fonts/old.ttf": "市の書体".encode(),  # the program has it no longer
        "fonts/own.ttf": "市の別の書体".encode(),  # the program has one of the same name now
        "layouts/shiomi/layout.yaml": "市のレイアウト".encode(),
        "content/issue/issue.yaml": "原稿".encode(),
        "fonts/own.yaml": "fonts: [市の書体]".encode(),
        "fonts/ShiomiGothic.otf": "市だけの書体".encode(),
    }
    for name, content in own.items():
        (city / name).parent.mkdir(parents=True, exist_ok=True)
        (city / name).write_bytes(content)
    (city / "layouts/c/layout.yaml").unlink()
    ships(NEW, monkeypatch)
    done = update(city)
    files = held(city)
    assert {name: files[name] for name in own} == own
    assert {name: content for name, content in files.items() if name.endswith(".new")} == {
        "layouts/a/layout.yaml.new": b"two",
        "fonts/own.ttf.new": b"two",
    }
    assert told(done) == [
        ("update-beside", "layouts/a/layout.yaml"),
        ("update-own", "layouts/b/layout.yaml"),
        ("update-beside", "fonts/own.ttf"),
        ("update-left", "fonts/old.ttf"),
        ("update-gone", "layouts/c/layout.yaml"),
    ]
    assert not (city / "layouts/c/layout.yaml").exists()
    again = update(city)
    assert (again.renewed, again.added, again.removed) == ((), (), ())
    assert "update-beside" not in dict(told(again))
    assert held(city) == files


def test_a_changed_file_that_is_as_new_as_the_programs_is_in_order(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (city / "layouts/a/layout.yaml").write_bytes(b"two")
    ships(NEW, monkeypatch)
    assert told(update(city)) == []


@pytest.mark.parametrize("sums", [None, b"\xff\xfe", b"", "形の違う行\n".encode()])
def test_without_its_checksums_every_other_file_counts_as_the_citys(
    city: Path, monkeypatch: pytest.MonkeyPatch, sums: bytes | None
) -> None:
    if sums is None:
        (city / SUMS).unlink()
    else:
        (city / SUMS).write_bytes(sums)
    ships(NEW, monkeypatch)
    done = update(city)
    assert [code for code, _ in told(done)] == ["update-beside"] * 3
    assert {name: held(city)[name] for name in OLD} == OLD


def test_checksums_that_name_a_file_elsewhere_remove_nothing_there(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (city.parent / "手紙.txt").write_bytes(b"one")
    with (city / SUMS).open("ab") as file:
        file.write(sums_of({"../手紙.txt": b"one"}))
    ships(NEW, monkeypatch)
    update(city)
    assert (city.parent / "手紙.txt").read_bytes() == b"one"


def test_a_link_to_another_place_is_not_written_through(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = city.parent / "shared"
    (city / "layouts" / "a").rename(shared)
    (city / "layouts" / "a").symlink_to(shared)
    ships(NEW, monkeypatch)
    assert told(update(city)) == [("update-own", "layouts/a/layout.yaml"), ("update-own", "layouts/a/layout.css")]
    assert (shared / "layout.yaml").read_bytes() == b"one"


def test_the_repository_is_not_updated_from_itself() -> None:
    with pytest.raises(UsageError) as refused:
        update(REPOSITORY)
    assert [each.code for each in refused.value.findings] == ["update-repository"]
