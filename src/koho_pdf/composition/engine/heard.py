"""What the engine says while it makes something that is kept, so that it is said again whenever that is used."""

from __future__ import annotations

import logging
from collections.abc import Sequence


class Heard(logging.Handler):
    """Holds back what the engine says meanwhile, to say it each time."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __enter__(self) -> Heard:
        self._logger = logging.getLogger("weasyprint")
        self._others, self._logger.handlers = self._logger.handlers, [self]
        return self

    def __exit__(self, *fault: object) -> None:
        self._logger.handlers = self._others


def say_again(records: Sequence[logging.LogRecord]) -> None:
    """Say what was held back."""
    for record in records:
        logging.getLogger("weasyprint").handle(record)
