"""Asking a stranger's query: by a worker, within the share of who asks."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from kzturk_graph.web.errors import HttpError

if TYPE_CHECKING:
    from kzturk_graph.web.line import Line
    from kzturk_graph.web.site import Site
    from kzturk_graph.web.workers.jobs import Job, Outcome

log = logging.getLogger("kzturk.web")


async def ask(site: Site, job: Job, address: str) -> Outcome:
    """The outcome of a job that ``address`` asks for; its status may be an error's.

    Raises HttpError 429 beyond the address's share, and what ``Pool.run`` raises.
    """
    spent: list[float] = []
    if site.shares is None:
        outcome = await site.pool.run(job, spent)
    else:
        name = site.shares.enter(address)
        try:
            outcome = await site.pool.run(job, spent)
        finally:
            site.shares.leave(name, sum(spent))
    if site.settings.log_queries:
        log.info("%s %d %.3f s %r", address, outcome.status, sum(spent), job.query)
    return outcome


def ask_from_thread(site: Site, job: Job, address: str, line: Line | None) -> Outcome:
    """The same for code that the event loop of the site has sent into a thread, as it does with views; the query ends
    when the client on ``line`` goes.

    Raises HttpError 400 then, which nobody reads.
    """
    from anyio import from_thread

    return from_thread.run(_ask_while_there, site, job, address, line)


async def _ask_while_there(site: Site, job: Job, address: str, line: Line | None) -> Outcome:
    gone = HttpError(400, "the client has gone")
    if line is None:
        return await ask(site, job, address)
    if line.lost:
        raise gone
    line.on_lost = asyncio.current_task().cancel  # type: ignore[union-attr]
    try:
        return await ask(site, job, address)
    except asyncio.CancelledError:
        if line.lost:
            raise gone from None
        raise
    finally:
        line.on_lost = None
