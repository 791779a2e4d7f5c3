"""Addresses of mail and of the web, as they are printed and as a browser opens them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from koho_pdf.content.values.written import Written
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.refusal import Refusal

_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}")
_HOST = (
    r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\.[A-Za-z][A-Za-z0-9-]+"
)
_WEB = re.compile(
    rf"(?P<scheme>https?://)?{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"。、，．）」』｜　]*)?", re.IGNORECASE
)
_SAFE = "%:/?#[]@!$&'()*+,;=-._~"


@dataclass(frozen=True, slots=True)
class Mail(Written):
    """An address of mail: koho@city.example.jp."""

    source: str
    field: str = ""

    @classmethod
    def parse(cls, text: str, field: str = "") -> Mail:
        """Read an address. Raises ``Refusal``: mail-not-understood."""
        plain = text.strip()
        if not _MAIL.fullmatch(plain) or ".." in plain or ".@" in plain or len(plain) > 254:  # RFC 5321, 4.5.3.1.3
            raise Refusal(_wrong("mail-not-understood", plain, _MAIL, "メールアドレス", "koho@city.example.jp"))
        return cls(plain, field)

    def uri(self, area_code: str = "") -> str:
        """``mailto:``"""
        return f"mailto:{quote(self.source, safe=_SAFE)}"

    def data(self) -> dict[str, object]:
        """Its address."""
        return {"type": "mail", "text": self.source}


@dataclass(frozen=True, slots=True)
class WebAddress(Written):
    """An address of the web, as it is printed: https://www.city.example.jp/koho/ or www.city.example.jp."""

    source: str
    field: str = ""
    called: ClassVar[str] = "link"

    @classmethod
    def parse(cls, text: str, field: str = "") -> WebAddress:
        """Read an address; without ``https://`` too. Raises ``Refusal``: link-address."""
        plain = text.strip()
        if not _WEB.fullmatch(plain) or plain.endswith((".", ",")):
            example = "https://www.city.example.jp/koho/"
            raise Refusal(_wrong("link-address", plain, _WEB, "ウェブページのアドレス", example))
        return cls(plain, field)

    @property
    def ways(self) -> tuple[str, ...]:
        """As typed, without its scheme, without a slash at its end."""
        bare = re.sub("^https?://", "", self.source, flags=re.IGNORECASE)
        return tuple(dict.fromkeys((self.source, bare, bare.rstrip("/"))))

    def uri(self, area_code: str = "") -> str:
        """Its URL in ASCII; https if no scheme was written."""
        whole = self.source if re.match("https?://", self.source, re.IGNORECASE) else f"https://{self.source}"
        return quote(whole, safe=_SAFE)

    def data(self) -> dict[str, object]:
        """Its words and its URL."""
        return {"type": self.called, "text": self.source, "url": self.uri()}


@dataclass(frozen=True, slots=True)
class CodeAddress(WebAddress):
    """An address that is printed as a 二次元コード; it has no words on paper."""

    called: ClassVar[str] = "code"

    @property
    def ways(self) -> tuple[str, ...]:
        """None, because on paper it is a code, not words."""
        return ()

    @property
    def said(self) -> str:
        """A name for the code, and its URL."""
        return f"二次元コード　{self.source}"


def _wrong(code: str, text: str, form: re.Pattern[str], what: str, example: str) -> Finding:
    narrow = unicodedata.normalize("NFKC", text).replace(" ", "")
    shown = text if len(text) <= 60 else text[:60] + "…"
    hint = f"「{example}」のように、半角の文字だけで、空白や句読点を入れずに書いてください。"
    if form.fullmatch(narrow) and len(narrow) <= 60:
        hint = f"半角で「{narrow}」と書いてください。"
    return error(code, f"「{shown}」は{what}として読めません。", hint=hint)
