"""The seal of a worker: from then on the process opens nothing, starts nothing, and has only so much memory and
time."""

from __future__ import annotations

import os
import signal
import sys


def seal(memory: int) -> None:
    """Take from this process what a query doesn't need: files, sockets, child processes, memory beyond ``memory``
    bytes.

    What is open stays open. On Windows, which has no such limits, nothing is taken.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.close(nothing)
    if sys.platform == "win32":
        return
    import resource

    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))


def allow(seconds: float) -> None:
    """Let the process compute for so long from now, should nobody be left to kill it."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
