"""A thing in a small frame of another page, and in the few words that show while somebody hovers over a suggestion."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pyoxigraph as ox
from markupsafe import Markup

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.results import shown
from kzturk_graph.web.pages import addresses
from kzturk_graph.web.pages.messages import LANGUAGES, Messages

if TYPE_CHECKING:
    from kzturk_graph.facts import Fact
    from kzturk_graph.matching.records import Record
    from kzturk_graph.web.reconcile.service import Service

FOLDER = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""The Content-Security-Policy of a preview: a style sheet from this site, no scripts, in anybody's frame."""
FACTS = 6
"""How many facts a preview shows."""
_FLYOUT = Markup("<p><strong>{}</strong></p><p>{}</p>")


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )


def html(service: Service, record: Record, language: str) -> str:
    """The page of a preview: names, kinds, and the first facts with their passages."""
    from kzturk_graph.facts import profile

    found = profile(service.site.store, ox.NamedNode(record.id), language, service.index.reader(language))
    direct = (fact for fact in found.facts if not fact.inverse and fact.predicate != terms.kt("kind"))
    facts = [(fact, passages) for fact in direct if (passages := _passages(fact))]
    names = lookup.labels(service.site.store, ox.NamedNode(record.id))
    return (
        _templates()
        .get_template("preview.html")
        .render(
            language=language,
            say=Messages(language),
            label=service.label(record.id, language),
            description=service.description(record, language),
            others=[(each, names[each]) for each in LANGUAGES if each in names and each != language],
            rows=[(fact.label, shown(fact.value), passages) for fact, passages in facts[:FACTS]],
            more=max(0, len(facts) - FACTS),
            page=f"{service.site.settings.address}{addresses.page(record.id)}",
            iri=record.id,
        )
    )


def _passages(fact: Fact) -> str:
    """The passages that state it as fact; none where it is only planned, denied or marked erroneous."""
    held = {each.passage for each in fact.sources if each.modality == "fact" and "erroneous" not in each.status}
    return ", ".join(sorted(held))


def flyout(name: str, description: str) -> str:
    """A name and a description as HTML for a client's page, escaped."""
    return str(_FLYOUT.format(name, description))
