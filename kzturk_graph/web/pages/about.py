"""The page about the site itself: what it holds, how to read it, and what it doesn't tell."""

from __future__ import annotations

from kzturk_graph import terms
from kzturk_graph.web.pages.page import Page, Written


def about(page: Page) -> Written:
    """What the graph holds, how it is to be read, and what it doesn't tell."""
    settings = page.desk.site.settings
    return page.html(
        "about.html",
        documents=page.index.documents,
        prefixes={name: iri for name, iri in terms.PREFIXES.items() if iri.startswith(terms.BASE)},
        settings=settings.limits(),
        version=page.desk.site.version,
        base=settings.address,
    )
