"""Old Word and Excel files (.doc, .xls) and others that LibreOffice reads (.odt, .ods, .rtf), turned into .docx and
.xlsx by it, where it is installed. It runs with a home of its own, limits of time and memory, and without macros.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from koho_pdf.findings import Where, warning
from koho_pdf.intake.received import Unread
from koho_pdf.platform.processes import limited

TURNED = {
    ".doc": "docx",
    ".odt": "docx",
    ".rtf": "docx",
    ".xls": "xlsx",
    ".ods": "xlsx",
    ".ppt": "pptx",
    ".odp": "pptx",
}
"""What becomes of a file, by its ending."""

_SECONDS, _KILOBYTES = 60, 4_000_000
_PROGRAMS = ("soffice", "libreoffice")
_SAVE = {"docx": "Word で開き、「Word 文書（*.docx）」", "xlsx": "Excel で開き、「Excel ブック（*.xlsx）」",
         "pptx": "PowerPoint で開き、「PowerPoint プレゼンテーション（*.pptx）」"}  # fmt: skip


def turned(raw: bytes, file: str, ending: str) -> bytes:
    """The file in its newer format. Raises ``Unread``: received-old-format."""
    program = next((found for each in _PROGRAMS if (found := shutil.which(each))), None)
    wanted = TURNED[ending]
    hint = f"{_SAVE[wanted]}で保存し直してください。"
    if program is None:
        told = f"古い形式か、ほかのソフトの形式（{ending}）です。このパソコンでは読めません。"
        raise Unread(
            warning("received-old-format", told, Where(file=file), f"{hint}LibreOffice を入れると、このまま読めます。")
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"a{ending}"
        source.write_bytes(raw)
        home = f"-env:UserInstallation={(Path(folder) / 'home').as_uri()}"
        command = [program, home, "--headless", "--norestore", "--convert-to", wanted, "--outdir", folder, str(source)]
        try:
            subprocess.run(
                limited(command, _SECONDS, _KILOBYTES),
                cwd=folder,
                env={**os.environ, "HOME": folder},
                capture_output=True,
                timeout=2 * _SECONDS,
                check=False,
            )
            return (Path(folder) / f"a.{wanted}").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            told = f"LibreOffice で {ending} を読めませんでした。"
            raise Unread(warning("received-old-format", told, Where(file=file), hint)) from None
