"""From the bytes of a file to its text: finds its encoding, and characters that can never be printed."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, Severity, Where, error, errors_in, warning
from koho_pdf.manuscript.invisible import INVISIBLE, has_unseen, name_of

FILE_LIMIT = 1_000_000
"""The most bytes of a manuscript; a leaflet's has about ten thousand."""

FINDINGS_LIMIT = 100
"""The most findings about one file; one more then says that there are more."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DECOMPOSED = re.compile("[\u3041-\u30fe][\u3099\u309a]")
_MOST_BROKEN_SPOTS = 5
"""A file with more non-UTF-8 bytes than this was saved in another encoding, not damaged."""


def called(file: str) -> str:
    """The name of a file without its folders, for its owner."""
    return file.rpartition("/")[2]


def bytes_of(path: Path, file: str) -> bytes:
    """The bytes of a manuscript; its size is checked before it is read.

    Raises ``ManuscriptError``: manuscript-missing, file-too-large.
    """
    where = Where(file=file)
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise OSError(f"{file} is not a regular file")
        if state.st_size > FILE_LIMIT:
            raise ManuscriptError(
                error(
                    "file-too-large",
                    f"{called(file)} が大きすぎます（{state.st_size:,}バイト）。",
                    where,
                    hint=f"書けるのは{FILE_LIMIT:,}バイトまでです。別のファイルを選んでいないか確かめてください。",
                )
            )
        with path.open("rb") as opened:
            return opened.read(FILE_LIMIT)
    except (OSError, ValueError):
        raise ManuscriptError(
            error(
                "manuscript-missing",
                f"{called(file)} がないか、開けません。",
                where,
                hint="その名前のファイルがフォルダーにあるか、読む権限があるかを確かめてください。",
            )
        ) from None


def text_of(raw: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text of UTF-8 bytes, with line ends ``\\n`` and without a BOM; and findings about its characters.

    Characters that can never be printed are reported and left out of the text.
    Raises ``ManuscriptError``: not-utf-8.
    """
    if other := other_encoding(raw):
        raise ManuscriptError(_not_utf8(other, Where(file=file)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        raise ManuscriptError(_not_utf8("", Where(file=file, line=line))) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    findings: list[Finding] = []
    if _FORBIDDEN.search(text) or _DECOMPOSED.search(text) or has_unseen(text):
        for number, line_text in enumerate(text.split("\n"), start=1):
            findings += _character_findings(line_text, file, number)
            if len(findings) > FINDINGS_LIMIT:
                break
        text = _FORBIDDEN.sub("", text)
    return text, findings


def control_character(text: str) -> Finding | None:
    """The finding for the first character of a text that can never be printed; its ``where`` only has the column."""
    found = _FORBIDDEN.search(text)
    if found is None:
        return None
    return error(
        "control-character",
        f"目に見えない{_called(found[0])}が入っています。",
        Where(column=found.start() + 1),
        hint="この行を消して、キーボードで打ち直してください。",
    )


def writable(text: str) -> str:
    """A text from elsewhere as a manuscript can hold it: line ends ``\\n``, none at the beginning and the end, no
    half-width spaces at the ends of lines, and no character that can never be printed."""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    return "\n".join(_FORBIDDEN.sub("", line).replace("\t", " ").strip(" ") for line in lines).strip("\n")


def _called(character: str) -> str:
    """An invisible character, by its name and code point."""
    name = name_of(character)
    return f"文字「{name}」（U+{ord(character):04X}）" if name else f"制御文字（U+{ord(character):04X}）"


def invisible_characters(text: str, where: Where) -> list[Finding]:
    """A finding for each kind of invisible character in a line; ``where`` is the place without its column."""
    found = []
    for each in dict.fromkeys(INVISIBLE.findall(text)):
        place = text.index(each)
        before = f"「{text[max(0, place - 6) : place].strip()}」の後に、" if text[:place].strip() else ""
        found.append(
            warning(
                "invisible-character",
                f"{before}目に見えない{_called(each)}が入っています。",
                replace(where, column=place + 1),
                hint="ウェブページやワープロから写したときに入ります。前後の字ごと消して、打ち直してください。",
            )
        )
    return found


def composed(text: str) -> str:
    """The text with each kana and its separate voicing mark joined to one character."""
    return _DECOMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def _character_findings(text: str, file: str, line: int) -> list[Finding]:
    found: list[Finding] = []
    if control := control_character(text):
        found.append(replace(control, where=replace(control.where, file=file, line=line)))
    found += invisible_characters(_FORBIDDEN.sub("", text), Where(file=file, line=line))
    if split := _DECOMPOSED.search(text):
        where = Where(file=file, line=line, column=split.start() + 1)
        found.append(
            warning(
                "decomposed-character",
                f"「{split[0]}」は、かなと濁点が別々の文字になっています。",
                where,
                hint="Mac のファイル名などから写した文字です。この文字を打ち直してください。",
            )
        )
    return found


def other_encoding(raw: bytes) -> str:
    """The name of a file's encoding if it is clearly not UTF-8, otherwise empty."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(raw[:4096]):
        return "UTF-16"
    if b"\x1b$" in raw or b"\x1b(J" in raw:
        return "ISO-2022-JP（JIS）"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        damaged = raw.decode("utf-8", "replace")
        if damaged.count("\ufffd") <= _MOST_BROKEN_SPOTS and re.search("[ぁ-ヿ一-龠]", damaged):
            return ""
        guesses = [(_unlikely(raw, codec), name) for codec, name in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"))]
        unlikely, name = min(guesses)
        return name if unlikely < len(raw) else ""
    return ""


def _looks_like_utf16(start: bytes) -> bool:
    """Whether every other byte of a text without BOM is NUL, like ASCII in UTF-16."""
    return len(start) >= 4 and max(start[0::2].count(0), start[1::2].count(0)) > len(start) // 5


def _unlikely(raw: bytes, codec: str) -> int:
    """How unlikely an encoding is for the bytes: the number of half-width kana, or of all bytes if they cannot be
    decoded.
    """
    try:
        return len(re.findall("[\uff61-\uff9f]", raw.decode(codec)))
    except UnicodeDecodeError:
        return len(raw)


def _not_utf8(encoding: str, where: Where) -> Finding:
    if encoding:
        message = f"{called(where.file or '')} が {encoding} で保存されています。"
    else:
        message = f"{called(where.file or '')} に、UTF-8 として読めないところがあります。"
    return error(
        "not-utf-8",
        message,
        where,
        hint="エディターの「名前を付けて保存」で、文字コードに UTF-8 を選んで保存し直してください。",
    )


def capped(findings: list[Finding], file: str, articles: Sequence[str] = ()) -> tuple[Finding, ...]:
    """The findings in the order of their lines, those of the files of ``articles`` after the others; where there are
    too many, the first and a word that there are more.

    Where not all can be told, errors go before warnings; warnings alone never become an error by being many.
    """
    rank = {name: number for number, name in enumerate(articles, 1) if name != file}

    def _place(finding: Finding) -> tuple[int, int, int]:
        return rank.get(finding.where.file or "", 0), finding.where.line or 0, finding.where.column or 0

    ordered = sorted(findings, key=_place)
    if len(ordered) <= FINDINGS_LIMIT:
        return tuple(ordered)
    kept = sorted(sorted(ordered, key=lambda each: each.severity is not Severity.ERROR)[:FINDINGS_LIMIT], key=_place)
    more = error(
        "more-mistakes",
        f"間違いや注意が多いので、{FINDINGS_LIMIT}個だけを示しました。",
        Where(file=file),
        hint="示したものを直してから、もう一度確かめてください。",
    )
    if len(errors_in(ordered)) <= FINDINGS_LIMIT:
        more = replace(more, severity=Severity.WARNING)
    return (*kept, more)
