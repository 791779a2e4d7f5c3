"""The id of an article: the name in its address and of its file."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.content.values.model import text_given
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.refusal import Refusal

LONGEST = 80
"""Characters."""

PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"

_ID = re.compile(PATTERN)
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)


def is_device(name: str) -> bool:
    """Whether Windows allows no file or folder of this name."""
    return _DEVICES.fullmatch(name) is not None


def wrong_id(text: str) -> Finding | None:
    """The finding about a text that cannot be an id (``id-not-understood``); None if it can."""
    if _ID.fullmatch(text) and len(text) <= LONGEST and not is_device(text):
        return None
    why = "Windows のファイルの名前にできません。" if is_device(text) else ""
    hint = f"半角の英小文字、数字、- だけで、{LONGEST}字までで書いてください。例: shakai-fukushi"
    told = f"「{text[:20]}」は、記事の名前（id）に使えません。"
    return error("id-not-understood", told, hint=why + hint)


def _id(value: object) -> str:
    text = str(text_given(value)).strip()
    if wrong := wrong_id(text):
        raise Refusal(wrong)
    return text


Id = Annotated[str, PlainValidator(_id), WithJsonSchema({"type": "string", "pattern": f"^{PATTERN}$"})]
"""The name of an article in addresses: ASCII lower case, digits, hyphens; at most 80 characters."""
