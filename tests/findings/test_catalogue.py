"""The catalogue of findings and what the source raises are the same, both ways, and its advice can be followed."""

import re
from collections import defaultdict
from collections.abc import Iterator

from tests.findings.raised import EXITS, ROOT, SRC, raised

from koho_pdf.cli.main import parser
from koho_pdf.cli.usage import Usage
from koho_pdf.findings.catalogue import OWNERS, ROOMS, SEVERITIES, Entry, entries, rooms
from koho_pdf.findings.page import markdown

ENTRIES = entries()
JAPANESE = r"[\u3001-\u30ff\u4e00-\u9fff]"
SOFTENED = {"more-mistakes", "archive-bag-missing", "ledger-gone", "ledger-broken"}
"""Errors that are told as warnings where they stop nothing: made anew with another severity, out of our sight."""


def by_code(what: str) -> dict[str, set[object]]:
    told: dict[str, set[object]] = defaultdict(set)
    for each in raised():
        told[each.code].add(getattr(each, what))
    return told


def test_what_is_raised_and_what_is_explained_are_the_same() -> None:
    assert len(raised()) > 400, "this test has lost sight of the findings"
    unexplained = {each.code: each.place for each in raised() if each.code not in ENTRIES}
    assert unexplained == {}, "write an entry in src/koho_pdf/findings/<room>.yaml"
    assert sorted(set(ENTRIES) - {each.code for each in raised()}) == [], "explained, and raised nowhere"
    codes = [entry.code for room in rooms() for entry in room.entries]
    assert len(codes) == len(set(codes)), "explained twice"
    assert [code for code in codes if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


def test_an_entry_is_as_bad_as_its_finding() -> None:
    for code, severities in by_code("severity").items():
        here = "either" if len(severities) > 1 or code in SOFTENED else next(iter(severities))
        assert ENTRIES[code].severity == here, code


def test_an_entry_has_the_exit_codes_of_its_finding() -> None:
    seen = {code: exits - {0} for code, exits in by_code("exit").items()}
    assert len([code for code, exits in seen.items() if exits]) > 50, "this test has lost sight of the errors"
    for code, exits in seen.items():
        assert exits <= set(ENTRIES[code].exits), code


MENDERS = {
    "manuscript": {"editor", "file"},
    "content": {"editor", "file", "settings"},
    "kinds": {"designer", "file"},
    "layout": {"designer", "settings"},
    "composition": {"designer", "editor", "settings"},
    "collation": {"designer", "editor"},
    "finishing": {"designer"},
    "plan": {"designer", "editor", "press"},
    "press": {"press"},
    "preflight": {"maker", "designer", "settings"},
    "archive": {"archive", "caller", "settings"},
    "many": {"settings"},
    "release": {"archive", "caller"},
}
"""Whose files a room looks at. A room that is not here tells several people."""


def test_an_entry_names_the_owner_of_what_its_room_looks_at() -> None:
    assert {each.room for each in raised()} >= set(MENDERS), "a room has another name now"
    wrong = {
        each.place: (each.code, ENTRIES[each.code].owner)
        for each in raised()
        if each.room in MENDERS and ENTRIES[each.code].owner not in MENDERS[each.room]
    }
    assert wrong == {}


def test_every_file_of_the_catalogue_is_read() -> None:
    assert sorted(path.stem for path in (SRC / "findings").glob("*.yaml")) == sorted(ROOMS)


def faults(entry: Entry) -> Iterator[str]:
    """The faults of an entry."""
    if entry.severity not in SEVERITIES or entry.owner not in OWNERS or not set(entry.exits) <= set(EXITS.values()):
        yield "a severity, an owner or an exit code that there is not"
    if bool(entry.exits) == (entry.severity in ("warning", "note")):
        yield "an error stops a command, a warning or note does not"
    for words in (entry.title, entry.meaning, entry.mend):
        if not re.search(JAPANESE, words):
            yield "not Japanese"
        if "\n" in words or re.search(f"{JAPANESE} {JAPANESE}", re.sub("`.*?`|「.*?」", "x", words)):
            yield "Japanese stands on one line: a line break in it becomes a space"
    if entry.title.endswith("。") or not entry.meaning.endswith("。") or len(entry.meaning) > 160:
        yield "the title is no sentence, the meaning is one or two"
    if any(words.count("`") % 2 for words in (entry.title, entry.meaning, entry.mend, entry.english)):
        yield "a mark of code is not closed"
    if not re.search(r"[a-z]{3}.*[.)]$", entry.english):
        yield "not English"


def test_every_entry_is_whole() -> None:
    assert [(entry.code, fault) for entry in ENTRIES.values() for fault in faults(entry)] == []


def commands() -> dict[str, Usage]:
    """Every command by the words that call it."""
    told = {}
    for first, usage in parser().commands.items():
        told[first] = usage
        told.update({f"{first} {second}": below for second, below in usage.commands.items()})
    return told


def test_commands_options_files_and_entries_that_are_named_exist() -> None:
    known = commands()
    options = {option for usage in (parser(), *known.values()) for option in usage._option_string_actions}
    options |= {"--nthreads", "--navy", "--sea", "--see"}  # of dask worker; colours in CSS
    options |= {"--line-feed", "--picture-height"}  # variables in CSS
    missing = []
    for entry in ENTRIES.values():
        text = "\n".join((entry.title, entry.meaning, entry.mend, entry.english)).replace("koho biuld", "")
        for name in re.findall(r"\bkoho (?:-C フォルダー )?([a-z]+(?: [a-z]+)?)", text):
            first = name.split()[0]
            wrong = first not in known or (name not in known and known[first].commands)
            missing += [(entry.code, f"koho {name}")] if wrong else []
        missing += [(entry.code, each) for each in re.findall(r"(?<![\w-])--[a-z][a-z-]+", text) if each not in options]
        for path in re.findall(r"\b(?:press|layouts|docs|fonts|tests|schemas)/[\w./-]*[\w/]", text):
            if not (ROOT / path).exists() and path not in ("press/profiles", "layouts/_kinds", "fonts/own.yaml"):
                missing.append((entry.code, path))
        for code in re.findall(r"\(#([^)]+)\)", text):
            missing += [] if code in ENTRIES else [(entry.code, f"#{code}")]
        for page in re.findall(r"\]\(([a-z-]+\.md)\)", text):
            missing += [] if (ROOT / "docs" / page).is_file() else [(entry.code, page)]
    assert missing == []


def test_the_page_is_made_of_the_catalogue() -> None:
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert page == markdown(), "run: make findings"
    assert re.findall(r"^## `([^`]+)`$", page, flags=re.MULTILINE) == list(ENTRIES)
