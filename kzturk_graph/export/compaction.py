"""Terms as JSON-LD spells them under a context: the shortest form that expands to the same term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from kzturk_graph import terms

STRING, INTEGER = terms.XSD + "string", terms.XSD + "integer"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # JSON numbers are exact up to 2**53
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_TAG = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")


class Compaction:
    """Shortens the terms of one document and remembers which keys of the context that took.

    ``iris`` are all IRIs of the document: a prefix that is also the scheme of one of them can't be used,
    since ``geo:41.0,29.0`` would be taken for a term of the prefix ``geo``.
    """

    def __init__(self, context: Mapping[str, Any], iris: Iterable[str]) -> None:
        self._context = context
        schemes = {iri.partition(":")[0] for iri in iris}
        self._kinds = {
            value["@id"]: (key, value) for key, value in context.items() if isinstance(value, dict)
        }
        self._prefixes = {
            v: k for k, v in context.items() if isinstance(v, str) and k[0] != "@" and k not in schemes
        }
        self._known: dict[str, str] = {}
        self._used: set[str] = set()

    def used(self) -> dict[str, Any]:
        """The part of the context that this document needs."""
        return {key: value for key, value in self._context.items() if key[0] == "@" or key in self._used}

    def name(self, text: str) -> str:
        """A subject that N-Triples spells."""
        return self.iri(text[1:-1]) if text[0] == "<" else text

    def iri(self, iri: str) -> str:
        """An IRI as a compact one where a prefix fits, else itself."""
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

    def type(self, value: Any) -> str:
        """A class: a bare word where it is ours."""
        if isinstance(value, ox.BlankNode):
            return str(value)
        return self._bare(value.value) or self.iri(value.value)

    def key(self, iri: str) -> tuple[str, Mapping[str, str]]:
        """The key of a property, and what the context says of its values."""
        if iri in self._kinds:
            key, kind = self._kinds[iri]
            prefix = key.partition(":")[0]
            if ":" not in key or prefix in self._prefixes.values():
                self._used |= {key, prefix} if ":" in key else {key}
                return key, kind
        return self._bare(iri) or self.iri(iri), {}

    def _bare(self, iri: str) -> str | None:
        word = iri.removeprefix(terms.ONTOLOGY)
        return word if word != iri and word not in self._context and _WORD.fullmatch(word) else None

    def is_text(self, value: Any) -> bool:
        """Whether the value can stand in a language map: a string, without or with an ordinary language."""
        if not isinstance(value, ox.Literal) or value.direction is not None:
            return False
        return value.datatype.value == STRING or bool(value.language and _TAG.fullmatch(value.language))

    def value(self, value: Any, kind: Mapping[str, str]) -> Any:
        """A value under a key of that kind: a bare string or number where the kind says the rest."""
        coerced = kind.get("@type")
        if not isinstance(value, ox.Literal):
            name = self.name(str(value))
            return name if coerced == "@id" else {"@id": name}
        if value.language:
            found = {"@language": value.language, "@value": value.value}
            return found if value.direction is None else {"@direction": str(value.direction), **found}
        datatype = value.datatype.value
        if datatype == INTEGER and coerced in (None, INTEGER) and _INTEGER.fullmatch(value.value):
            return int(value.value)
        if datatype == (coerced or STRING):
            return value.value
        return (
            {"@value": value.value}
            if datatype == STRING
            else {"@type": self.iri(datatype), "@value": value.value}
        )
