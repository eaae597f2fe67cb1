"""The home page, and finding things by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kzturk_graph import terms
from kzturk_graph.names import fold
from kzturk_graph.search import Hit, all_names
from kzturk_graph.search import search as find
from kzturk_graph.web.pages import addresses
from kzturk_graph.web.pages.page import Page, Written

if TYPE_CHECKING:
    from kzturk_graph.search import Name

AT_ONCE = 100
OFFERED = 20
"""How many names are offered to what completes them while somebody types."""
_SPACES = {terms.ENTITY: 0, terms.DOCUMENT: 1, terms.CONCEPT: 2, terms.ONTOLOGY: 3}


def home(page: Page) -> Written:
    """The first page: what this is, a search box, and ways in."""
    from kzturk_graph.web.pages.browse import listed

    index = page.index
    classes = [(iri, len(things)) for iri, things in index.members.items() if listed(iri, things)]
    classes.sort(key=lambda each: (-each[1], each[0]))
    return page.html(
        "home.html",
        classes=classes[:18],
        documents=[(iri, index.statement_dates.documents.get(iri)) for iri in index.documents],
        passages=len(index.passages),
        assertions=len(page.desk.site.corpus.assertions),
        conflicts=len(index.conflicts),
        questions=_questions(page),
    )


def _questions(page: Page) -> list[tuple[str, str]]:
    from kzturk_graph.queries.catalogue import names

    chosen = ("trade-by-year", "council-sessions", "relations-timeline", "treaties", "missions", "office-holders")
    return [(page.url(f"/queries/{each}"), page.title(each)) for each in chosen if each in names()]


def _names(page: Page) -> list[Name]:
    return page.index.once("names", lambda: all_names(page.desk.site.store))


def hits(page: Page, text: str) -> list[Hit]:
    """What bears the text in a name: things before documents, concepts and terms."""
    found = find(page.desk.site.store, text, language=page.language, known=_names(page))

    def space(hit: Hit) -> int:
        return next((place for head, place in _SPACES.items() if hit.iri.startswith(head)), 4)

    ranked = [hit for hit in found if addresses.page(hit.iri)]
    whole = fold(text)
    return sorted(ranked, key=lambda hit: (space(hit) if fold(hit.name) != whole else -1, space(hit)))


def search(page: Page) -> Written:
    """The things with a text in one of their names."""
    text = page.query.get("q", "").strip()[:200]
    found = hits(page, text) if text else []
    rows = [
        {
            "link": page.writer.link(hit.iri),
            "matched": hit.name if fold(hit.name) != fold(hit.label) else "",
            "kinds": ", ".join(page.label(kind) for kind in page.index.kinds(hit.iri)),
            "planned": bool(hit.modalities) and "fact" not in hit.modalities,
            "modes": hit.modalities,
        }
        for hit in found[:AT_ONCE]
    ]
    return page.html(
        "search.html", text=text, rows=rows, total=len(found), near=_near(page, text) if text and not found else []
    )


def _near(page: Page, text: str) -> list[str]:
    import difflib

    keys = {name.key: name.text for name in _names(page)}
    return [keys[key] for key in difflib.get_close_matches(fold(text), keys, n=5, cutoff=0.7)]


def search_json(page: Page) -> Written:
    """The same for programs: a list of ``iri``, ``curie``, ``label``, ``kind``, and the name that ``matched``."""
    text = page.query.get("q", "").strip()[:200]
    rows = [
        {
            "iri": hit.iri,
            "curie": terms.curie(hit.iri),
            "label": hit.label,
            "kind": ", ".join(page.label(kind) for kind in page.index.kinds(hit.iri)),
            "matched": hit.name,
        }
        for hit in (hits(page, text) if text else [])[:OFFERED]
    ]
    return Written(json.dumps(rows, ensure_ascii=False).encode(), media="application/json")
