"""The model of ``fonts/fonts.yaml``: its keys, what each is for, which values it takes."""

from __future__ import annotations

import re
from typing import Annotated

from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.readable import matching, one_of_numbers, words
from koho_pdf.manuscript.settings import Items, Settings, key

IN_FOLDER = re.compile(r"(?!\.{1,2}$)[^/\\]+")
"""The name of a file directly in the folder."""

Words = Annotated[str, words()]
InFolder = Annotated[str, matching(IN_FOLDER.pattern, "fonts フォルダーの中のファイルの名前を書いてください。")]


class FaceFields(Group):
    """One of ``fonts``."""

    family: Words = key("書体", "CSS での書体の名前（フォント自身の英語のファミリー名）。", "BIZ UDMincho")
    weight: Annotated[int, one_of_numbers(400, 700)] = key("太さ", "400（標準）・700（太字）。", 400)
    file: InFolder = key("ファイル", "fonts フォルダーの中のフォントのファイル。", "BIZUDMincho-Regular.ttf")
    sha256: Words = key("検査値", "ファイルの検査値（SHA-256）。koho fonts が確かめます。")
    licence: InFolder = key("許諾", "fonts フォルダーの中の、使用許諾のファイル。", "OFL-BIZUDMincho.txt")
    source: Words = key("出どころ", "どこから得たか。", "Debian package fonts-morisawa-bizud-mincho 1.05-2")
    fallback: Items[Words] = key(
        "代わりの書体",
        "この書体にない文字を代わりに出す書体の family を、この順に。",
        ["Koho Stand-in Mincho"],
        default=(),
    )


class FontsFile(Settings):
    """A whole ``fonts.yaml``."""

    called = "fonts.yaml（書体の一覧）"
    owner = "fonts.yaml はデザイナーのファイルです。号の原稿のせいではありません。"

    fonts: Items[FaceFields] = key("書体", "紙面に使い、埋め込んでよい書体。", least=1)
