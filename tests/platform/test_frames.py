"""Calls inside each other ask the system for no memory, however deep a loop stands."""

from __future__ import annotations

import resource

import pytest

from koho_pdf.platform.frames import roomy

CALLS = 20


def taken(depth: int) -> list[int]:
    """At each depth how many pieces of memory the system gave while a loop there called a small function."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        _small(0, 0, 0)
    found = [resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before]
    return found + (taken(depth - 1) if depth else [])


def _small(one: int, two: int, three: int) -> int:
    return one + two + three


def test_no_loop_stands_at_the_end_of_a_piece() -> None:
    roomy(lambda: taken(250))()  # from now on the memory is there
    assert max(roomy(lambda: taken(250))()) < CALLS


def test_a_loop_can_stand_at_the_end_of_a_piece() -> None:
    """The reason for ``frames``: without it the same loops do ask for memory."""
    if max(taken(250)) < CALLS:
        pytest.skip("this Python keeps its pieces: frames can go")
