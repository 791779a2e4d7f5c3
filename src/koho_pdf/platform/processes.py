"""What a process may use, so that a hostile file takes nothing with it: time of computing, memory (POSIX limits)."""

from __future__ import annotations

import resource

_LIMITED = 'ulimit -t "$1"; ulimit -v "$2"; shift 2; exec "$@"'  # what the shell sets, no file can talk its way out of


def limit(seconds: int, memory: int | None = None, most_seconds: int | None = None) -> None:
    """Keep this process within ``seconds`` of computing and ``memory`` bytes of addresses; it leaves no core file.

    ``most_seconds`` is up to what the limit of time may be raised later.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds if most_seconds is None else most_seconds))
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limited(command: list[str], seconds: int, kilobytes: int) -> list[str]:
    """The command of a program that is kept within ``seconds`` of computing and ``kilobytes`` of addresses."""
    return ["sh", "-c", _LIMITED, "sh", str(seconds), str(kilobytes), *command]
