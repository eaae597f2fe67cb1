"""The documents cited for an answer, and the works that they lean on, as BibTeX and CSL-JSON.

https://www.bibtex.com/format/, https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.citations.choose import natural
from kzturk_graph.citations.model import Citations
from kzturk_graph.citations.sources import document_of, statement_dates
from kzturk_graph.graph import lookup
from kzturk_graph.graph.selection import CURATOR

_DC = terms.PREFIXES["dcterms"]
_TYPES = {
    "news-article": ("article", "article-newspaper"),
    "press-release": ("misc", "webpage"),
    "web-page": ("online", "webpage"),
    "encyclopedia-article": ("incollection", "entry-encyclopedia"),
    "analysis": ("techreport", "report"),
    "report": ("techreport", "report"),
}
"""Kind of document → the entry's type in BibTeX, and in CSL."""
_PUBLISHER = {"techreport": "institution", "article": "journal"}
"""What BibTeX calls the publisher of an entry of this type, where it isn't ``publisher``."""
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Work:
    """A document or a work that one cites: what a bibliography says of it; each is None or empty where nothing is
    known.

    ``issued`` is the date that it bears, ``bounds`` the days between which it was written where it bears none.
    """

    slug: str
    title: str
    kind: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    issued: dates.Edtf | None = None
    bounds: dates.Edtf | None = None
    url: str | None = None
    retrieved: dates.Edtf | None = None
    language: str | None = None
    cited_by: tuple[str, ...] = ()


def works(citations: Citations, store: ox.Store, language: str = "en") -> list[Work]:
    """The documents cited, then the works that the cited assertions lean on by a footnote; each by its slug in
    order."""
    documents = {terms.DOCUMENT + document_of(name) for name in citations.assertions if document_of(name) != CURATOR}
    leaned: dict[str, set[str]] = {}
    for name in citations.assertions:
        for work in _leans_on(store, name):
            leaned.setdefault(work, set()).add(document_of(name))
    bounds = statement_dates(store).documents
    order = sorted(documents, key=natural) + sorted(set(leaned) - documents, key=natural)
    return [_work(store, iri, language, bounds.get(iri), leaned.get(iri, ())) for iri in order]


def bibtex(found: Iterable[Work]) -> str:
    """The works as BibTeX in UTF-8, one entry each; empty for none."""
    return "\n".join(_entry(work) for work in found)


def csl(found: Iterable[Work]) -> str:
    """The works as a CSL-JSON array."""
    return json.dumps([_item(work) for work in found], indent=2, ensure_ascii=False) + "\n"


WRITERS = {"bibtex": bibtex, "csl": csl}


def _leans_on(store: ox.Store, assertion: str) -> Iterable[str]:
    """The works that an assertion cites: by a footnote that refers to one, or at once."""
    default = ox.DefaultGraph()
    for quad in store.quads_for_pattern(ox.NamedNode(assertion), ox.NamedNode(terms.kt("cites")), None, default):
        if not isinstance(quad.object, ox.NamedNode):
            continue
        if quad.object.value.startswith(terms.DOCUMENT):
            yield quad.object.value
        for refers in store.quads_for_pattern(quad.object, ox.NamedNode(terms.kt("refersTo")), None):
            if isinstance(refers.object, ox.NamedNode):
                yield refers.object.value


def _work(store: ox.Store, iri: str, language: str, bounds: dates.Edtf | None, cited_by: Iterable[str]) -> Work:
    node = ox.NamedNode(iri)

    def values(name: str) -> list[ox.NamedNode | ox.Literal]:
        quads = store.quads_for_pattern(node, ox.NamedNode(name), None)
        return sorted({quad.object for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)}, key=str)

    def named(name: str) -> list[str]:
        found = values(name)
        return [lookup.label(store, each, language) if isinstance(each, ox.NamedNode) else each.value for each in found]

    def first(name: str) -> str | None:
        return next((each.value for each in values(name)), None)

    issued, retrieved = first(_DC + "issued"), first(terms.kt("retrievedOn"))
    return Work(
        terms.local(iri),
        first(_DC + "title") or lookup.label(store, node, language),
        next((terms.local(each.value) for each in values(terms.kt("kind"))), ""),
        tuple(named(_DC + "creator")),
        ", ".join(named(_DC + "publisher")) or None,
        dates.parse(issued) if issued else _day(bounds),
        None if issued or _day(bounds) else bounds,
        first(terms.PREFIXES["schema"] + "url"),
        dates.parse(retrieved) if retrieved else None,
        first(_DC + "language"),
        tuple(sorted(cited_by)),
    )


def _day(bounds: dates.Edtf | None) -> dates.Edtf | None:
    """The date itself where the bounds are those of one day."""
    return bounds if bounds and bounds.earliest and bounds.earliest == bounds.latest else None


def _entry(work: Work) -> str:
    year, month, day = _parts(work.issued)
    fields = {
        "title": f"{{{_escaped(work.title)}}}",
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in work.authors),
        _PUBLISHER.get(_kind(work)[0], "publisher"): _escaped(work.publisher or ""),
        "year": f"{year}" if year else "",
        "date": work.issued.text if work.issued and year and (month or day) else "",
        "url": (work.url or "").replace("%", r"\%"),
        "urldate": work.retrieved.text if work.retrieved else "",
        "language": work.language or "",
        "note": _escaped(_note(work)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_kind(work)[0]}{{kzturk-{_key(work.slug)},", *lines, "}"]) + "\n"


def _item(work: Work) -> dict[str, Any]:
    issued = _csl_date(work.issued)
    fields: dict[str, Any] = {
        "id": f"kzturk-{_key(work.slug)}",
        "type": _kind(work)[1],
        "title": work.title,
        "author": [{"literal": name} for name in work.authors],
        "publisher": work.publisher,
        "issued": issued,
        "URL": work.url,
        "accessed": _csl_date(work.retrieved),
        "language": work.language,
        "note": _note(work),
    }
    return {name: value for name, value in fields.items() if value}


def _kind(work: Work) -> tuple[str, str]:
    return _TYPES.get(work.kind, ("misc", "document"))


def _note(work: Work) -> str:
    """What the fields can't say: that it bears no date and what bounds it, and which document cites it."""
    found = []
    if work.bounds is not None:
        found.append(f"undated; written {_between(work.bounds)}")
    if work.cited_by:
        found.append(f"cited by {', '.join(work.cited_by)}")
    return "; ".join(found)


def _between(bounds: dates.Edtf) -> str:
    first, last = bounds.earliest, bounds.latest
    if first and last:
        return f"between {first} and {last}"
    return f"not before {first}" if first else f"not after {last}" if last else "at an unknown time"


def _parts(date: dates.Edtf | None) -> tuple[int | None, int | None, int | None]:
    """Year, month and day, as far as the date is certain of them."""
    if date is None or not date.earliest or not date.latest:
        return None, None, None
    first, last = date.earliest, date.latest
    year = first.year if first.year == last.year else None
    month = first.month if year and first.month == last.month else None
    return year, month, first.day if month and first == last else None


def _csl_date(date: dates.Edtf | None) -> dict[str, Any] | None:
    """A date with as many parts as are certain; a span of several years as two; None for none."""
    if date is None:
        return None
    parts = [part for part in _parts(date) if part is not None]
    if parts:
        return {"date-parts": [parts]}
    if date.earliest and date.latest:
        return {"date-parts": [_whole(date.earliest), _whole(date.latest)]}
    return {"literal": date.text}


def _whole(day: datetime.date) -> list[int]:
    return [day.year, day.month, day.day]


def _key(slug: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", slug)


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(char, f"\\{char}" if char in "&%$#_{}" else char) for char in text)
