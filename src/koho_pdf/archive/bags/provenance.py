"""What an archivist needs to know of a bag: who made it, when, with which software, its identifier, its rights. All of
this stands in the bag's tag files beside ``data/``, never in an edition.

``bag-info.txt`` (RFC 8493, 2.2.2) · ``events.json`` in PREMIS's words · ``dublin-core.xml`` (ISO 15836).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from koho_pdf.archive.bags.bag import bagged
from koho_pdf.archive.bags.ledger import AGENT, Event
from koho_pdf.archive.bags.record import Record
from koho_pdf.platform.clock import now

EVENTS, DUBLIN_CORE = "events.json", "dublin-core.xml"


@dataclass(frozen=True, slots=True)
class Source:
    """Who issued an issue (``organization``, 発行者), its ``rights``, and who keeps it now and why, as far as this is
    known.
    """

    organization: str = ""
    rights: str = ""
    by: str = ""
    why: str = ""


def packed(
    files: Mapping[str, bytes], record: Record, source: Source, events: Sequence[Event] = ()
) -> dict[str, bytes]:
    """The bag of an issue: ``files`` are its payload, ``events`` its history until now.

    Raises ArchiveError (``bag-name``).
    """
    identifier = identifier_of(files, record, source)
    info = {
        "Source-Organization": source.organization,
        "Bagging-Date": now().date().isoformat(),
        "External-Identifier": identifier,
        "Internal-Sender-Identifier": record.name,
        "External-Description": record.title,
        "Date-Issued": record.date.isoformat(),
        "Rights": rights_of(source),
        "Bag-Software-Agent": AGENT,
    }
    tags = {DUBLIN_CORE: "".join(_dublin_core(record, source, identifier)).encode("utf-8", "replace")}
    if events:
        tags[EVENTS] = events_bytes(identifier, events)
    return bagged(files, {key: value for key, value in info.items() if value}, tags)


def identifier_of(files: Mapping[str, bytes], record: Record, source: Source) -> str:
    """A name that no other bag in the world has (RFC 9562, 5.5), made from organization, issue and every byte of it."""
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()} {name}\n" for name in sorted(files))
    of = f"koho-pdf:{source.organization}:{record.name}:{hashlib.sha256(sums.encode()).hexdigest()}"
    return uuid5(NAMESPACE_URL, of).urn


def rights_of(source: Source) -> str:
    """The rights as ``koho.yaml`` says them; otherwise whom to ask."""
    asked = source.organization or "発行者"
    return source.rights or f"著作権は{asked}と、写真・図などの権利者にあります。使うときは{asked}に確かめてください。"


def events_bytes(identifier: str, events: Iterable[Event]) -> bytes:
    """The acts on a bag until it was closed, by the names of PREMIS 3 (eventType, eventDateTime, eventOutcome)."""
    told = [
        {
            "eventType": each.event,
            "eventDateTime": each.time,
            "eventOutcome": each.outcome,
            "linkingAgent": [agent for agent in (each.agent, each.by) if agent],
            **({"eventDetail": each.note} if each.note else {}),
        }
        for each in events
    ]
    return (
        json.dumps({"schema": 1, "identifier": identifier, "events": told}, ensure_ascii=False, indent=1) + "\n"
    ).encode("utf-8", "replace")


def _dublin_core(record: Record, source: Source, identifier: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    yield ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
    for name, value in dublin_core(record, source, identifier):
        yield f" <dc:{name}>{escape(value)}</dc:{name}>\n"
    yield "</oai_dc:dc>\n"


def dublin_core(record: Record, source: Source, identifier: str) -> Iterator[tuple[str, str]]:
    """The elements of an issue (DCMES 1.1) with their values, those that are known."""
    yield "title", record.title
    yield from (("creator", each) for each in [source.organization] if each)
    yield from (("publisher", each) for each in [source.organization] if each)
    yield from (
        ("contributor", each) for each in dict.fromkeys(article.department for article in record.articles) if each
    )
    yield "date", record.date.isoformat()
    yield "type", "Text"
    yield "format", "application/pdf"
    yield "language", "ja"
    yield "identifier", identifier
    yield "identifier", record.name
    yield "rights", rights_of(source)


def publisher(archive: Path) -> str:
    """Who issued the issues of an archive, as the bag packed last says; "" if no bag says it."""
    found = [
        told
        for folder in sorted(archive.glob("*/bag-info.txt"))
        if (told := told_of(folder.parent)).get("Source-Organization")
    ]
    return max(found, key=lambda told: told.get("Bagging-Date", ""))["Source-Organization"] if found else ""


def core_of(folder: Path, organization: str) -> dict[str, str]:
    """The Dublin Core for a page about the issue in ``folder``: publisher, rights and identifier, as far as its bag
    says them.
    """
    told = told_of(folder)
    source = Source(told.get("Source-Organization", "") or organization, told.get("Rights", ""))
    return {
        "publisher": source.organization,
        "rights": rights_of(source),
        "identifier": told.get("External-Identifier", ""),
    }


def told_of(folder: Path) -> dict[str, str]:
    """The values of a bag's ``bag-info.txt`` by label; empty if it cannot be read."""
    try:
        lines = (folder / "bag-info.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {key.strip(): value.strip() for key, colon, value in (line.partition(":") for line in lines) if colon}
