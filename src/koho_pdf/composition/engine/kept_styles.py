"""Seam ``find_stylesheets``: a stylesheet that was read is not read again in the same session (``warm``)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from koho_pdf.composition.engine.heard import Heard, say_again
from koho_pdf.composition.engine.warm import Warm

_MORE = re.compile(r"@(?:font-face|import|color-profile)\b", re.IGNORECASE)
"""Rules that do more than say how elements look."""


def kept(original: Any) -> Any:
    """Read the ``style`` elements of a document once."""

    def find_stylesheets(
        document: Any,
        medium: str,
        fetcher: Any,
        base: str,
        fonts: Any,
        counters: Any,
        profiles: Any,
        page_rules: list[Any],
        layers: list[Any],
    ) -> Iterator[Any]:
        warm: Warm | None = getattr(fonts, "koho_warm", None)
        found = [each for each in document.etree_element.iter() if each.tag in ("style", "link")]
        texts = tuple(each.text or "" for each in found)
        plain = all(each.tag == "style" and not each.attrib and not len(each) for each in found)
        if warm is None or not plain or any(map(_MORE.search, texts)):
            yield from original(document, medium, fetcher, base, fonts, counters, profiles, page_rules, layers)
            return

        def read() -> tuple[list[Any], Any, list[Any], list[Any], list[logging.LogRecord]]:
            own, rules, parts = type(counters)(), list[Any](), list[Any]()
            with Heard() as said:
                sheets = list(original(document, medium, fetcher, base, fonts, own, profiles, rules, parts))
            return sheets, own, rules, parts, said.records

        sheets, own, rules, parts, said = warm.styles.of((base, medium, texts), read)
        say_again(said)
        counters.update(own)
        page_rules += rules
        layers += parts
        yield from sheets

    return find_stylesheets
