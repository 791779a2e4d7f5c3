"""The models of ``fonts/fonts.yaml`` and ``fonts/own.yaml``: their keys, what each is for, which values it takes."""

from __future__ import annotations

import re
from typing import Annotated

from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.readable import matching, one_of_numbers, words
from koho_pdf.manuscript.settings import Items, Settings, key

IN_FOLDER = re.compile(r"(?!\.{1,2}$)[^/\\]+")
"""The name of a file directly in the folder."""

Words = Annotated[str, words()]
_CALLED = r"[^\"'\\,;+<>{}\x00-\x1f]{1,60}"  # a family's name that needs no care in CSS
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


class OwnFaceFields(FaceFields):
    """One of ``fonts`` of a city's own list."""

    family: Annotated[str, matching(_CALLED, "60字までの、記号（\" ' , ; + < > など）のない名前にしてください。")] = (
        key("書体", "koho.yaml の faces と、CSS で使う名前。市で付けてかまいません。", "汐見ゴシック")
    )
    file: InFolder = key(
        "ファイル", "fonts フォルダーに入れた、書体のファイル。TrueType（.ttf）に限ります。", "Shiomi-Regular.ttf"
    )
    sha256: Annotated[str, words()] = key(
        "検査値",
        "ファイルの検査値（SHA-256）。書かずに koho fonts をすると、書く値が出ます。",
        default="",
    )
    licence: InFolder = key(
        "許諾", "fonts フォルダーに入れた、使用許諾の文章のファイル。控え（保存庫）にも入ります。", "LICENCE-Shiomi.txt"
    )
    source: Annotated[str, words()] = key("出どころ", "どこから得たか。", "○○社 2027年版", default="")
    fallback: Items[Words] = key(
        "代わりの書体",
        "この書体にない文字を代わりに出す書体の family を、この順に。書かなければ、付いてくる書体の代わりと同じ。",
        ["Koho Stand-in Mincho"],
        default=(),
    )


class OwnFontsFile(Settings):
    """A whole ``own.yaml``."""

    called = "own.yaml（市の書体の一覧）"
    owner = "fonts/own.yaml は、市の書体の一覧です。号の原稿のせいではありません。"

    fonts: Items[OwnFaceFields] = key("書体", "市で使う書体。紙面に埋め込んでよいもの。", default=())
