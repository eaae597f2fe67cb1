"""Ids for things of ours: Wikidata's where a thing is linked, else one that can't be taken for Wikidata's.

An own id is ``KT/`` and the rest of the IRI: ``KT/id/hlscc`` is ``https://w3id.org/kzturk/id/hlscc``. It has no letter
and number as Wikibase's ids do, and no colon, which Wikibase keeps for entities of another repository.
"""

from __future__ import annotations

from kzturk_graph import terms
from kzturk_graph.wikibase.model import WIKIDATA

OWN = "KT/"


def own_id(iri: str) -> str:
    """The id of a thing of ours that is linked to nothing.

    >>> own_id("https://w3id.org/kzturk/id/hlscc")
    'KT/id/hlscc'
    """
    return OWN + iri.removeprefix(terms.BASE)


def is_own(id: str) -> bool:
    """Whether an id is one of ours."""
    return id.startswith(OWN)


def iri_of(id: str) -> str:
    """The IRI that an id stands for: in our space, or Wikidata's.

    >>> iri_of("KT/document/003"), iri_of("Q232")
    ('https://w3id.org/kzturk/document/003', 'http://www.wikidata.org/entity/Q232')
    """
    return terms.BASE + id.removeprefix(OWN) if is_own(id) else WIKIDATA + id
