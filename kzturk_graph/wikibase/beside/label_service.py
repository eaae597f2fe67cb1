"""The query service's label service: names for what a query finds.

In its automatic form each variable of the SELECT that is called as another with ``Label``, ``AltLabel`` or
``Description`` behind it gets that one's name; in its manual form triples inside the service say what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.queries.tokens import Token
from kzturk_graph.wikibase import namespaces
from kzturk_graph.wikibase.beside.groups import Group

LABELS = ("wikibase:label", f"<{namespaces.WIKIBASE}label>")
FUNCTION = terms.BASE + "function/"

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Functions = dict[ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]]

_ENDINGS = {"AltLabel": "alternatives", "Label": "label", "Description": "description"}
_WANTED = {
    "rdfs:label": "label",
    f"<{terms.LABEL}>": "label",
    "skos:altLabel": "alternatives",
    f"<{terms.ALT_LABEL}>": "alternatives",
    "schema:description": "description",
    f"<{namespaces.SCHEMA}description>": "description",
}
_AUTO = "[AUTO_LANGUAGE]"
_NAMES = tuple(ox.NamedNode(iri) for iri in (terms.LABEL, terms.PREF_LABEL))
_DESCRIPTION = ox.NamedNode(namespaces.SCHEMA + "description")
_ALTERNATIVE = ox.NamedNode(terms.ALT_LABEL)
_DEFAULT = ox.DefaultGraph()


def bindings(
    pieces: Sequence[Token], found: Sequence[Group], inner: Group, outer: Group, language: str
) -> Iterator[str]:
    """A ``BIND`` for each name that the service ``inner``, in the group ``outer``, is to give."""
    service = pieces[inner.open + 1 : inner.close]
    languages = ",".join(_languages(service, language))
    manual = list(_manual(service))
    for function, of, into in manual or _automatic(pieces, found, inner, outer):
        yield f'BIND(<{FUNCTION}{function}>({of}, "{languages}") AS {into})'


def _languages(service: Sequence[Token], language: str) -> list[str]:
    given: list[str] = []
    told = False
    for token in service:
        if token.text in ("wikibase:language", f"<{namespaces.WIKIBASE}language>"):
            told = True
        elif token.text == ".":
            told = False
        elif told and token.kind == "string":
            given += [each.strip() for each in token.text.strip("\"'").split(",")]
    chosen = [language if each == _AUTO else each for each in given if each]
    return [each for each in chosen if all(sign.isalnum() or sign == "-" for sign in each)] or [language]


def _manual(service: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """The triples inside the service: what is wanted of which variable, into which."""
    of = ""
    for place, token in enumerate(service[:-1]):
        after = service[place + 1]
        if token.text in _WANTED and after.kind == "variable":
            if place and service[place - 1].kind == "variable":
                of = service[place - 1].text  # behind a semicolon it is still the one before
            if of:
                yield _WANTED[token.text], of, after.text


def _automatic(
    pieces: Sequence[Token], found: Sequence[Group], inner: Group, outer: Group
) -> Iterator[tuple[str, str, str]]:
    around = [each for each in found if each.select is not None and each.open <= outer.open < outer.close <= each.close]
    if not around:
        return
    select = max(around, key=lambda each: each.open)
    head = [pieces[place] for place in select.select or ()]
    stated = {
        pieces[place].bare
        for place in range(select.open, select.close)
        if pieces[place].kind == "variable" and not inner.holds(place)
    }
    made = {after.bare for before, after in pairwise(head) if before.text.upper() == "AS" and after.kind == "variable"}
    for name in dict.fromkeys(token.bare for token in head if token.kind == "variable"):
        if name in stated or name in made:
            continue
        ending = next((each for each in _ENDINGS if name.endswith(each)), None)
        of = name.removesuffix(ending) if ending else ""
        if ending and of in stated:
            yield _ENDINGS[ending], f"?{of}", f"?{name}"


def functions(store: ox.Store) -> Functions:
    """What the bindings call, on the names in a store; and the service's test for unknown values."""

    def texts(of: Term, properties: Sequence[ox.NamedNode]) -> Iterator[ox.Literal]:
        if isinstance(of, ox.NamedNode):
            for name in properties:
                for quad in store.quads_for_pattern(of, name, None, _DEFAULT):
                    if isinstance(quad.object, ox.Literal):
                        yield quad.object

    def chosen(of: Term, languages: Term, properties: Sequence[ox.NamedNode]) -> list[ox.Literal]:
        given = sorted(texts(of, properties), key=lambda each: each.value)
        for language in [*languages.value.split(","), "mul"]:  # type: ignore[union-attr]
            fitting = [each for each in given if (each.language or "") == language]
            if fitting:
                return list(dict.fromkeys(fitting))
        return []

    def label(of: Term, languages: Term) -> Term | None:
        if isinstance(of, ox.Literal):
            return ox.Literal(of.value)
        found = chosen(of, languages, _NAMES)
        if found:
            return found[0]
        return ox.Literal(terms.local(of.value)) if isinstance(of, ox.NamedNode) else None

    def description(of: Term, languages: Term) -> Term | None:
        return next(iter(chosen(of, languages, (_DESCRIPTION,))), None)

    def alternatives(of: Term, languages: Term) -> Term | None:
        found = chosen(of, languages, (_ALTERNATIVE,))
        return ox.Literal(", ".join(each.value for each in found)) if found else None

    def is_unknown(of: Term) -> Term:
        blank = isinstance(of, ox.BlankNode) or "/.well-known/genid/" in getattr(of, "value", "")
        return ox.Literal(blank)

    return {
        ox.NamedNode(FUNCTION + "label"): label,
        ox.NamedNode(FUNCTION + "description"): description,
        ox.NamedNode(FUNCTION + "alternatives"): alternatives,
        ox.NamedNode(namespaces.WIKIBASE + "isSomeValue"): is_unknown,
    }
