"""What was made of a value is the same again for the same value, and for no other."""

from __future__ import annotations

from koho_pdf.platform.of_each import MOST, OfEach


def test_what_was_made_of_a_value_is_the_same_again() -> None:
    made, one, equal = OfEach[list[int]](), [1], [1]
    first = made.of(list, one)
    assert made.of(list, one) is first
    assert made.of(list, equal) is not first  # it may become another
    assert made.of(list, one, equal) is not made.of(list, equal, one)


def test_it_does_not_grow() -> None:
    """Values that are gone leave their numbers to others: what was made of them must be gone too."""
    made = OfEach[str]()
    for number in range(3 * MOST):
        value = [number]
        assert made.of(lambda value=value: str(value), value) == str(value)  # type: ignore[misc]
    assert len(made._made) == MOST
