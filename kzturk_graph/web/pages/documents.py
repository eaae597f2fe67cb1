"""Pages of documents, their passages and assertions. The documents' texts aren't held: only what was read from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox
from markupsafe import Markup

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.graph.selection import CURATOR
from kzturk_graph.web.pages import addresses, disputes
from kzturk_graph.web.pages.notes import Notes
from kzturk_graph.web.pages.page import NotThereError, Page, Written
from kzturk_graph.web.pages.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzturk_graph.conflicts.model import Conflict
    from kzturk_graph.graph.assertions import Assertion
    from kzturk_graph.sources.declared import Passage

_BESIDE = {terms.kt(name) for name in ("modality", "passage", "voice", "note", "status")}
_WRITTEN_AS = terms.kt("writtenAs")


@dataclass
class Stated:
    """An assertion as a page shows it: how it is held, by whom, what is said of it, and its triples in words."""

    iri: str
    name: str
    link: Markup
    modality: str
    voices: list[Markup]
    note: str | None
    status: list[str]
    beside: list[tuple[str, list[Markup]]]
    triples: list[tuple[Markup, str, list[Markup]]]
    forms: list[tuple[Markup, str, str]]


@dataclass
class Part:
    """A passage with its assertions; ``left_out`` are numbers of sentences and why nothing was read from them."""

    iri: str
    label: str
    address: str
    sentences: int
    read: list[int]
    left_out: list[tuple[str, str]]
    forgotten: list[int]
    stated: list[Stated] = field(default_factory=list)


def stated(page: Page, assertion: Assertion) -> Stated:
    """An assertion for a page; values of one thing and property stand together."""
    write = page.writer
    grouped: dict[tuple[str, str], list[Markup]] = {}
    forms: list[tuple[Markup, str, str]] = []
    for triple in sorted(assertion.triples, key=str):
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        if predicate == _WRITTEN_AS and isinstance(value, ox.Literal):
            forms.append((write.link(subject.value), value.value, value.language or ""))
        else:
            grouped.setdefault((subject.value, predicate), []).append(write.term(value))
    beside = [
        (page.label(name), [write.term(each) for each in values])
        for name, values in assertion.metadata.items()
        if name not in _BESIDE
    ]
    voices = sorted(each for each in assertion.values("voice") if not each.startswith(terms.DOCUMENT))
    return Stated(
        assertion.iri.value,
        terms.local(assertion.iri.value),
        write.link(assertion.iri.value, terms.local(assertion.iri.value)),
        assertion.modality,
        [write.link(each) for each in voices],
        min(assertion.values("note"), default=None),
        [terms.local(each) for each in assertion.values("status")],
        beside,
        [(write.link(thing), page.property(name), values) for (thing, name), values in grouped.items()],
        forms,
    )


def part(page: Page, passage: Passage) -> Part:
    """A passage with everything read from it that the filters let through."""
    every = page.desk.site.corpus.assertions
    named = [terms.ASSERTION + each for each in passage.assertions]
    reasons: dict[str, list[int]] = {}
    for number, reason in passage.left_out.items():
        reasons.setdefault(reason, []).append(number)
    return Part(
        passage.iri,
        lookup.passage_label(passage.iri),
        page.url(addresses.page(passage.iri) or ""),
        passage.sentences,
        sorted(passage.read),
        [(", ".join(map(str, numbers)), page.label(terms.CONCEPT + reason)) for reason, numbers in reasons.items()],
        passage.forgotten,
        [stated(page, every[name]) for name in named if name in every and page.admits(name)],
    )


def _sheet(page: Page, iri: str, conflicts: Iterable[Conflict] = ()) -> tuple[Sheet, str]:
    from kzturk_graph.facts import profile

    found = profile(page.desk.site.store, ox.NamedNode(iri), page.language, page.index.reader(page.language))
    return Sheet(page, iri, found.facts, conflicts), found.label


def every(page: Page) -> Written:
    """The documents that were read, with how much of each, and the works that they cite."""
    by: dict[str, list[Passage]] = {iri: [] for iri in page.index.documents}
    for each in page.index.passages.values():
        by[terms.DOCUMENT + each.document].append(each)
    cited = [terms.DOCUMENT + name for name in page.index.slugs[terms.DOCUMENT] if terms.DOCUMENT + name not in by]
    dated = page.index.statement_dates.documents
    return page.html(
        "documents.html",
        read=[(iri, coverage(own), dated.get(iri)) for iri, own in by.items()],
        cited=[(iri, page.index.first(iri, terms.PREFIXES["dcterms"] + "issued")) for iri in cited],
    )


def document(page: Page, iri: str) -> Written:
    """A document: what is known of it, how much of it was read, and every passage with its assertions."""
    from kzturk_graph.web.pages.things import downloads

    own = [each for each in page.index.passages.values() if terms.DOCUMENT + each.document == iri]
    sheet, label = _sheet(page, iri, page.index.conflicts_about(iri) if own else ())
    return page.html(
        "document.html",
        iri=iri,
        label=label,
        sheet=sheet,
        parts=[part(page, each) for each in own],
        coverage=coverage(own),
        conflicts=sheet.conflicts,
        downloads_list=downloads(page, iri),
        notes=sheet.notes.footnotes(),
    )


@dataclass(frozen=True)
class Coverage:
    """How much of a document was read, in passages and sentences."""

    passages: int
    sentences: int
    read: int
    left_out: int
    forgotten: int
    assertions: int


def coverage(own: list[Passage]) -> Coverage:
    """How much of some passages was read."""
    return Coverage(
        len(own),
        sum(each.sentences for each in own),
        sum(len(each.read) for each in own),
        sum(len(set(each.left_out) - each.read) for each in own),
        sum(len(each.forgotten) for each in own),
        sum(len(each.assertions) for each in own),
    )


def passage(page: Page, iri: str) -> Written:
    """A passage: its place in the document, and its assertions."""
    from kzturk_graph.web.pages.things import downloads

    found = page.index.passages.get(iri)
    sheet, label = _sheet(page, iri)
    neighbours = list(page.index.passages)
    place = neighbours.index(iri) if found else -1
    around = [neighbours[at] for at in (place - 1, place + 1) if found and 0 <= at < len(neighbours)]
    within = [each for each in around if found and page.index.passages[each].document == found.document]
    return page.html(
        "passage.html",
        iri=iri,
        label=label,
        passage=found,
        part=part(page, found) if found else None,
        document=terms.DOCUMENT + terms.local(iri).split("-", 1)[0],
        before=next((each for each in within if each in neighbours[:place]), None),
        after=next((each for each in within if each in neighbours[place + 1 :]), None),
        sheet=sheet,
        downloads_list=downloads(page, iri),
    )


def assertion(page: Page, iri: str) -> Written:
    """An assertion: what is said of it, and its triples."""
    from kzturk_graph.web.pages.things import downloads

    found = page.desk.site.corpus.assertions.get(iri)
    if found is None:
        raise NotThereError(terms.local(iri))
    notes = Notes(page)
    conflicts = disputes.cases(page, page.index.conflicts_about(iri), notes)
    return page.html(
        "assertion.html",
        iri=iri,
        stated=stated(page, found),
        passages=[page.writer.link(each) for each in found.values("passage")],
        document=None if found.source == CURATOR else terms.DOCUMENT + found.source,
        date=page.index.statement_dates.stated(found),
        conflicts=conflicts,
        notes=notes.footnotes(),
        downloads_list=downloads(page, iri),
    )
