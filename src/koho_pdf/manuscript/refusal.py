"""The exceptions for a value that cannot be read: they say what is wrong, but not yet where it stands."""

from __future__ import annotations

from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.scalar import Block
from koho_pdf.manuscript.syntax import over_lines


class Refusal(ValueError):
    """One value cannot be read, for one or more reasons. The caller, who knows file, line and field, adds them. It is a
    ``ValueError`` so that pydantic collects it with all others.
    """

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(finding.message for finding in findings))
        self.findings = findings


class Unreadable(ValueError):
    """Some values are not what their field takes; ``hint`` says what to write. The caller, who knows the field, says
    what it is for; a ``Scalar`` knows its place.
    """

    def __init__(self, hint: str, *values: str) -> None:
        super().__init__("、".join(values))
        self.hint, self.values = hint, values


def value_given(value: object) -> str:
    """The value, if it is a text (maybe empty). Raises ``Refusal`` for a list, a group, a text over several lines."""
    if isinstance(value, Block):
        raise Refusal(over_lines())
    if isinstance(value, str):
        return value
    shape = "一覧（「- 」の並び）" if isinstance(value, (list, tuple)) else "項目のまとまり（「名前: 」の並び）"
    hint = "「名前: 値」の形で、1つの値を書いてください。値が [ や { で始まるときは、全体を ' で囲みます。"
    raise Refusal(error("not-text", f"1つの値を書くところに、{shape}があります。", hint=hint))
