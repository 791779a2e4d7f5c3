"""No locale, time zone or code page changes a byte; the locales are made for the test, none need be installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import sums

LOCALES = {"ja_JP.UTF-8": "UTF-8", "ja_JP.eucJP": "EUC-JP", "ja_JP.SJIS": "SHIFT_JIS"}
PLACES = [
    {"LC_ALL": "C", "LANGUAGE": "ja", "FC_LANG": "zh-cn", "PANGO_LANGUAGE": "ko", "PYTHONUTF8": "1"},
    {"LC_ALL": "ja_JP.UTF-8", "TZ": "Asia/Tokyo", "PYTHONUTF8": "0", "PYTHONIOENCODING": "shift_jis"},
    {"LANG": "ja_JP.eucJP", "TZ": "Pacific/Kiritimati", "PYTHONIOENCODING": "euc_jp"},
    {"LC_ALL": "ja_JP.SJIS", "TZ": "America/St_Johns", "PYTHONUTF8": "0", "PYTHONWARNINGS": "error::UnicodeWarning"},
]


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the C library finds the locales of Japan (LOCPATH), compiled from Debian's package ``locales``."""
    folder = tmp_path_factory.mktemp("locales")
    for name, code_page in LOCALES.items():
        made = subprocess.run(
            ["localedef", "--no-warnings=ascii", "-c", "-i", "ja_JP", "-f", code_page, folder / name],
            capture_output=True,
            check=False,
        )
        assert (folder / name / "LC_CTYPE").is_file(), made.stderr.decode(errors="replace")
    return folder


def test_no_locale_time_zone_or_code_page_changes_a_byte(
    tiny: Path, locales: Path, koho: Any, edit: Callable[[Path, str, str], None]
) -> None:
    issue = tiny / "content" / "tiny" / "issue.yaml"
    edit(issue, "短い文です。", "留萌の港と**ＡＢ①髙**。")
    layout = tiny / "layouts" / "tiny"
    edit(layout / "layout.css", '"BIZ UDGothic"', '"BIZ UDMincho", "BIZ UDPGothic"')
    (layout / "絵.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    edit(layout / "layout.html", "</body>", '<img src="絵.svg" alt="絵" style="position: absolute; top: 90mm"></body>')
    made: list[dict[str, str]] = []
    for number, place in enumerate(PLACES):
        folder = tiny.with_name(f"{number}番の机")
        shutil.copytree(tiny, folder, symlinks=True)
        plain = {"LANG": "", "LC_ALL": "", "LANGUAGE": "", "LOCPATH": str(locales)}
        done = koho("build", "tiny", folder=folder, environment={**plain, **place}, errors="replace")
        assert (place, done.returncode, done.stderr) == (place, 0, "")
        made.append(sums(folder / "out" / "tiny"))
    assert len(made[0]) > 4
    assert [each == made[0] for each in made] == [True] * len(made)
