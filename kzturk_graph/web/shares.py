"""The share of the query time that each address has, where strangers use the site."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from kzturk_graph.web.errors import HttpError

WINDOW = 60
"""The seconds over which query time is counted."""
MOST_ADDRESSES = 10_000
"""How many addresses are remembered; beyond that those that have asked least recently are forgotten."""


class _Share:
    def __init__(self) -> None:
        self.running = 0
        self.used: deque[tuple[float, float]] = deque()  # (when it ended, how long it took)


class Shares:
    """Counts each address's queries at once, and its query time within the last minute."""

    def __init__(self, at_once: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.at_once, self.seconds, self.clock = at_once, seconds, clock
        self._shares: OrderedDict[str, _Share] = OrderedDict()

    def enter(self, address: str) -> str:
        """Count a query as running; what comes back is for ``leave``. Raises HttpError 429 beyond the share."""
        name = network(address)
        share = self._shares.setdefault(name, _Share())
        self._shares.move_to_end(name)
        now = self.clock()
        while share.used and share.used[0][0] <= now - WINDOW:
            share.used.popleft()
        if share.running >= self.at_once:
            raise HttpError(
                429,
                f"{share.running} queries of this address run already",
                "ask one after the other",
                {"retry-after": "1"},
            )
        if sum(took for _, took in share.used) >= self.seconds:
            wait = max(1, math.ceil(share.used[0][0] + WINDOW - now))
            said = f"this address has used its {self.seconds:g} s of query time in a minute"
            raise HttpError(429, said, f"ask again in {wait} s", {"retry-after": str(wait)})
        share.running += 1
        self._forget()
        return name

    def leave(self, name: str, took: float) -> None:
        """Count a query as ended that took so many seconds."""
        share = self._shares.get(name)
        if share is not None:
            share.running -= 1
            share.used.append((self.clock(), took))

    def _forget(self) -> None:
        while len(self._shares) > MOST_ADDRESSES:
            name, share = next(iter(self._shares.items()))
            if share.running:  # then all that is older runs, too: there are fewer queries than addresses
                self._shares.move_to_end(name)
                return
            del self._shares[name]


def network(address: str) -> str:
    """Whose share an address counts against: an IPv6 address is one of a household's many, so its first half counts."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address
