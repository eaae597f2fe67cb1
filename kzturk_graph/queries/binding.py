"""Values into a query, token by token: a value becomes one term of the query and can't change anything else.

An engine's own substitution can't reach filters, aggregates and sub-queries (pyoxigraph), or ignores unknown names
(rdflib). So a parameter, written ``$name``, is replaced in the text; a parameter without a value stays a variable.

``BOUND($name)`` of a parameter with a value is ``true``, which lets a query say ``!BOUND($kind) || ?kind IN ($kind)``.
A list stands where terms may stand side by side: ``IN ($kinds)``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph.errors import UsageError

if TYPE_CHECKING:
    from kzturk_graph.queries.tokens import Token

Term = ox.NamedNode | ox.Literal
Bindings = Mapping[str, Sequence[Term]]
Piece = tuple[str, str]
"""The parameter that stands there (``bound NAME`` for ``BOUND($NAME)``, empty for none), and the text as it is."""

_ENDS = {
    "SELECT": ("WHERE", "FROM", "{"),
    "GROUP": ("}", "ORDER", "HAVING", "LIMIT", "OFFSET", "VALUES"),
    "VALUES": ("{",),
}
"""The words that end the parts of a query in which only variables may stand."""

_UNSAFE_IRI = set('<>"{}|^`\\') | {chr(code) for code in range(0x21)}


def bind(query: str, bindings: Bindings) -> str:
    """The query with each parameter in ``bindings`` (name without mark → its terms) replaced by its terms.

    >>> bind("SELECT * { ?s ?p $year FILTER(!BOUND($year)) }", {"year": [ox.Literal(2005)]})
    'SELECT * { ?s ?p "2005"^^<http://www.w3.org/2001/XMLSchema#integer> FILTER(!true) }'

    Raises UsageError where an IRI can't be written in a query, or a parameter stands where only a variable may:
    in a SELECT clause, after AS, in GROUP BY or in the head of VALUES.
    """
    return fill(split(query, bindings), bindings)


def split(query: str, names: Collection[str]) -> list[Piece]:
    """The query in pieces, for ``fill``: its text, and each place where one of ``names`` stands."""
    from kzturk_graph.queries.tokens import tokens

    found = list(tokens(query))
    out: list[Piece] = []
    skip = 0
    for place, token in enumerate(found):
        if skip:
            skip -= 1
            continue
        bound = _bound_call(found, place)
        if bound and bound[0] in names:
            skip = bound[1]
            out.append((f"bound {bound[0]}", "".join(each.text for each in found[place : place + skip + 1])))
        elif token.kind == "variable" and token.bare in names:
            out.append((token.bare, token.text))
        elif out and not out[-1][0]:
            out[-1] = ("", out[-1][1] + token.text)
        else:
            out.append(("", token.text))
    return out


def fill(pieces: Iterable[Piece], bindings: Bindings) -> str:
    """The pieces joined, terms in the places of parameters that have a value. Raises UsageError as ``bind`` does."""
    texts = {name: ", ".join(write(term) for term in terms) for name, terms in bindings.items()}
    texts |= {f"bound {name}": "true" for name in bindings}
    return "".join(texts.get(name, text) if name else text for name, text in pieces)


def _bound_call(pieces: Sequence[Token], place: int) -> tuple[str, int] | None:
    """(variable, how many tokens follow) where ``BOUND ( ?variable )`` begins here."""
    if pieces[place].kind != "word" or pieces[place].text.upper() != "BOUND":
        return None
    rest = [(offset, t) for offset, t in enumerate(pieces[place : place + 8]) if t.kind not in ("space", "comment")]
    if len(rest) >= 4 and rest[1][1].text == "(" and rest[2][1].kind == "variable" and rest[3][1].text == ")":
        return rest[2][1].bare, rest[3][0]
    return None


def write(term: Term) -> str:
    """A term as SPARQL writes it. Raises UsageError for an IRI with a character that SPARQL forbids in one."""
    if isinstance(term, ox.NamedNode) and _UNSAFE_IRI & set(term.value):
        raise UsageError(f"{term.value!r} is not an IRI that a query can hold")
    return str(term)


def variables(query: str) -> set[str]:
    """The names of all variables and parameters of a query."""
    from kzturk_graph.queries.tokens import meaningful

    return {token.bare for token in meaningful(query) if token.kind == "variable"}


def projected(query: str) -> set[str]:
    """The names that stand where only a variable may: SELECT clauses, after AS, GROUP BY, the head of VALUES."""
    from kzturk_graph.queries.tokens import meaningful

    found: set[str] = set()
    state, depth = "", 0
    before = ""
    for token in meaningful(query):
        word = token.text.upper() if token.kind == "word" else token.text
        if word in ("SELECT", "GROUP", "VALUES"):
            state, depth = word, 0
        elif word in _ENDS.get(state, ()):
            state = ""
        depth += {"(": 1, ")": -1}.get(word, 0)
        head = state == "VALUES" or (state in ("SELECT", "GROUP") and depth == 0)
        if token.kind == "variable" and (head or before == "AS"):
            found.add(token.bare)
        before = word
    return found
