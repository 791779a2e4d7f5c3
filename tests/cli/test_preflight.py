"""``koho preflight`` as people meet it: any PDF, exit codes, findings with their place, the report in a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Koho
from tests.preflight.constructs import Construct, built

HEAVY = Construct("1 1 1 1 k 0 0 100 100 re f", [])


@pytest.fixture
def heavy(tmp_path: Path) -> Path:
    path = tmp_path / "heavy.pdf"
    path.write_bytes(built(HEAVY))
    return path


def test_what_a_print_shop_would_refuse_is_told_with_its_page(koho: Koho, workspace: Path, heavy: Path) -> None:
    done = koho("preflight", str(heavy), folder=workspace)
    assert done.returncode == 4
    assert done.stdout == ""
    assert "[間違い] 1ページ（左から" in done.stderr
    assert "400 %" in done.stderr
    assert "(total-ink)" in done.stderr


def test_json_says_the_same_and_the_report_is_written(koho: Koho, workspace: Path, heavy: Path) -> None:
    folder = heavy.parent / "検査"
    done = koho("preflight", str(heavy), "--press", "newsprint", "--json", "--report", str(folder), folder=workspace)
    assert done.stdout, done.stderr
    (found,) = [finding for finding in json.loads(done.stdout) if finding["code"] == "total-ink"]
    assert found["severity"] == "error"
    assert found["where"]["page"] == 1
    assert found["where"]["box"]["width"] == pytest.approx(15, abs=0.01)
    assert "250 %" in found["message"]
    assert found["why"]
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "sheet.pdf"]
    assert "heavy.pdf" in (folder / "report.html").read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_told(koho: Koho, workspace: Path) -> None:
    done = koho("preflight", "typo.pdf", folder=workspace)
    assert done.returncode == 64
    assert "(no-file)" in done.stderr


def test_what_is_no_pdf_is_told(koho: Koho, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_text("no PDF", encoding="utf-8")
    done = koho("preflight", str(tmp_path / "notes.pdf"), folder=workspace)
    assert done.returncode == 4
    assert "(pdf-unreadable)" in done.stderr


def test_without_ghostscript_the_rest_is_judged(koho: Koho, workspace: Path, heavy: Path) -> None:
    done = koho("preflight", str(heavy), folder=workspace, environment={"PATH": ""})
    assert done.returncode == 4
    assert "(plates-not-measured)" in done.stderr
    assert "(pdfx-not-claimed)" in done.stderr
    assert "(total-ink)" not in done.stderr
