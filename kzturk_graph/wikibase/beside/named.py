"""Named subqueries of Wikidata's query service: ``WITH { SELECT … } AS %name`` and ``INCLUDE %name``.

After https://github.com/blazegraph/database/wiki/NamedSubquery. Standard SPARQL has none, so each stands where it is
included.
"""

from __future__ import annotations

from kzturk_graph.queries.tokens import Token, meaningful
from kzturk_graph.wikibase.beside.groups import groups


def in_place(query: str) -> str:
    """The query with its named subqueries where they are included; all other lines stay where they are."""
    pieces = meaningful(query)
    if not any(token.text == "%" for token in pieces):
        return query
    ends = {each.open: each.close for each in groups(pieces)}
    bodies: dict[str, str] = {}
    parts, at, place = [], 0, 0
    while place < len(pieces):
        token, stop = pieces[place], ends.get(place + 1, -1)
        begin = token.start
        if token.text.upper() == "WITH" and stop > 0 and _named(pieces, stop + 2) and _upper(pieces, stop + 1) == "AS":
            bodies[pieces[stop + 3].text] = _line(pieces[place + 1 : stop + 1], bodies)
            inserted, place = "", stop + 3
        elif token.text.upper() == "INCLUDE" and _named(pieces, place + 1) and pieces[place + 2].text in bodies:
            inserted, place = bodies[pieces[place + 2].text], place + 2
        else:
            place += 1
            continue
        end = pieces[place].start + len(pieces[place].text)
        parts += [query[at:begin], inserted + "\n" * query.count("\n", begin, end) + " "]
        at, place = end, place + 1
    return "".join([*parts, query[at:]])


def _upper(pieces: list[Token], place: int) -> str:
    return pieces[place].text.upper() if place < len(pieces) else ""


def _named(pieces: list[Token], place: int) -> bool:
    """Whether a name with its ``%`` stands here."""
    return place + 1 < len(pieces) and pieces[place].text == "%" and pieces[place + 1].kind == "word"


def _line(pieces: list[Token], bodies: dict[str, str]) -> str:
    """Tokens on one line, earlier subqueries among them."""
    parts: list[str] = []
    place = 0
    while place < len(pieces):
        token = pieces[place]
        if token.text.upper() == "INCLUDE" and _named(pieces, place + 1) and pieces[place + 2].text in bodies:
            parts.append(bodies[pieces[place + 2].text])
            place += 3
            continue
        near = place and pieces[place - 1].start + len(pieces[place - 1].text) == token.start
        parts.append(token.text if near else f" {token.text}")
        place += 1
    return "".join(parts).strip()
