"""Limits of computing time and memory for a process (POSIX), so that a hostile file harms nothing else."""

from __future__ import annotations

import resource

_LIMITED = 'ulimit -t "$1"; ulimit -v "$2"; shift 2; exec "$@"'  # no file can escape limits set by the shell


def limit(seconds: int, memory: int | None = None, most_seconds: int | None = None) -> None:
    """Limit this process to ``seconds`` of computing and ``memory`` bytes of address space; it leaves no core file.
    ``most_seconds`` is how far the limit of time may be raised later.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds if most_seconds is None else most_seconds))
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limited(command: list[str], seconds: int, kilobytes: int) -> list[str]:
    """The command of a program, limited to ``seconds`` of computing and ``kilobytes`` of address space."""
    return ["sh", "-c", _LIMITED, "sh", str(seconds), str(kilobytes), *command]
