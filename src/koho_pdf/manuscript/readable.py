"""How values of settings files are read: a length, a size, one of a few words, a list or a single value.

They are used in ``Annotated``; the type is that of the result. Each says what to write if a text cannot be read, and
has its JSON Schema; a YAML editor takes ``3`` for a number and (by YAML 1.1) ``no`` for false, while we read text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from koho_pdf.manuscript.refusal import Refusal, Unreadable, value_given

Shape = Mapping[str, Any]

_TEXT: Shape = {"type": ["string", "number", "boolean"]}
_TRUTH = {"yes": True, "on": True, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Read:
    """One value: ``parse`` raises ValueError if it cannot be read; ``hint`` then says what to write."""

    parse: Callable[[str], Any]
    hint: str
    shape: Shape

    def value(self, given: object) -> Any:
        """The value read from the given text. Raises ``Refusal`` and ``Unreadable``."""
        text = value_given(given)
        if not text.strip():
            raise Unreadable(self.hint, text)
        try:
            return self.parse(str(text).strip())
        except Refusal:
            raise
        except ValueError:
            raise Unreadable(self.hint, text) from None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.value)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.shape)


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """A single value, or a list of such values, which becomes a tuple."""

    one: Read

    def value(self, given: object) -> Any:
        """The values read from the given texts. Raises ``Refusal``, and ``Unreadable`` with every item that cannot be
        read.
        """
        if isinstance(given, str) and re.search("[,、，]", given):
            raise Unreadable(
                f"{self.one.hint}いくつも書くときは、「[」と「]」の間に「, 」で区切って並べてください。", given
            )
        if not isinstance(given, list):
            return self.one.value(given)
        values: list[Any] = []
        wrong: list[str] = []
        for each in given:
            try:
                values.append(self.one.value(each))
            except Unreadable as failure:
                wrong += failure.values
        if wrong:
            raise Unreadable(self.one.hint, *wrong)
        return tuple(values)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.value)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [dict(self.one.shape), {"type": "array", "items": dict(self.one.shape)}]}


def words(hint: str = "1行の文字で書いてください。") -> Read:
    """A text as it is written."""
    return Read(str, hint, _TEXT)


def matching(pattern: str, hint: str) -> Read:
    """A text that a pattern matches completely."""

    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return Read(parse, hint, {**_TEXT, "pattern": f"^(?:{pattern})$"})


def parsed(parse: Callable[[str], Any], hint: str, pattern: str, *also: str) -> Read:
    """A text read by ``parse``; ``pattern`` tells a YAML editor its form, ``also`` the other JSON types that the editor
    may take it for.
    """
    return Read(parse, hint, {"type": ["string", *also], "pattern": f"^(?:{pattern})$"})


def one_of(*choices: str) -> Read:
    """One of a few words."""
    hint = f"{'・'.join(choices)} のどれかを書いてください。"
    truths = [_TRUTH[each] for each in choices if each in _TRUTH]
    return Read(lambda text: choices[choices.index(text)], hint, {"enum": [*choices, *truths]})


def yes_or_no() -> Read:
    """``yes`` or ``no``."""
    return Read(
        lambda text: ("no", "yes").index(text) == 1,
        "yes か no と書いてください。",
        {"enum": ["yes", "no", True, False]},
    )


def one_of_numbers(*choices: int) -> Read:
    """One of a few whole numbers."""
    hint = f"{'・'.join(map(str, choices))} のどれかを書いてください。"
    return Read(lambda text: choices[[*map(str, choices)].index(text)], hint, {"enum": [*choices]})


def length(hint: str) -> Read:
    """A number, 0 or more."""
    return _number(_length, hint, {"minimum": 0})


def size(hint: str) -> Read:
    """A number above 0."""
    return _number(_size, hint, {"exclusiveMinimum": 0})


def between(least: float, most: float, hint: str) -> Read:
    """A number from ``least`` to ``most``."""

    def parse(text: str) -> float:
        if not least <= _length(text) <= most:
            raise ValueError(text)
        return _length(text)

    return _number(parse, hint, {"minimum": least, "maximum": most})


def count(hint: str, least: int = 1) -> Read:
    """A whole number, not below ``least`` (0 or 1)."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text) or int(text) < least:
            raise ValueError(text)
        return int(text)

    return Read(parse, hint, {"type": ["integer", "string"], "minimum": least, "pattern": "^(0|[1-9][0-9]*)$"})


def _number(parse: Callable[[str], float], hint: str, bound: Shape) -> Read:
    return Read(parse, hint, {"type": ["number", "string"], "pattern": r"^[0-9]+(\.[0-9]+)?$", **bound})


def _length(text: str) -> float:
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        raise ValueError(text)
    return float(text)


def _size(text: str) -> float:
    if not _length(text):
        raise ValueError(text)
    return float(text)
