"""A note tells what was done, and stops nobody, however strict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from koho_pdf import pipeline
from koho_pdf.cli.check_commands import check
from koho_pdf.cli.main import parser
from koho_pdf.editions import proofread
from koho_pdf.findings import Finding, note, warning


def test_a_note_stops_nobody(tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def found(*findings: Finding) -> None:
        monkeypatch.setattr(pipeline, "build", lambda *given, **more: SimpleNamespace(findings=findings))

    read = proofread.proofread
    monkeypatch.setattr(proofread, "proofread", lambda *given: replace(read(*given), findings=()))
    strict = parser().parse_args(["-C", str(tiny), "check", "tiny", "--strict"])
    found(note("slot-fitted", "詰めて収めました。"))
    assert check(strict) == 0
    assert capsys.readouterr().err == "[お知らせ] 詰めて収めました。 (slot-fitted)\n"
    found(warning("loose-line", "開いています。"))
    assert check(strict) == 2
