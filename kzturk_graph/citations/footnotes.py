"""Citations for people: numbered footnotes, and the text of a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.citations.model import Citations, RowCitation
from kzturk_graph.citations.sources import document_of, statement_dates
from kzturk_graph.graph import lookup
from kzturk_graph.graph.selection import CURATOR
from kzturk_graph.graph.statements import StatementDates

_ABSENT = {"nothing": "rests on absence"}
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True)
class Footnote:
    """One assertion (or passage) that is cited: its number, document and date, passage, modality, voice and note.

    ``date`` is an EDTF text: when it was said where ``said`` is true, else when its document was written; None where
    nothing bounds it. ``voice`` is a label, None where the document speaks for itself. ``modality`` is a slug.
    """

    number: int
    assertion: str
    document: str
    title: str
    date: str | None
    said: bool
    passage: str
    modality: str
    voice: str | None
    note: str | None
    status: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As a line of prose, without its number."""
        parts = [self.title] if self.document == CURATOR else [f"{self.title}, {self.passage}"]
        if self.date:
            parts.append(f"said {self.date}" if self.said else self.date)
        if self.voice and self.document != CURATOR:
            parts.append(f"voice: {self.voice}")
        if self.modality and self.modality != "fact":
            parts.append(self.modality.replace("-", " "))
        parts += self.status
        line = "; ".join(parts)
        return f"{line}. {self.note}" if self.note else line


@dataclass(frozen=True)
class Footnotes:
    """The footnotes of an answer in the order of their first use, and for each row its mark and its remarks.

    A mark is such as ``1; 2+3`` (two witnesses, the second by two assertions) or ``1+4`` (a combination); remarks say
    what the mark can't: that the row combines sources, rests on absence, or is untraced.
    """

    notes: tuple[Footnote, ...]
    marks: tuple[str, ...]
    remarks: tuple[tuple[str, ...], ...]

    def lines(self) -> list[str]:
        """The footnotes as ``[1] …``, and after them each remark once with the rows (from 1) that it is about."""
        found = [f"[{note.number}] {note.text}" for note in self.notes]
        rows: dict[str, list[int]] = defaultdict(list)
        for number, remarks in enumerate(self.remarks, 1):
            for remark in remarks:
                rows[remark].append(number)
        for remark, numbers in rows.items():
            where = "every row" if len(numbers) == len(self.remarks) > 1 else f"row {spans(numbers)}"
            found.append(f"{where}: {remark}")
        return found


def footnotes(citations: Citations, store: ox.Store, language: str = "en") -> Footnotes:
    """Number what is cited, in the order of the rows, and describe it with labels in the language."""
    describe = Describer(store, language)
    names = citations.assertions
    numbers = {name: number for number, name in enumerate(names, 1)}
    notes = tuple(describe.footnote(name, number) for name, number in numbers.items())
    marks = tuple(_joined(row, {name: str(number) for name, number in numbers.items()}, "+") for row in citations)
    return Footnotes(notes, marks, tuple(_remarks(row, numbers) for row in citations))


def cell(row: RowCitation) -> str:
    """A row's citation as one cell of CSV or TSV: ``004 P17; 002 P8``, ``004 P17 + 002 P8`` where both are needed.

    What rests on nothing but absence is ``(absence)``; what is untraced says so after a colon.
    """
    names = {name: label(name) for name in row.assertions}
    text = _joined(row, names, " + ")
    if not text and row.absence:
        text = "(absence)"
    if not text and row.notes:
        text = f"({row.notes[0]})"
    if row.untraced:
        text = f"{text}; untraced: {row.untraced}" if text else f"untraced: {row.untraced}"
    return text


def label(name: str) -> str:
    """``004 P17`` for a passage and each of its assertions; a curator's by what it is about: ``curator date-004``."""
    if document_of(name) == CURATOR:
        return terms.local(name).replace("-", " ", 1)
    return lookup.passage_label(name).split("-", 1)[0]


def _joined(row: RowCitation, names: dict[str, str], plus: str) -> str:
    if row.every:
        return "; ".join(dict.fromkeys(names[name] for name in row.every))
    sets: Sequence[Sequence[str]] = [witness.assertions for witness in row.witnesses] or [row.combination]
    return "; ".join(plus.join(dict.fromkeys(names[name] for name in each)) for each in sets)


def _remarks(row: RowCitation, numbers: dict[str, int]) -> tuple[str, ...]:
    found = []
    if row.combined:
        found.append("combines sources: no single document states it all")
    found += [f"{_ABSENT.get(each.kind, 'not stated')}: {each.words}" for each in row.absence]
    if row.excluded:
        found.append("kept out of it by " + ", ".join(f"[{numbers[name]}]" for name in row.excluded))
    found += row.notes if not row.assertions else ()
    if row.untraced:
        found.append(f"untraced: {row.untraced}")
    return tuple(found)


def spans(numbers: list[int]) -> str:
    """``1–3, 5`` for 1, 2, 3, 5."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return ", ".join("–".join(map(str, span)) for span in spans)


class Describer:
    """Reads from a store what there is to say of an assertion, in one language."""

    def __init__(self, store: ox.Store, language: str) -> None:
        self.store, self.language = store, language
        self.dates: StatementDates = statement_dates(store)
        self.labels: dict[str, str] = {}

    def named(self, iri: str) -> str:
        """A thing's label."""
        if iri not in self.labels:
            self.labels[iri] = lookup.label(self.store, ox.NamedNode(iri), self.language)
        return self.labels[iri]

    def footnote(self, name: str, number: int) -> Footnote:
        """The footnote of an assertion or passage."""
        said: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(ox.NamedNode(name), None, None, _DEFAULT):
            said[terms.local(quad.predicate.value)].append(quad.object.value)  # type: ignore[union-attr]
        slug = document_of(name)
        written = self.dates.documents.get(terms.DOCUMENT + slug)
        stated = min(said["statedOn"], default=None)
        voices = sorted(each for each in said["voice"] if not each.startswith(terms.DOCUMENT))
        return Footnote(
            number,
            name,
            slug,
            self._title(name, slug),
            stated or (written.text if written else None),
            stated is not None,
            label(name),
            terms.local(said["modality"][0]) if said["modality"] else "",
            ", ".join(self.named(each) for each in voices) or None,
            min(said["note"], default=None),
            tuple(sorted(terms.local(each) for each in said["status"])),
        )

    def _title(self, name: str, slug: str) -> str:
        if slug == CURATOR:
            return f"the curator ({terms.local(name).partition('-')[2]})"
        return self.named(terms.DOCUMENT + slug)
