"""Terms as JSON-LD spells them under a context: the shortest form that expands to the same term.

Terms come in as N-Triples spells them (https://www.w3.org/TR/n-triples/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from kzturk_graph import terms

STRING, INTEGER = terms.XSD + "string", terms.XSD + "integer"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # JSON numbers are exact up to 2**53
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_TEXT = re.compile(r'".*"(?:@[a-z]+(?:-[a-z0-9]+)*)?', re.DOTALL)
_LITERAL = re.compile(r'(".*")(?:@([A-Za-z0-9-]+?)(?:--(ltr|rtl))?|\^\^<([^"]*)>)?', re.DOTALL)
_LONG_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\U([0-9A-Fa-f]{8})")


class Compaction:
    """Shortens the terms of one document and remembers which keys of the context that took.

    ``document`` are all terms in it: a prefix that is also the scheme of one of its IRIs can't be used, since
    ``geo:41.0,29.0`` would be taken for a name with the prefix ``geo``.
    """

    def __init__(self, context: Mapping[str, Any], document: Iterable[str]) -> None:
        self._context = context
        self._kinds = {value["@id"]: (key, value) for key, value in context.items() if isinstance(value, dict)}
        schemes = {scheme for term in document if (scheme := _scheme(term))}
        words = {key: value for key, value in context.items() if isinstance(value, str) and key[0] != "@"}
        self._prefixes = {iri: prefix for prefix, iri in words.items() if prefix not in schemes}
        self._known: dict[str, str] = {}
        self._used: set[str] = set()

    def used(self) -> dict[str, Any]:
        """The part of the context that this document needs."""
        return {key: value for key, value in self._context.items() if key[0] == "@" or key in self._used}

    def name(self, term: str) -> str:
        """An IRI or blank node."""
        return self.iri(term[1:-1]) if term[0] == "<" else term

    def iri(self, iri: str) -> str:
        """An IRI, without its brackets, as a compact one where a prefix fits, else itself."""
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._compact(iri)
        return known

    def _compact(self, iri: str) -> str:
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:end])
        if prefix is None or end == len(iri):
            return iri
        self._used.add(prefix)
        return f"{prefix}:{iri[end:]}"

    def type(self, term: str) -> str:
        """A class: a bare word where it is ours."""
        return self._bare(term[1:-1]) or self.name(term)

    def key(self, iri: str) -> tuple[str, Mapping[str, str]]:
        """The key of a property, and what the context says of its values."""
        key, kind = self._kinds.get(iri, ("", {}))
        prefix, colon, _ = key.partition(":")
        if key and (not colon or prefix in self._prefixes.values()):
            self._used |= {key, prefix}
            return key, kind
        return self._bare(iri) or self.iri(iri), {}

    def _bare(self, iri: str) -> str | None:
        word = iri.removeprefix(terms.ONTOLOGY)
        return word if word != iri and word not in self._context and _WORD.fullmatch(word) else None

    def is_text(self, term: str) -> bool:
        """Whether the term can stand in a language map: a string, without or with an ordinary language."""
        return _TEXT.fullmatch(term) is not None

    def lexical(self, literal: str) -> str:
        """The text of a literal without datatype, unescaped."""
        return _unescaped(literal[: literal.rindex('"') + 1])

    def value(self, term: str, kind: Mapping[str, str]) -> Any:
        """A value under a key of that kind: a bare string or number where the kind says the rest."""
        coerced = kind.get("@type")
        literal = _LITERAL.fullmatch(term)
        if literal is None:
            return self.name(term) if coerced == "@id" else {"@id": self.name(term)}
        text, language, direction = _unescaped(literal[1]), literal[2], literal[3]
        if language:
            found = {"@language": language, "@value": text}
            return {"@direction": direction, **found} if direction else found
        datatype = literal[4] or STRING
        if datatype == INTEGER and coerced in (None, INTEGER) and _INTEGER.fullmatch(text):
            return int(text)
        if datatype == (coerced or STRING):
            return text
        return {"@value": text} if datatype == STRING else {"@type": self.iri(datatype), "@value": text}


def _scheme(term: str) -> str | None:
    """The scheme of an IRI or of a literal's datatype."""
    start = 0 if term[0] == "<" else term.rfind('"^^<') + 3 if term[-1] == ">" else -1
    return term[start + 1 : term.index(":", start)] if start >= 0 else None


def _unescaped(quoted: str) -> str:
    if "\\" not in quoted:
        return quoted[1:-1]
    # JSON has N-Triples' escapes but the long one
    short = _LONG_ESCAPE.sub(lambda found: found[1] + chr(int(found[2], 16)), quoted)
    text: str = json.loads(short, strict=False)
    return text
