"""Parts of a query as a person reads them: on one line, in our prefixes, not too long."""

from __future__ import annotations

import re

from kzturk_graph import terms
from kzturk_graph.explain.parts import ANONYMOUS
from kzturk_graph.queries.tokens import tokens

LENGTH = 160
_NUMBER = re.compile(r'"([+-]?[\d.]+)"\^\^xsd:(?:integer|decimal)')
_ANONYMOUS = re.compile(rf"{ANONYMOUS}\d+")
_GIVEN = re.compile(r"(?<=FILTER )\(!true \|\| ")
"""What is left of ``!BOUND($year) || …`` once the year is given."""


def shorten(text: str, length: int = LENGTH) -> str:
    """The text on one line, without comments, IRIs as CURIEs, cut at ``length`` characters.

    >>> shorten("?x   a <https://w3id.org/kzturk/ontology/State>")
    '?x a kt:State'
    """
    short = []
    for token in tokens(text):
        if token.kind == "iri":
            short.append(_curie(token.text))
        elif token.kind == "space" or token.kind == "comment":
            short.append(" ")
        else:
            short.append(token.text)
    text = _ANONYMOUS.sub("[]", _NUMBER.sub(r"\1", "".join(short)))
    line = _GIVEN.sub("(", " ".join(text.split()))
    return line if len(line) <= length else line[: length - 1] + "…"


def _curie(written: str) -> str:
    curie = terms.curie(written[1:-1])
    return curie if "://" not in curie else written
