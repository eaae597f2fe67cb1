"""What a client prefers, by its ``Accept`` and ``Accept-Language`` headers (RFC 9110, sections 12.4 and 12.5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


def ranges(header: str) -> list[tuple[str, float]]:
    """The ranges of such a header in lower case, each with its weight; parameters but ``q`` are left out.

    A weight that can't be read counts as 0, so that nothing is sent that was not clearly asked for.

    >>> ranges("text/html, */*;q=0.1")
    [('text/html', 1.0), ('*/*', 0.1)]
    """
    found = []
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if not name:
            continue
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                weight = _weight(value.strip())
                break  # what follows q extends the header and not the range
        found.append((name.lower(), weight))
    return found


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


def best_type(header: str | None, offers: Sequence[str]) -> str | None:
    """The media type among ``offers`` that the header likes best, the first of those it likes alike; None for none.

    Without a header everything is welcome. The most specific range decides about a type.

    >>> best_type("text/turtle;q=0.5, */*;q=0.1", ["text/html", "text/turtle"])
    'text/turtle'
    """
    if header is None or not header.strip():
        return offers[0] if offers else None
    wanted = dict(reversed(ranges(header)))  # of two alike the first counts

    def weight(offer: str) -> float:
        for name in (offer, offer.partition("/")[0] + "/*", "*/*"):
            if name in wanted:
                return wanted[name]
        return 0.0

    best = max(offers, key=weight, default=None)
    return best if best is not None and weight(best) > 0 else None


def best_language(header: str | None, offers: Sequence[str]) -> str:
    """The language among ``offers`` that the header likes best, the first offer where it likes none.

    ``tr-TR`` asks for ``tr`` too (RFC 4647, lookup).

    >>> best_language("de, kk-KZ;q=0.8, en;q=0.5", ["en", "kk"])
    'kk'
    """
    best, most = offers[0], 0.0
    for name, weight in ranges(header or ""):
        plain = name.partition("-")[0]
        if plain in offers and weight > most:
            best, most = plain, weight
    return best


@lru_cache(maxsize=256)
def takes_gzip(header: str | None) -> bool:
    """Whether an ``Accept-Encoding`` header takes gzip.

    >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0"), takes_gzip(None)
    (True, False, False)
    """
    weights = dict(ranges(header or ""))
    return weights.get("gzip", weights.get("*", 0.0)) > 0
