"""問合せ as departments write it in one line: 社会教育課　42-1890（内線 123）　FAX 42-0000. Each part goes to its
field, as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from koho_pdf.content.values.telephone import Telephone
from koho_pdf.intake.received import SPACES, joined
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.yaml_writing import Writable

_MAIL = re.compile(
    r"(?:(?:E-?mail|メール|Ｅメール|電子メール|✉)[ 　:：]*)?([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})", re.I
)
_URL = re.compile(r"(?:(?:URL|HP|ホームページ)[ 　:：]*)?(https?://[!-~]+)")
_NUMBER = (
    r"[（(]?[0-9０-９][0-9０-９\-－‐–−()（） ]{3,}[0-9０-９]"
    r"(?:[ 　]*[（(]?[ 　]*内線[ 　:：]*[0-9０-９・、,~～-]+[ 　]*[)）]?|[(（]代表?[)）])?"
)
_FAX = re.compile(rf"(?:FAX|Fax|ＦＡＸ|ファクス|ファックス|ﾌｧｯｸｽ)[ 　:：.．]*({_NUMBER})")
_TELEPHONE = re.compile(rf"(?:☎|℡|TEL|Tel|ＴＥＬ|電話(?:番号)?|でんわ)?[ 　:：.．]*({_NUMBER})")
_LEFT = "、，,;；・／/（）()[]【】" + SPACES + "\n"


def contact_of(lines: Sequence[str], departments: Mapping[str, object]) -> Writable:
    """A contact: a department of the city by its name, or its parts; or the whole text as the department's name."""
    whole = joined(lines) if len(lines) == 1 else "\n".join(each.strip(SPACES) for each in lines)
    if whole.strip() in departments:
        return whole.strip()
    parts: dict[str, Writable] = {}
    rest = whole
    for name, pattern in (("mail", _MAIL), ("url", _URL)):
        if found := pattern.search(rest):
            parts[name] = found[1]
            rest = rest[: found.start()] + " " + rest[found.end() :]
    if (fax := _FAX.search(rest)) and (number := _read(fax[1])):
        parts["fax"] = number
        rest = rest[: fax.start()] + " " + rest[fax.end() :]
    numbers: list[str] = []
    at = 0
    while found := _TELEPHONE.search(rest, at):
        if number := _read(found[1]):
            numbers.append(number)
            rest = rest[: found.start()] + " " + rest[found.end() :]
        else:
            at = found.end()
    if numbers:
        parts["telephone"] = numbers[0] if len(numbers) == 1 else numbers
    name = re.sub(r"[ 　\n]+", "　", rest.strip(_LEFT))
    if not parts or not name:
        return {"department": joined(lines)} if not parts else {"department": name, **parts} if name else dict(parts)
    return {"department": name, **parts}


def words_gone(text: str, contact: Writable) -> str:
    """The words of a contact that are in none of its fields: 電話, FAX, brackets."""
    values = contact.values() if isinstance(contact, Mapping) else [contact]
    for value in values:
        for each in [value] if isinstance(value, str) else value:
            for word in str(each).split("　"):
                text = text.replace(word, " ", 1)
    return " ".join(text.split())


def _read(text: str) -> str:
    """A telephone number, if it is one."""
    text = text.strip()
    if text.startswith(("(", "（")) and unicodedata.normalize("NFKC", text).count("(") != unicodedata.normalize(
        "NFKC", text
    ).count(")"):
        return ""
    if unicodedata.normalize("NFKC", text).count("(") > unicodedata.normalize("NFKC", text).count(")"):
        return ""
    try:
        Telephone.parse(text)
    except Refusal:
        return ""
    return text
