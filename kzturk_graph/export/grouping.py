"""Triples by subject, in the order in which people read them: type, labels, then the rest by property."""

from __future__ import annotations

import re
from collections.abc import Set

import pyoxigraph as ox

from kzturk_graph import terms

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Pair = tuple[int, str, str, str, Term]
"""Rank of the property, property, language, object (both as N-Triples spells them), and the object itself."""

_RANKS = {
    f"<{iri}>": rank for rank, iri in enumerate((terms.TYPE, terms.PREF_LABEL, terms.LABEL, terms.ALT_LABEL))
}
_OTHER = len(_RANKS)
_DIGITS = re.compile(r"([0-9]+)")


def by_subject(triples: Set[ox.Triple]) -> list[tuple[str, list[Pair]]]:
    """Subjects as N-Triples spells them, naturally sorted (p2 before p10), each with its sorted pairs."""
    groups: dict[str, list[Pair]] = {}
    for subject, predicate, value in triples:
        text = str(value)
        # a language tag ends a literal that doesn't end in a quote or in its datatype's bracket
        language = text[text.rindex("@") + 1 :] if text[0] == '"' and text[-1] not in '">' else ""
        name = str(predicate)
        groups.setdefault(str(subject), []).append((_RANKS.get(name, _OTHER), name, language, text, value))
    for pairs in groups.values():
        pairs.sort()
    return sorted(groups.items(), key=lambda item: natural(item[0]))


def natural(text: str) -> list[tuple[int, str]]:
    """A key that sorts runs of digits by their number.

    >>> sorted(["p10", "p2"], key=natural)
    ['p2', 'p10']
    """
    # split gives texts and runs of digits in turn, so that like is compared with like
    return [(len(part) if i % 2 else 0, part) for i, part in enumerate(_DIGITS.split(text))]
