"""``koho findings overset``: explains a finding to somebody who has seen its code at the end of a line."""

from __future__ import annotations

import argparse
import difflib
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from koho_pdf.cli.usage import Usage
from koho_pdf.errors import UsageError
from koho_pdf.findings import Finding, Severity, error
from koho_pdf.legible import of_text

if TYPE_CHECKING:
    from koho_pdf.findings.catalogue import Entry

_NEAREST = 5


def findings(options: argparse.Namespace) -> int:
    """間違いや注意の名前（行の終わりの括弧の中）から、意味と直し方を示します。"""
    if options.markdown and options.codes:
        told = "「名前」と --markdown は、どちらかだけを書いてください。"
        raise UsageError(error("usage", told, hint="書き方は koho findings --help で見られます。"))
    if options.markdown:
        from koho_pdf.findings.page import markdown

        print(markdown(), end="")
        return 0
    if options.rules:
        from koho_pdf.gate.rule_page import markdown as rule_page

        print(rule_page(), end="")
        return 0
    from koho_pdf.findings.catalogue import entries

    known = {**entries(), **_of_rules()}
    shown = [_shown(asked, known) for asked in options.codes] or [_listed(known)]
    if texts := [each for each in shown if isinstance(each, str)]:
        print("\n\n".join(texts))
    if unknown := [each for each in shown if isinstance(each, Finding)]:
        raise UsageError(*unknown)
    return 0


def _shown(asked: str, known: Mapping[str, Entry]) -> str | Finding:
    """One entry in words; for words of a title, the codes with these words; otherwise similar codes."""
    code = unicodedata.normalize("NFKC", asked).strip(" ()[]`「」").lower()
    if code in known:
        return _explained(known[code])
    if not code.isascii() and (having := {each.code: each for each in known.values() if code in each.title}):
        return _listed(having)
    within = [each for each in known if code and code.isascii() and code in each]
    near = list(dict.fromkeys((*difflib.get_close_matches(code, known, _NEAREST, 0.6), *within)))[:_NEAREST]
    meant = "".join(f"\n{each}　{plain(known[each].title)}" for each in near)
    hint = f"近い名前:{meant}" if near else "すべての名前は koho findings で見られます。"
    return error("unknown-finding", f"「{of_text(asked[:40])}」という名前の間違いや注意はありません。", hint=hint)


def _of_rules() -> dict[str, Entry]:
    """What the rules of the text gate tell, as entries; their examples say what to write."""
    from koho_pdf.findings.catalogue import Entry
    from koho_pdf.gate.rules import rules

    return {
        rule.code: Entry(
            rule.code,
            rule.severity.value,
            "editor",
            (2,) if rule.severity is Severity.ERROR else (),
            f"{rule.number} {rule.title}",
            rule.why,
            "、".join(f"「{wrong}」→「{right}」" for wrong, right in rule.wrong if right)
            or "、".join(f"「{wrong}」" for wrong, _ in rule.wrong) + "のような文章を、書き直してください。",
            "",
        )
        for rule in rules()
    }


def _listed(entries: Mapping[str, Entry]) -> str:
    return "\n".join(f"{each.code}\t{plain(each.title)}" for each in entries.values())


def _explained(entry: Entry) -> str:
    from koho_pdf.findings.catalogue import OWNERS, SEVERITIES

    return (
        f"{plain(entry.title)} ({entry.code})\n"
        f"[{SEVERITIES[entry.severity]}] 直す人: {OWNERS[entry.owner]}\n\n"
        f"意味: {plain(entry.meaning)}\n"
        f"直し方: {plain(entry.mend)}"
    )


def plain(text: str) -> str:
    """Words for a terminal, without the marks around code."""
    return text.replace("`", "")


def add_to(usage: Usage) -> None:
    """This command with its arguments."""
    told = usage.command(findings, "koho findings overset")
    told.add_argument(
        "codes",
        nargs="*",
        metavar="名前",
        help="間違いの名前（overset）か、見出しの中の言葉（写真）。書かなければ、すべての名前を並べます",
    )
    told.add_argument("--rules", action="store_true", help="校閲の決まりを1つのページ（docs/rules.md）にして出します")
    told.add_argument(
        "--markdown", action="store_true", help="すべての説明を1つのページ（docs/findings.md）にして出します"
    )
