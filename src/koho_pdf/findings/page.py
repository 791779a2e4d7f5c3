"""Makes docs/findings.md from the catalogue: ``koho findings --markdown > docs/findings.md`` (``make findings``)."""

from __future__ import annotations

from koho_pdf.findings.catalogue import OWNERS, SEVERITIES, Entry, Room, rooms

_HEAD = """\
# Findings

<!-- Made from src/koho_pdf/findings/*.yaml by `make findings`. Write there, not here. -->

Everything koho-pdf tells people, by its code. A finding is printed as one line, and below it how to mend it:

```
[間違い] content/2013-policy-leaflet/issue.yaml:26 title: 「：」が全角です。 (wide-colon)
    → 「名前: 文章」のように、半角の「:」と半角の空白にしてください。
```

`[間違い]` (error) stops the press; `[注意]` (warning) does not, unless `koho check --strict` is asked for; `[お知らせ]`
(note) never does. Then comes the place: file, line, field (`pillars の1番目 → name` is `pillars.0.name`). The code
stands last, in brackets: look it up here, or with `koho findings CODE`. Codes never change their meaning; the sentences
may.

知らせの行の終わりの（ ）の中の名前を、このページで探すか、`koho findings 名前` と打ってください。

意味と直し方は日本語です。その後の英語は、プログラムを直す人のための、くわしい条件です。

How to read an entry: its title; how bad it is, who mends it, and the exit code of a command that it stops; what it
means; 直し方, how to mend it; the details and a trigger, in English.
"""


def markdown() -> str:
    """The whole page, ending with a line break."""
    return "\n".join([_HEAD, *map(_section, rooms())])


def _section(room: Room) -> str:
    about = f"\n{room.about}\n" if room.about else ""
    return f"# {room.title}\n{about}\n" + "\n".join(map(_entry, room.entries))


def _entry(entry: Entry) -> str:
    exits = f"。終了コード {'・'.join(map(str, entry.exits))}" if entry.exits else ""
    english = entry.english.replace("\n", "\n\n")
    return (
        f"## `{entry.code}`\n"
        f"**{_safe(entry.title)}**（{SEVERITIES[entry.severity]}。直す人: {OWNERS[entry.owner]}{exits}）\n\n"
        f"{_safe(entry.meaning)}\n\n"
        f"直し方: {_safe(entry.mend)}\n\n"
        f"{english}\n"
    )


def _safe(text: str) -> str:
    """Japanese words in Markdown: outside of code, a star, angle bracket or ampersand is a plain character."""
    parts = text.split("`")
    for number in range(0, len(parts), 2):
        for sign in "*<>&":
            parts[number] = parts[number].replace(sign, f"\\{sign}")
    return "`".join(parts)
