"""The next document: the skeleton of its data file, which a curator fills with what the document states.

It holds the curator's description of the document and a fingerprint of each passage, and no text of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from kzturk_graph import dates, resources, terms
from kzturk_graph.errors import AmbiguousName, UnknownName, UsageError
from kzturk_graph.graph import lookup
from kzturk_graph.graph.turtle.format import format_text
from kzturk_graph.graph.turtle.spelling import bracketed, quoted
from kzturk_graph.sources.declared import Passage, declared
from kzturk_graph.sources.passages import fingerprint, fold, sentences

PREFIXES = (
    *("a", "bibo", "c", "cur", "dcterms", "doc", "edtf", "foaf", "id", "kt", "n", "org", "p", "qb", "schema"),
    *("skos", "xsd"),
)
"""What the data files declare, so that a curator can use it at once."""

_SLUG = re.compile(r"[0-9]{3,}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)?")
_NOT_IN_URL = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


@dataclass(frozen=True)
class Description:
    """What the curator says of a document: its title, and the date of its statements with the reason for it.

    ``date`` is in EDTF, ``language`` a tag such as ``en`` (of the title, too), ``publisher`` any name of a
    body.

    Raises UsageError where the title is empty, the date no EDTF, the address no web address, the language no
    tag.
    """

    title: str
    date: str
    language: str
    because: str | None = None
    url: str | None = None
    publisher: str | None = None

    def __post_init__(self) -> None:
        if not fold(self.title):
            raise UsageError("the title is empty", "say what the document is called, or describe it in a few words")
        dates.parse(self.date)
        if not _LANGUAGE.fullmatch(self.language):
            raise UsageError(f"{self.language!r} is no language tag", "write en, tr, kk or ru")
        if self.url is not None and not _is_web_address(self.url):
            raise UsageError(f"{self.url!r} is no web address", "write it whole, as in https://example.org/page")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not _NOT_IN_URL.search(text)


def taken_slugs(store: ox.Store) -> set[str]:
    """The numbers that documents have, and those that a data file is named for."""
    files = {path.stem for path in resources.data_files() if _SLUG.fullmatch(path.stem)}
    return files | {passage.document for passage in declared(store)}


def new_slug(store: ox.Store, wanted: str | None = None) -> str:
    """The number of the next document: ``wanted``, else the one after the highest.

    Raises UsageError where ``wanted`` is no number of three digits or more, or is taken.
    """
    taken = taken_slugs(store)
    following = f"{max((int(slug) for slug in taken if slug.isdecimal()), default=-1) + 1:03}"
    if wanted is None:
        return following
    if not _SLUG.fullmatch(wanted):
        raise UsageError(f"{wanted!r} can't number a document", f"write three digits or more, such as {following}")
    if wanted in taken or lookup.exists(store, ox.NamedNode(terms.DOCUMENT + wanted)):
        raise UsageError(f"there is a document {wanted} already", f"the next free number is {following}")
    return wanted


def publisher(store: ox.Store, name: str) -> ox.NamedNode | None:
    """The body of that name; None where nothing bears it.

    Raises AmbiguousName where several do, UsageError where what bears it is no body.
    """
    try:
        return lookup.find(store, name, of="Organization")
    except AmbiguousName:
        raise
    except UnknownName:
        return None


def kin(store: ox.Store, texts: Iterable[str]) -> list[tuple[str, int]]:
    """The declared documents that share half of the passages or more, with how many; the nearest first."""
    known: dict[str, set[str]] = {}
    for passage in declared(store):
        known.setdefault(passage.sha256, set()).add(passage.document)
    prints = {fingerprint(text) for text in texts}
    shared = Counter(document for each in prints for document in known.get(each, ()))
    return [(document, count) for document, count in shared.most_common() if 2 * count >= len(prints)]


def skeleton(slug: str, texts: Sequence[str], description: Description, body: ox.NamedNode | None = None) -> str:
    """The data file of a new document as TriG, formatted: description, date, fingerprints of its passages.

    ``texts`` are its passages in order; nothing of them is kept but number, count of sentences and
    fingerprint. ``body`` is the publisher where it is known; where it isn't, its name becomes a note.
    """
    lines = [
        *(f"# {line}".rstrip() for line in _guide(slug, description)),
        "",
        *(f"@prefix {prefix}: <{terms.PREFIXES[prefix]}> ." for prefix in PREFIXES),
        "",
        *_date(slug, description),
        *_document(slug, description, body),
    ]
    for number, text in enumerate(texts, 1):
        lines += _passage(Passage("", slug, number, fingerprint(text), len(sentences(text)), frozenset(), {}, ()))
    return format_text("\n".join(lines) + "\n", path=f"{slug}.trig", trig=True)


def _guide(slug: str, description: Description) -> Iterator[str]:
    yield f"{slug}: {fold(description.title)}"
    yield ""
    yield "To fill, as docs/curating.md shows: what each passage states, in assertions named for it"
    yield f"(a:{slug}-p1), with kt:modality, kt:passage and kt:sentence; kt:noClaim where it states nothing."
    if description.because is None:
        yield f"doc:{slug} lacks kt:because: where the statement date is known from."


def _date(slug: str, description: Description) -> Iterator[str]:
    yield f"a:curator-date-{slug} kt:modality c:fact ; kt:voice id:curator ."
    yield f"a:curator-date-{slug} {{"
    yield f"  doc:{slug} kt:statementDate {quoted(description.date.strip())}^^edtf:EDTF ."
    if description.because is not None:
        yield f"  doc:{slug} kt:because {quoted(fold(description.because))}@en ."
    yield "}"


def _document(slug: str, description: Description, body: ox.NamedNode | None) -> Iterator[str]:
    name = f"a:curator-document-{slug}"
    yield f"{name} kt:modality c:fact ; kt:voice id:curator ."
    if description.publisher is not None and body is None:
        note = f"Published by {fold(description.publisher)}, which the register doesn't name."
        yield f"{name} kt:note {quoted(note)}@en ."
    yield f"{name} {{"
    yield f"  doc:{slug} a bibo:Document ; dcterms:language {quoted(description.language)} ."
    yield f"  doc:{slug} dcterms:title {quoted(fold(description.title))}@{description.language} ."
    if description.url is not None:
        yield f"  doc:{slug} schema:url {quoted(description.url)}^^xsd:anyURI ."
    if body is not None:
        yield f"  doc:{slug} dcterms:publisher {bracketed(body.value)} ."
    yield "}"


def _passage(passage: Passage) -> Iterator[str]:
    yield f"p:{passage.document}-p{passage.number} a kt:Passage ;"
    yield f"  kt:document doc:{passage.document} ; kt:number {passage.number} ;"
    yield f'  kt:sentences {passage.sentences} ; kt:sha256 "{passage.sha256}" .'
