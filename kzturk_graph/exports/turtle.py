"""Turtle for reading, written fast: a property a line, type and labels first.

``graph.turtle.writer`` writes the layout that ``kzturk fmt`` keeps, which fills lines and takes ten times as
long: too long for a command that answers at once. Grammar: https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.exports.grouping import TYPE, Properties, by_subject

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE = {
    f"<{terms.XSD}integer>": re.compile(r"[+-]?[0-9]+"),
    f"<{terms.XSD}decimal>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"<{terms.XSD}boolean>": re.compile("true|false"),
}


def write_turtle(triples: Set[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """The triples as Turtle; only the prefixes that are used are declared.

    >>> s, p = ox.NamedNode(terms.ENTITY + "hlscc-1"), ox.NamedNode(terms.kt("ordinal"))
    >>> print(write_turtle({ox.Triple(s, p, ox.Literal(1))}, terms.PREFIXES), end="")
    @prefix id: <https://w3id.org/kzturk/id/> .
    @prefix kt: <https://w3id.org/kzturk/ontology/> .
    <BLANKLINE>
    id:hlscc-1
      kt:ordinal 1 .
    """
    names = Names(prefixes)
    blocks = [_block(names, *each) for each in by_subject(triples)]
    head = "".join(f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in sorted(names.used))
    return "\n".join([head, *blocks] if head else blocks)


def _block(names: Names, subject: str, properties: Properties) -> str:
    spelled = names.spelled
    lines = [
        # text without datatype stands as it is; that most values are such is what makes this fast
        f"{names.predicate(predicate)} {', '.join([v if v[-1] != '>' else spelled(v) for v in values])}"
        for predicate, values in properties.items()
    ]
    return f"{names.spelled(subject)}\n  " + " ;\n  ".join(lines) + " .\n"


class Names:
    """Shortens terms that N-Triples spells; ``used`` collects the prefixes that it took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def predicate(self, text: str) -> str:
        """A property: ``a`` for rdf:type."""
        return "a" if text == TYPE else self.spelled(text)

    def spelled(self, text: str) -> str:
        """The shortest spelling that reads back as the same term."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._shorten(text)
        return known

    def _shorten(self, text: str) -> str:
        if text[0] == "<":
            return self._curie(text)
        if text[-1] != ">":
            return text
        lexical, datatype = text[:-1].rsplit("^^<", 1)
        datatype = f"<{datatype}>"
        if datatype in _BARE and _BARE[datatype].fullmatch(lexical[1:-1]):
            return lexical[1:-1]
        return f"{lexical}^^{self.spelled(datatype)}"

    def _curie(self, text: str) -> str:
        end = max(text.rfind("/"), text.rfind("#")) + 1
        prefix = self._prefixes.get(text[1:end])
        if prefix is None or not _LOCAL.fullmatch(text, end, len(text) - 1):
            return text
        self.used.add(prefix)
        return f"{prefix}:{text[end:-1]}"
