"""A small graph with one of everything: two documents, a register, a plan, a denial, a faulty assertion."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzturk_graph import terms
from kzturk_graph.graph.assertions import Corpus, read_corpus

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in terms.PREFIXES.items())

REGISTER = """
a:curator-states kt:modality c:fact ; kt:because "named by the curator"@en .
a:curator-states {
  id:kazakhstan a kt:State ; skos:prefLabel "Kazakhstan"@en, "Kazakistan"@tr, "Қазақстан"@kk, "Казахстан"@ru .
  id:turkiye a kt:State ; skos:prefLabel "Türkiye"@en, "Türkiye"@tr .
  id:erdogan a foaf:Person ; skos:prefLabel "Recep Tayyip Erdoğan"@en .
  id:hlscc skos:prefLabel "High-Level \\"Strategic\\" Cooperation Council"@en ; skos:altLabel "YDSK"@tr .
}
"""

FIRST = """
p:901-p1 a kt:Passage ; kt:document doc:901 ; kt:number 1 ; kt:sentences 2 .
p:901-p2 a kt:Passage ; kt:document doc:901 ; kt:number 2 ; kt:sentences 1 .
p:901-p2-s1 kt:noClaim c:heading .
a:901-p1 kt:passage p:901-p1 ; kt:modality c:fact .
a:901-p1 {
  doc:901 dcterms:title "The first paper"@en ; kt:about id:hlscc .
  id:hlscc a kt:Council ; kt:establishedOn "2012-05"^^edtf:EDTF ; kt:during id:visit-erdogan-2012 .
  id:visit-erdogan-2012 a kt:Visit ; kt:visitor id:erdogan ; kt:host id:kazakhstan ;
    kt:date "2012-05"^^edtf:EDTF .
  n:901-p1-trade a qb:Observation ; kt:measure c:trade ; kt:from id:turkiye ;
    kt:value 1.50 ; kt:asPublished "1,50" .
}
a:901-p1-plan kt:passage p:901-p1 ; kt:context p:901-p2 ; kt:modality c:planned .
a:901-p1-plan { id:hlscc-10 a kt:Session ; kt:council id:hlscc ; kt:ordinal 10 . }
a:901-p1-wrong kt:passage p:901-p1 ; kt:modality c:fact ; kt:status c:erroneous .
a:901-p1-wrong { id:hlscc kt:establishedOn "1992"^^edtf:EDTF . }
"""

SECOND = """
p:902-p1 a kt:Passage ; kt:document doc:902 ; kt:number 1 ; kt:sentences 1 .
a:902-p1 kt:passage p:902-p1 ; kt:modality c:fact ; kt:voice id:erdogan .
a:902-p1 {
  doc:902 dcterms:title "The second paper"@en .
  id:hlscc a kt:Council ; kt:establishedOn "2012"^^edtf:EDTF .
  id:hlscc-2 a kt:Session ; kt:council id:hlscc ; kt:ordinal 2 .
}
a:902-p1-not kt:passage p:902-p1 ; kt:modality c:denied .
a:902-p1-not { id:turkiye kt:partOf id:hlscc . }
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small graph's files."""
    root = tmp_path_factory.mktemp("data")
    for name, text in (("register", REGISTER), ("901", FIRST), ("902", SECOND)):
        (root / f"{name}.trig").write_text(HEAD + text, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def small(folder: Path) -> Corpus:
    """The small graph."""
    words = folder / "words.ttl"
    words.write_text(f'{HEAD}c:trade skos:prefLabel "trade"@en, "ticaret"@tr .\n', encoding="utf-8")
    return read_corpus(sorted(folder.glob("*.trig")), [words], check=False)
