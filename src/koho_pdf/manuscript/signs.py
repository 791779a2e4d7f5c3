"""Findings about YAML's signs ``:`` and ``-``, typed in a form that YAML does not know."""

from __future__ import annotations

from koho_pdf.findings import Finding, error


def space_after_colon() -> Finding:
    """The finding for ``name:text``."""
    return error(
        "space-after-colon",
        "「:」の後ろに空白がありません。",
        hint="「名前: 文章」のように、半角の空白を1つ入れてください。",
    )


def wide_space_after(sign: str, form: str) -> Finding:
    """The finding for a wide space after ``:`` or ``-``."""
    hint = f"{form}のように、半角の空白を1つ入れてください。"
    return error("wide-space", f"{sign}の後ろの空白が全角です。", hint=hint)


def wide_colon() -> Finding:
    """The finding for a full-width colon."""
    return error(
        "wide-colon", "「：」が全角です。", hint="「名前: 文章」のように、半角の「:」と半角の空白にしてください。"
    )


def space_after_dash() -> Finding:
    """The finding for ``-text``."""
    return error(
        "space-after-dash",
        "「-」の後ろに空白がありません。",
        hint="「- 文章」のように、半角の空白を1つ入れてください。",
    )


def wide_dash() -> Finding:
    """The finding for a sign other than ``-`` before an item."""
    return error(
        "wide-dash",
        "一覧の印が半角の「-」ではありません。",
        hint="「- 文章」のように、半角の「-」と空白にしてください。",
    )
