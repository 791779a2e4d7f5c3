"""Seam ``css.properties`` and ``css.validation``: the properties of Japanese composition that the engine does not know.

Names, values and inheritance follow their specifications (CSS Text 4, Writing Modes 4, Ruby 1, Text Decoration 4,
Rhythmic Sizing 1), as far as we implement them. Other values are refused by the engine, and its log line becomes a
finding. If our initial value differs from the specification's, ``docs/composition.md`` says why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from koho_pdf.composition.paragraph.paragraph import LAST_LINE

_KEYWORDS: dict[str, tuple[tuple[str, ...], bool]] = {
    # name: (values, the initial one first; whether it is inherited)
    "writing-mode": (("horizontal-tb", "vertical-rl"), True),
    "line-break": (("strict", "normal"), True),
    "text-autospace": (("normal", "no-autospace"), True),
    "text-spacing-trim": (("trim-both", "space-first", "space-all"), True),
    "text-wrap-style": (("auto", "pretty"), True),
    "hanging-punctuation": (("none", "allow-end"), True),
    "warichu": (("none", "two-lines"), False),  # our own: no specification has it
    "ruby-align": (("space-around", "center"), True),
    "ruby-position": (("over",), True),
    "ruby-merge": (("separate", "merge", "auto"), True),
    "text-emphasis-position": (("over",), True),
}


def install() -> None:
    """Make the properties known to the engine."""
    from weasyprint.css.computed_values import COMPUTER_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_VALUES, KNOWN_PROPERTIES
    from weasyprint.css.tokens import get_length
    from weasyprint.css.validation.expanders import EXPANDERS
    from weasyprint.css.validation.properties import PROPERTIES

    def known(name: str, initial: Any, inherited: bool, validate: Callable[[Any], Any]) -> None:
        KNOWN_PROPERTIES.add(name)
        INITIAL_VALUES[name.replace("-", "_")] = initial
        if inherited:
            INHERITED.add(name.replace("-", "_"))
        validate.wants_base_url = False  # type: ignore[attr-defined]
        PROPERTIES[name] = validate

    for name, (values, inherited) in _KEYWORDS.items():
        known(name, values[0], inherited, _one_of(values))
    known("text-combine-upright", "digits 2", True, _combine)
    known("text-emphasis-style", "none", True, _emphasis)
    known("last-line-characters", LAST_LINE, True, _count)  # our own: no specification has it
    known("condense", 1.0, True, _share(0.5))  # our own: 長体, in vertical text 平体
    known("tracking", 1.0, True, _share(0.9))  # our own: 字間を詰める
    COMPUTER_FUNCTIONS["text_indent"] = _indented(COMPUTER_FUNCTIONS["text_indent"])
    known("block-step-size", None, False, lambda tokens: get_length(tokens[0], negative=False))
    COMPUTER_FUNCTIONS["block_step_size"] = COMPUTER_FUNCTIONS["text_indent"]
    PROPERTIES["word-break"] = _one_of(("normal", "break-all", "auto-phrase"))
    PROPERTIES["word-break"].wants_base_url = False
    EXPANDERS["text-emphasis"] = lambda tokens, name, base_url: (("text-emphasis-style", _emphasis_or_refuse(tokens)),)


def _words(tokens: Any) -> str | None:
    """The tokens as lower-case words; None if there is anything else."""
    idents = [token for token in tokens if token.type != "whitespace"]
    if any(token.type not in ("ident", "number") for token in idents):
        return None
    return " ".join(token.lower_value if token.type == "ident" else token.representation for token in idents)


def _one_of(values: tuple[str, ...]) -> Callable[[Any], Any]:
    return lambda tokens: words if (words := _words(tokens)) in values else None


def _combine(tokens: Any) -> str | None:
    words = _words(tokens)
    return {"none": "none", "all": "all", "digits": "digits 2", "digits 2": "digits 2"}.get(words or "")


def _count(tokens: Any) -> int | None:
    """A whole number from 1 to 9; 1 has no effect."""
    words = _words(tokens) or ""
    return int(words) if words in set("123456789") else None


def _share(least: float) -> Callable[[Any], float | None]:
    """A percentage up to 100 %, as a part of 1; not below ``least``."""

    def validate(tokens: Any) -> float | None:
        percent = tokens[0].value if len(tokens) == 1 and tokens[0].type == "percentage" else 0.0
        return percent / 100 if least * 100 <= percent <= 100 else None

    return validate


def _indented(original: Any) -> Any:
    """An indent in em is so many characters, also of condensed ones (長体)."""

    def text_indent(style: Any, name: str, value: Any) -> Any:
        made = original(style, name, value)
        if style["condense"] == 1 or getattr(value, "unit", None) != "em":
            return made
        return made._replace(value=made.value * style["condense"])

    return text_indent


def _emphasis(tokens: Any) -> str | None:
    """``none``, or ``filled``/``open`` and a shape; ``auto`` if no shape is named, because it depends on the writing
    mode.
    """
    words = (_words(tokens) or "").split()
    if words == ["none"]:
        return "none"
    fill = next((word for word in words if word in ("filled", "open")), "filled")
    shape = next((word for word in words if word in ("dot", "circle", "sesame")), "auto")
    rest = [word for word in words if word not in (fill, shape)]
    return None if rest or not words else f"{fill} {shape}"


def _emphasis_or_refuse(tokens: Any) -> str:
    from weasyprint.css.tokens import InvalidValues

    value = _emphasis(tokens)
    if value is None:
        raise InvalidValues
    return value
