"""Whether a number is a telephone or a fax, by the words beside it; which numbers a department has of each."""

from __future__ import annotations

import re

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.style import Style

WAYS = {"telephone": "電話", "fax": "ファクス", "": ""}
_TELEPHONE = late("電話|☎|📞|TEL|Tel|tel|℡|直通|ダイヤル")
_FAX = late("FAX|Fax|fax|ファクス|ファックス|📠")
_EITHER = late(
    "(?:電話|TEL|Tel|☎)(?:番号)?(?:・|と|か|及び|および|または|/|、|&|兼)(?:FAX|Fax|fax|ファクス|ファックス)|共通|兼用|(?:ファクス|ファックス|FAX)(?:・|と|か|または|/|兼)(?:電話|TEL|Tel|☎)"
)
_AFTER = late("[^、。\n0-9]{0,14}")


def numbers_of(style: Style, name: str, kind: str) -> frozenset[str]:
    """The numbers of a department: its telephones, its faxes, or all where it is not said which is meant."""
    telephones, faxes = style.telephones[name], style.faxes.get(name, frozenset())
    if not faxes:
        return telephones
    return {"telephone": telephones, "fax": faxes}.get(kind, telephones | faxes)


def way_in(words: str) -> str:
    """Whether some words before a number say that it is a telephone, a fax, or either (empty)."""
    is_telephone, is_fax = bool(_TELEPHONE.search(words)), bool(_FAX.search(words))
    return "" if is_telephone == is_fax else "fax" if is_fax else "telephone"


def way_at(prose: Prose, begin: int, end: int) -> str:
    """The same for a number in a text: by the words since the number before it."""
    half = prose.half
    start = max(half.rfind("\n", 0, begin), half.rfind("。", 0, begin), 0)
    since = half[start:begin]
    after = _AFTER.match(half, end)
    if _EITHER.search(since) or (after and _EITHER.search(after[0])):
        return ""
    part = re.split("[0-9]{2,4}\\)?[-ー][0-9]{2,}", since)[-1]
    own = re.split("[、。　 ・]", part.rstrip("、。　 ・(:は"))[-1]
    return (
        way_in(own) or way_in(part) or ("" if _FAX.search(since) or (after and _FAX.search(after[0])) else "telephone")
    )
