"""Independence, decisions, and the rules as a curator writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzturk_graph import resources, terms
from kzturk_graph.conflicts.decisions import decisions, decisions_in_store
from kzturk_graph.conflicts.find import find
from kzturk_graph.conflicts.independence import (
    independent_in_store,
    independent_witnesses,
    lineage,
    lineage_of_store,
)
from kzturk_graph.conflicts.rules import read_rules, rules_file
from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.build import quads

CASES = [
    (["001-p8", "000-p2"], 1),  # 001 leans on a version of the page that 000 is
    (["000-p5", "004-p17-trade"], 2),
    (["004-p17-trade", "004-p33"], 1),  # one document
    (["001-p16", "000-p5"], 2),  # 001 leans on another work here
    (["001-p8", "001-p16", "000-p2"], 1),  # and is one document
    (["002-p9", "001-p8", "004-p6"], 3),
    ([], 0),
]


@pytest.mark.parametrize(("names", "count"), CASES)
def test_independent_witnesses(corpus: Corpus, names: list[str], count: int) -> None:
    assert independent_witnesses(corpus, [terms.ASSERTION + name for name in names]) == count


def test_the_curator_is_no_witness(corpus: Corpus) -> None:
    assert independent_witnesses(corpus, [terms.ASSERTION + "curator-date-000", terms.ASSERTION + "000-p2"]) == 1


def test_a_store_tells_the_same(corpus: Corpus) -> None:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_extend(quads(corpus))
    behind = lineage_of_store(store)
    assert behind == lineage(corpus)
    for names, count in CASES:
        assert independent_in_store(behind, store, [terms.ASSERTION + name for name in names]) == count
    (decision,) = decisions_in_store(store, terms.ASSERTION + "003-p77-year")
    assert decision == decisions(corpus)[0]
    assert decisions_in_store(store, terms.ASSERTION + "003-p5") == (decision,)
    assert decisions_in_store(store, terms.ASSERTION + "004-p17") == ()


def test_a_decision_names_what_there_is_and_says_why_and_when(corpus: Corpus) -> None:
    found = decisions(corpus)
    assert found
    for each in found:
        assert each.rejected in corpus.assertions
        assert each.preferred is None or each.preferred in corpus.assertions
        assert each.because
        assert each.on
    erroneous = {name for name, assertion in corpus.assertions.items() if assertion.erroneous}
    assert erroneous <= {each.rejected for each in found}


def test_the_packaged_rules_name_declared_terms_only(corpus: Corpus) -> None:
    known = frozenset(triple.subject.value for triple in corpus.vocabulary)  # type: ignore[union-attr]
    rules = read_rules(known=known)
    assert len({rule.name for rule in rules.rules}) == len(rules.rules)


def test_a_curator_may_change_a_rule(corpus: Corpus, tmp_path: Path) -> None:
    text = (
        rules_file().read_text().replace('about = { low = "0.9", high = "1.1" }', 'about = { low = "0.5", high = "2" }')
    )
    changed = tmp_path / "rules.toml"
    changed.write_text(text)
    assert "number" in {each.rule for each in find(corpus)}
    assert "number" not in {each.rule for each in find(corpus, rules=read_rules(changed))}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('finds = "credit"', 'finds = "quarrel"', "unknown kind 'quarrel'"),
        ('unless = "later"', 'unless = "raining"', "unknown exemption 'raining'"),
        ('test = "credit"', 'tset = "credit"', "unknown field 'tset'"),
        ('"kt:creditedTo"', '"kt:creditedFrom"', "kt:creditedFrom isn't declared"),
        ('"kt:creditedTo"', '"creditedTo"', "isn't a term in our prefixes"),
        ('modalities = ["target"]', 'modalities = ["hoped"]', "unknown modality 'hoped'"),
        ('low = "0.995"', 'low = "much"', "malformed"),
        ("[qualifiers]", "[qualifiers", "isn't TOML"),
        ('plain = "exactly"', 'plain = "over-there"', "isn't declared"),
    ],
)
def test_a_broken_rule_is_refused(corpus: Corpus, tmp_path: Path, old: str, new: str, says: str) -> None:
    broken = tmp_path / "rules.toml"
    broken.write_text(rules_file().read_text().replace(old, new))
    known = frozenset(triple.subject.value for triple in corpus.vocabulary)  # type: ignore[union-attr]
    with pytest.raises(InputError) as caught:
        read_rules(broken, known)
    assert says in str(caught.value)
    assert str(broken) in str(caught.value)


def test_an_unknown_test_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    broken = tmp_path / "rules.toml"
    broken.write_text(rules_file().read_text().replace('test = "credit"', 'test = "guess"'))
    with pytest.raises(InputError, match="unknown test 'guess'"):
        find(corpus, rules=read_rules(broken))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_rules(tmp_path / "none.toml")
    assert resources.data() in rules_file().parents
