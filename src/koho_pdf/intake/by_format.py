"""Which reader reads a received file: by its first bytes, then by the ending of its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from koho_pdf.content.values.workbook_parts import NoWorkbook
from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.excel_file import excel_file
from koho_pdf.intake.mail_file import is_pasted_mail, mail_file, pasted_mails, saved_mails
from koho_pdf.intake.office_parts import NotOpened, Why, package_of
from koho_pdf.intake.old_office import TURNED, turned
from koho_pdf.intake.plain_text_file import decoded, table_file, text_file
from koho_pdf.intake.received import Line, Received, Shown, Unread, clean
from koho_pdf.intake.slides_file import slides_file
from koho_pdf.intake.word_file import word_file
from koho_pdf.media import jpeg, png, tiff

SIZE_LIMIT = 60_000_000
"""The most bytes of a received file: a Word file with photographs has thirty million."""

_TEXT_LIMIT = 5_000_000
_MOST_LINES = 10_000  # paragraphs: the words of ten newsletters
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PICTURES = {jpeg.START: ".jpg", png.START: ".png", **dict.fromkeys(tiff.STARTS, ".tif")}
_ANOTHER = {
    ".jtd": ("一太郎", "一太郎で「Word 形式（.docx）」か「テキスト」で保存し直してもらってください。"),
    ".jtt": ("一太郎", "一太郎で「Word 形式（.docx）」か「テキスト」で保存し直してもらってください。"),
    ".heic": (
        "iPhone の写真（HEIC）",
        "iPhone の「設定」→「カメラ」→「フォーマット」で「互換性優先」にするか、JPEG に変換してもらってください。",
    ),
    ".heif": ("iPhone の写真（HEIC）", "JPEG に変換してもらってください。"),
    ".pub": ("Publisher", "文章は Word（.docx）で、写真は元のファイルでもらってください。"),
    ".xdw": ("DocuWorks", "元の Word・Excel のファイルか、PDF をもらってください。"),
    ".zip": ("ZIP でまとめたファイル", "開いて、中のファイルを1つずつ取り込んでください。"),
    ".msg": (
        "Outlook のメール",
        "「名前を付けて保存」で「テキストのみ（.txt）」を選ぶか、.eml で保存してもらってください。",
    ),
    ".numbers": ("Numbers", "「書き出す」で Excel（.xlsx）にしてもらってください。"),
    ".pages": ("Pages", "「書き出す」で Word（.docx）にしてもらってください。"),
}
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|table|meta|head)\b", re.IGNORECASE)
_PROGRAMS = (".exe", ".scr", ".com", ".bat", ".cmd", ".js", ".vbs", ".wsf", ".hta", ".lnk", ".ps1", ".msi", ".jar")


def received(raw: bytes, name: str) -> tuple[Received, ...]:
    """What a file says; a mail is followed by its attachments. Raises ``Unread``."""
    found = _received(raw, name, inside=False)
    if sum(isinstance(piece, Line) for each in found for piece in each.pieces) > _MOST_LINES:
        raise Unread(_why("too-large", name))
    return tuple(map(clean, found))


def _received(raw: bytes, name: str, *, inside: bool) -> tuple[Received, ...]:
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    where = Where(file=name)
    if len(raw) > SIZE_LIMIT:
        raise Unread(_why("too-large", name))
    if not raw.strip(b"\0 \r\n\t"):
        hint = "担当課に、もう一度送ってもらってください。"
        raise Unread(warning("received-broken", "中身のないファイルです。", where, hint))
    if ending in _PROGRAMS or raw.startswith((b"MZ\x90", b"\x7fELF")):
        told = f"「{name}」は、プログラムのファイルなので、開きませんでした。"
        hint = "送り主に、そのファイルを送ったかを電話で確かめてください。開かずに消します。"
        raise Unread(warning("received-refused", told, where, hint))
    if ending in _ANOTHER or (raw[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1")):
        what, hint = _ANOTHER.get(ending, _ANOTHER[".heic"])
        raise Unread(warning("received-other-format", f"{what}のファイルは読めません。", where, hint))
    try:
        if raw.startswith(_ZIP):
            return _office(raw, name, ending)
        if ending in (".xls", ".doc") and _PAGE.match(raw[:2000]):  # as many programs of cities save a table
            ending = ".html"
        elif ending == ".xls" and not raw.startswith((_COMPOUND, _ZIP)) and b"\t" in raw and not _is_binary(raw):
            ending = ".tsv"
        if raw.startswith(_COMPOUND) or ending in (".rtf", ".doc", ".xls"):
            return _old(raw, name, ending)
        if raw[:1024].lstrip().startswith(b"%PDF"):
            from koho_pdf.intake.pdf_words_file import pdf_words_file

            return (pdf_words_file(raw, name),)
    except NotOpened as fault:
        raise Unread(_why(fault.why, name)) from None
    except NoWorkbook as fault:
        raise Unread(_why(fault.why, name)) from None
    if kind := next((kind for begins, kind in _PICTURES.items() if raw.startswith(begins)), ""):
        stem = name.rpartition("/")[2].rpartition(".")[0] or "写真"
        return (Received(name, (Shown(f"{stem}{kind}", raw),)),)
    if len(raw) > _TEXT_LIMIT:
        raise Unread(_why("too-large", name))
    if boxed := saved_mails(raw):
        return tuple(told for each in boxed for told in _received(each, f"{name}.eml", inside=False))
    if ending == ".eml" and not inside:
        return mail_file(raw, name, lambda content, part: _received(content, part, inside=True))
    if ending in (".html", ".htm", ".xhtml"):
        from koho_pdf.intake.web_page_file import web_page_file

        return (web_page_file(raw, name),)
    if ending in (".csv", ".tsv", ".tab"):
        return (table_file(raw, name),)
    if _is_binary(raw):
        hint = "Word・Excel・CSV・テキスト・PDF のどれかで送ってもらってください。"
        raise Unread(
            warning("received-other-format", f"読めない形式（{ending or '名前に種類がありません'}）です。", where, hint)
        )
    text, _ = decoded(raw, name)
    return pasted_mails(raw, name) if is_pasted_mail(text) else (text_file(raw, name),)


def _office(raw: bytes, name: str, ending: str) -> tuple[Received, ...]:
    """An office file of today, which may have the wrong ending. Raises ``NotOpened``, ``NoWorkbook``, ``Unread``."""
    package = package_of(raw)
    if "[Content_Types].xml" not in package.names and ending in TURNED:
        return _old(raw, name, ending)
    main = next((path for kind, path in package.related("").values() if kind == "officeDocument"), "")
    readers: tuple[tuple[str, Callable[[], Received]], ...] = (
        ("word/", lambda: word_file(package, main, name)),
        ("xl/", lambda: excel_file(raw, package, name)),
        ("ppt/", lambda: slides_file(package, main, name)),
    )
    for begins, read in readers:
        if main.startswith(begins):
            told = read()
            if any(each.lower().endswith("vbaproject.bin") for each in package.names):
                macros = note(
                    "received-macros", "マクロの入ったファイルです。マクロは動かしていません。", Where(file=name)
                )
                return (replace(told, findings=(*told.findings, macros)),)
            return (told,)
    what, hint = _ANOTHER[".zip"]
    raise Unread(warning("received-other-format", f"{what}は読めません。", Where(file=name), hint))


def _old(raw: bytes, name: str, ending: str) -> tuple[Received, ...]:
    if ending not in TURNED:
        ending = ".xls" if b"W\0o\0r\0k\0b\0o\0o\0k\0" in raw else ".doc"
    if b"E\0n\0c\0r\0y\0p\0t\0" in raw[:200_000] or b"E\0n\0c\0r\0y\0p\0t\0" in raw[-200_000:]:
        raise Unread(_why("password", name))
    made = _office(turned(raw, name, ending), name, "." + TURNED[ending])
    told = f"{ending} を LibreOffice で読みました。写真の説明とふりがなは失われ、日付の欄は今日になることがあります。"
    hint = "日付と写真を、元のファイルと見くらべてください。"
    return tuple(
        replace(each, findings=(*each.findings, warning("received-turned", told, Where(file=name), hint)))
        for each in made
    )


def _is_binary(raw: bytes) -> bool:
    """Whether a file without a known beginning is no text."""
    text, _ = decoded(raw[:100_000], "")
    odd = sum((each < " " and each not in "\t\n\r\f\x0b\x1b") or each == "\ufffd" for each in text)
    return odd > len(text) // 10


def _why(why: Why, name: str) -> Finding:
    """The finding for a file that is not opened."""
    where, called = Where(file=name), f"「{name}」は、"
    if why == "too-large":
        told = f"{called}中身が大きすぎるので、開きませんでした。"
        hint = "要るところだけを新しいファイルに写して、保存し直してもらってください。"
        return warning("received-too-large", told, where, hint)
    if why == "password":
        hint = "パスワードを外して送ってもらってください。"
        return warning("received-password", f"{called}パスワードが付いていて開けません。", where, hint)
    if why == "entities":
        told = f"{called}ふつうの Office のファイルにはない指定（DOCTYPE）があるので、開きませんでした。"
        hint = "送り主を確かめ、Word か Excel で開いて保存し直してもらってください。"
        return warning("received-refused", told, where, hint)
    hint = "担当課に、もう一度送ってもらってください。"
    return warning("received-broken", f"{called}壊れていて開けません。", where, hint)
