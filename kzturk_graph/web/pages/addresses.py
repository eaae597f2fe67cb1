"""Where on the site a thing is, and how a link keeps the filters that the reader has chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

from kzturk_graph import terms

SPACES: dict[str, str] = {
    "id": terms.ENTITY,
    "ontology": terms.ONTOLOGY,
    "concept": terms.CONCEPT,
    "document": terms.DOCUMENT,
    "passage": terms.PASSAGE,
    "assertion": terms.ASSERTION,
    "report": terms.REPORT,
}
"""The first part of a path, and the namespace that it stands for."""

KEPT = ("lang", "as-of", "undated", "source", "modality")
"""The parameters that a link takes along to the next page."""

_SENTENCE = re.compile(r"(.+)-s\d+$")


def split(iri: str) -> tuple[str, str] | None:
    """The space and the name of one of our IRIs; None for any other.

    >>> split("https://w3id.org/kzturk/passage/004-p17")
    ('passage', '004-p17')
    """
    for space, namespace in SPACES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return space, iri[len(namespace) :]
    return None


def is_sentence(iri: str) -> bool:
    """Whether an IRI is that of a sentence of a passage."""
    return iri.startswith(terms.PASSAGE) and _SENTENCE.match(iri) is not None


def page(iri: str) -> str | None:
    """The path of the page about a thing of ours; None for anything else. A sentence is found on its passage's."""
    parts = split(iri)
    if parts is None:
        return None
    space, name = parts
    sentence = _SENTENCE.match(name) if space == "passage" else None
    if sentence:
        return f"/page/passage/{quote(sentence[1])}"
    return f"/page/{quote(name)}" if space == "id" else f"/page/{space}/{quote(name)}"


def data(iri: str, form: str) -> str | None:
    """The path of the data about a thing of ours in a format, such as ``ttl``; None for anything else."""
    path = page(iri)
    return None if path is None else f"/data/{path.removeprefix('/page/')}.{form}"


def outside(text: str) -> str | None:
    """The text where it is an address that a link may lead to (http or https), else None."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    plain = not any(char.isspace() or char < " " for char in text)
    return text if parts.scheme in ("http", "https") and parts.netloc and plain else None


def with_query(path: str, parameters: Mapping[str, str | list[str] | None]) -> str:
    """A path with parameters behind it, before its fragment; those without value are left out."""
    head, mark, fragment = path.partition("#")
    given = {key: value for key, value in parameters.items() if value not in (None, "", [])}
    text = urlencode(given, doseq=True)
    return head + ("&" if text and "?" in head else "?" if text else "") + text + mark + fragment
