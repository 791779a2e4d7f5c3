"""Files beside the bags: how to read them, the shapes of their files, the program itself."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.archive.inside import run
from tests.archive.test_figures import KANA, coded, drawn
from tests.archive.test_keeping import record, released
from tests.conftest import REPOSITORY

from koho_pdf import VERSION
from koho_pdf.archive.bags.beside import beside, schema_bytes
from koho_pdf.archive.bags.record import record_bytes
from koho_pdf.archive.bags.shapes import SHAPES


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a release and an old PDF."""
    root = tmp_path_factory.mktemp("beside")
    released(root, record("koho-0812"))
    assert run("archive", "add", "koho-0812", folder=root).returncode == 0
    (root / "old.pdf").write_bytes(coded(drawn("平成の市民の電話です", 40, 400), KANA))
    done = run("archive", "ingest", "old.pdf", "--number", "1", "--date", "2001-04-01", folder=root)
    assert done.returncode == 0, done.stderr
    return root / "archive"


def fits(value: Any, shape: Mapping[str, Any]) -> bool:
    """Whether a value has a shape: the few words of JSON Schema that ours use."""
    kinds = {"string": str, "integer": int, "array": list, "object": dict, "boolean": bool, "null": type(None)}
    wanted = shape.get("type", [])
    names = [wanted] if isinstance(wanted, str) else wanted
    if names and not any(isinstance(value, kinds[name]) for name in names):
        return False
    if ("const" in shape and value != shape["const"]) or ("enum" in shape and value not in shape["enum"]):
        return False
    if isinstance(value, dict):
        held = all(key in value for key in shape.get("required", ()))
        return held and all(fits(value[key], of) for key, of in shape.get("properties", {}).items() if key in value)
    return not isinstance(value, list) or all(fits(each, shape.get("items", {})) for each in value)


def test_the_files_of_bags_and_the_register_have_the_shapes_that_lie_beside_them(archive: Path) -> None:
    for name, path in {"record": "koho-0812/data/record.json", "quality": "koho-0001/data/quality.json"}.items():
        shape = json.loads((archive / "_software" / f"{name}.schema.json").read_bytes())
        told = json.loads((archive / path).read_bytes())
        assert fits(told, shape)
        assert set(told) <= set(shape["properties"]) | {"findings"}
        for key in shape["required"]:
            assert not fits({each: told[each] for each in told if each != key}, shape)
    for line in (archive / "register.jsonl").read_bytes().splitlines():
        told = json.loads(line)
        assert fits(told, SHAPES["register"])
        assert set(told) <= set(SHAPES["register"]["properties"])  # type: ignore[call-overload]
    page = json.loads((archive / "koho-0001/data/quality.json").read_bytes())["pages"][0]
    assert set(page) == set(SHAPES["quality"]["properties"]["pages"]["items"]["properties"])  # type: ignore[index]
    assert fits(json.loads(record_bytes(record("x"))), SHAPES["record"])


@pytest.mark.parametrize("name", SHAPES)
def test_the_committed_schemas_are_those_of_the_program(name: str) -> None:
    assert (REPOSITORY / "schemas" / f"{name}.schema.json").read_bytes() == schema_bytes(SHAPES[name])


def test_a_readme_in_two_languages_says_how_to_read_it_and_is_never_replaced(archive: Path) -> None:
    text = (archive / "README.txt").read_text(encoding="utf-8")
    for said in ("sha256sum -c manifest-sha256.txt", "register.jsonl", "record.json", "This is an archive", "_closed"):
        assert said in text
    assert max(map(len, text.splitlines())) <= 120
    (archive / "README.txt").write_text("ours", encoding="utf-8")
    assert beside(archive) == {}
    (archive / "README.txt").write_text(text, encoding="utf-8")


def test_the_program_that_lies_beside_the_bags_reads_them(archive: Path, tmp_path: Path) -> None:
    package = archive / "_software" / f"koho-pdf-{VERSION}.zip"
    with zipfile.ZipFile(package) as opened:
        opened.extractall(tmp_path)
    top = tmp_path / f"koho-pdf-{VERSION}"
    assert {"LICENSE", "pyproject.toml", "requirements.lock"} <= {path.name for path in top.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", "archive", "verify"],
        cwd=archive.parent, env={"PYTHONPATH": str(top / "src"), "PATH": "/usr/bin:/bin"}, capture_output=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "koho-0812" in done.stdout.decode()


def test_what_lies_beside_bags_is_no_issue(archive: Path) -> None:
    assert [line.split("\t")[0] for line in run("archive", "list", folder=archive.parent).stdout.splitlines()][:2] == [
        "koho-0001", "koho-0812",
    ]  # fmt: skip
