"""Cuts a text into pieces at places in its words, together with its marks: a mark that is cut is in both pieces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from koho_pdf.content.values.runs import Break, Joint, Kenten, Link, Note, Ruby, Run, Strong, Text, Tongue, plain_of

Mark = Strong | Kenten | Link | Tongue


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest piece: words, one pair of a ruby, a note, a break or a joint; the marks ``around`` it, outermost
    first; the run it is ``of``.
    """

    run: Run
    around: tuple[Mark, ...]
    of: Run

    @property
    def words(self) -> str:
        return plain_of((self.run,))


def atoms_of(runs: Sequence[Run], around: tuple[Mark, ...] = ()) -> Iterator[Atom]:
    """The atoms of some runs, in order."""
    for run in runs:
        if isinstance(run, Mark):
            yield from atoms_of(run.runs, (*around, run))
        elif isinstance(run, Ruby):
            for pair in run.pairs:
                yield Atom(replace(run, pairs=(pair,)), around, run)
        else:
            yield Atom(run, around, run)


def cut(atoms: Sequence[Atom], places: Collection[int]) -> list[list[Atom]]:
    """The atoms in pieces that begin at these places, counted in characters of their words; a ruby's pair and a note
    are never cut."""
    pieces: list[list[Atom]] = [[]]
    at = 0
    for atom in atoms:
        begin = 0
        for place in range(at, at + max(len(atom.words), 1)):
            if place not in places or (place > at and not isinstance(atom.run, Text)):
                continue
            if place > at:
                pieces[-1].append(replace(atom, run=Text(atom.words[begin : place - at])))
                begin = place - at
            pieces.append([])
        if not isinstance(atom.run, Text):
            pieces[-1].append(atom)
        elif atom.words[begin:]:
            pieces[-1].append(replace(atom, run=Text(atom.words[begin:])))
        at += len(atom.words)
    return [piece for piece in pieces if piece]


def runs_of(atoms: Sequence[Atom], depth: int = 0) -> tuple[Run, ...]:
    """Atoms as runs again."""
    found: list[Run] = []
    for mark, together in groupby(atoms, lambda atom: Same(atom.around[depth] if len(atom.around) > depth else None)):
        inside = list(together)
        if isinstance(mark.run, Mark):
            found.append(replace(mark.run, runs=runs_of(inside, depth + 1)))
            continue
        for of, same in groupby(inside, lambda atom: Same(atom.of)):
            each = list(same)
            if isinstance(of.run, Ruby):
                pairs = tuple(pair for atom in each if isinstance(atom.run, Ruby) for pair in atom.run.pairs)
                found.append(replace(of.run, pairs=pairs))
            else:
                found += [atom.run for atom in each]
    return tuple(found)


class Same:
    """A run that is equal only to itself, so that two marks with the same words stay two."""

    def __init__(self, run: Run | None) -> None:
        self.run: Run | None = run

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.run is other.run

    def __hash__(self) -> int:
        return id(self.run)


def segments(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """The atoms between the breaks that the editor wrote."""
    found: list[list[Atom]] = [[]]
    for atom in atoms:
        if isinstance(atom.run, Break):
            found.append([])
        else:
            found[-1].append(atom)
    return [segment for segment in found if segment] or [[]]


def joints(atoms: Sequence[Atom]) -> set[int]:
    """The places where the editor forbids a break."""
    found, at = set(), 0
    for atom in atoms:
        if isinstance(atom.run, Joint):
            found.add(at)
        at += len(atom.words)
    return found


def notes(atoms: Sequence[Atom]) -> set[int]:
    """The beginnings and ends of notes: a note breaks by its own rules and does not belong to a phrase."""
    found, at = set(), 0
    for atom in atoms:
        if isinstance(atom.run, Note):
            found |= {at, at + len(atom.words)}
        at += len(atom.words)
    return found
