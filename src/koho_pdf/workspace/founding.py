"""A new workspace for a city, from the files that come with the program (``koho init``)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from koho_pdf.composition.fonts.own_faces import OWN
from koho_pdf.errors import UsageError
from koho_pdf.findings import error
from koho_pdf.legible import is_plain
from koho_pdf.manuscript.yaml_writing import yaml_of
from koho_pdf.platform.folders import write_first
from koho_pdf.platform.installed import SHIPPED, shipped_files

SUMS = "shipped.sha256"
"""The checksums of the files that came with the program, as ``sha256sum -c`` reads them: what the city has changed
differs from them (``updating.py``)."""

_NOT_OURS = (".git", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What may be in a folder that is as good as empty."""

_LONGEST = 30

_KOHO = """\
# yaml-language-server: $schema=schemas/koho.schema.json
# この作業場の約束。どの号にも共通です。
{municipality}{area_code}
press: offset-coated # いつもの入稿条件（press の中のファイル）。ほかの条件で作るときは koho build --press 名前
# site: https://www.example.jp/koho/{{issue}}/ # 号の web フォルダーを置くアドレス。書くと、記事のページが名乗ります
# readings: # 名前の読み。レイアウトが求めるところ（本文の初出など）に、ルビとして付きます
#   見本: みほん
# faces: # 紙面の書体。koho fonts に並ぶ名前から選びます。書かない役は、ここにある書体のままです
#   gothic: BIZ UDGothic # 本文のゴシック体。太字を別の書体にするときは [標準の書体, 太字の書体]
#   pgothic: BIZ UDPGothic # 見出しや表のゴシック体（字ごとに幅の違う、P の付くもの）
#   mincho: BIZ UDMincho # 明朝体
#   display: Shippori Mincho B1 # 題や呼びかけなど、大きな字
# departments: # 課。記事の問合せに「ask: 税務課」と名前だけ書くと、ここにある全部が載ります
#   税務課:
#     section: 市民税係
#     telephone: 00-0000 内線 123 # いくつもあれば「- 」で並べます
#     place: 本庁舎 2階
"""
_WITHOUT_CODE = "# area_code: 0123 # 市外局番。紙面には印刷されず、電話のリンクにだけ使います"
_CODE = "area_code: {} # 市外局番。紙面には印刷されず、電話のリンクにだけ使います"


_OWN_FACES = """\
# yaml-language-server: $schema=../schemas/own.schema.json
# 市の書体の一覧。koho update は、ここに触れません。
# 書体のファイル（TrueType）と、使用許諾の文章のファイルを、この fonts フォルダーに入れ、下の例のように書きます
# （行の頭の「# 」を取ります）。sha256 を書かずに koho fonts をすると、書く値が出ます。
# 紙面に使うには、koho.yaml の faces に family の名前を書きます。
#
# fonts:
#   - family: 汐見ゴシック # 市で付けてよい名前
#     weight: 400 # 標準は 400、太字は 700。太さごとに1つずつ並べます
#     file: ShiomiGothic-Regular.ttf
#     sha256: 0123456789abcdef…
#     licence: LICENCE-ShiomiGothic.txt
#     source: ○○社 2027年版 # どこから得たか
"""
"""The city's own list of faces, with an example in comments."""


def found(target: Path, municipality: str, area_code: str = "") -> Mapping[str, bytes]:
    """Begin the workspace of a city in ``target``, which is empty or not there yet, and return its files by name.

    Whole or not at all; ``koho.yaml`` comes last. Raises UsageError: ``init-municipality`` for a name that is missing
    or too long, ``init-not-empty``, ``no-workspace`` for a path that is not UTF-8, ``not-shipped``; ArchiveError
    ``not-written``.
    """
    name = " ".join(municipality.split())
    if not name or len(name) > _LONGEST:
        told = "市の名前が長すぎます。" if name else "市（町・村）の名前がありません。"
        hint = f"「koho init フォルダー --municipality 汐見市」のように、{_LONGEST}字までで書いてください。"
        raise UsageError(error("init-municipality", told, hint=hint))
    target = target.absolute()
    if not is_plain(str(target)):
        hint = "フォルダーの名前を付け直してください。"
        raise UsageError(error("no-workspace", "フォルダーの名前に、読めない文字があります。", hint=hint))
    if target.exists() and (not target.is_dir() or any(each.name not in _NOT_OURS for each in target.iterdir())):
        told = f"{target.name} は空のフォルダーではありません。何も書いていません。"
        hint = "まだないフォルダーか、空のフォルダーを示してください。今ある作業場を新しくするのは koho update です。"
        raise UsageError(error("init-not-empty", told, hint=hint))
    files = shipped()
    code = _CODE.format(area_code) if area_code else _WITHOUT_CODE
    said = _KOHO.format(municipality=yaml_of({"municipality": name}), area_code=code)
    files |= {SUMS: sums_of(files), "koho.yaml": said.encode(), f"fonts/{OWN}": _OWN_FACES.encode()}
    write_first(files, target, "koho.yaml")
    (target / "content").mkdir(exist_ok=True)
    return files


def shipped() -> dict[str, bytes]:
    """The files of a new workspace that come with the program, by name. Raises UsageError (``not-shipped``) if it was
    installed without them.
    """
    files = {name: path.read_bytes() for name, path in shipped_files().items()}
    if not any(name.startswith("layouts/") for name in files):
        told = f"この koho-pdf には、作業場のファイル（レイアウト・書体など）が付いていません（{SHIPPED}）。"
        hint = "make wheel で作った wheel（koho_pdf-….whl）を入れ直してください。"
        raise UsageError(error("not-shipped", told, hint=hint))
    return files


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """The checksums of files, one a line."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()
