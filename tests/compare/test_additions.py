"""What is carried over: *only ours*, new things that were looked for, and nothing else."""

from __future__ import annotations

from pathlib import Path

from kzturk_graph.compare.additions import additions, line
from kzturk_graph.compare.model import DISAGREE, ONLY_OURS, Comparison
from kzturk_graph.compare.verb import compare
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.links.table import read_links
from kzturk_graph.wikibase.model import DEPRECATED, Entity, EntityId
from kzturk_graph.wikibase.ours.identity import own_id
from kzturk_graph.wikibase.source import open_source
from tests.compare.made_up import ALMATY, KAZAKHSTAN, SCO, TURKSOY, item, number, said, write
from tests.conftest import Kzturk


def against(corpus: Corpus, path: Path, *entities: Entity) -> Comparison:
    return compare(open_source(write(path / "theirs.json", *entities)), corpus, once=True)


def test_only_what_theirs_lacks_is_carried_over(corpus: Corpus, tmp_path: Path) -> None:
    theirs = item(KAZAKHSTAN, said("P463", SCO), said("P463", TURKSOY, DEPRECATED), said("P1082", number("19")))
    found = {entity.id: statements for entity, statements in additions(against(corpus, tmp_path, theirs))}
    lacking = {(each.property, each.main.value) for each in found[KAZAKHSTAN]}
    assert ("P463", EntityId("Q318693")) in lacking
    assert ("P463", EntityId(SCO)) not in lacking
    assert ("P463", EntityId(TURKSOY)) not in lacking  # theirs holds it to be wrong
    assert "P1082" not in {property for property, _ in lacking}  # of when is theirs? that is not for a tool to settle
    assert set(found) == {KAZAKHSTAN}  # what theirs doesn't have at all is for a look at the link


def test_new_are_only_things_that_were_looked_for(corpus: Corpus, tmp_path: Path) -> None:
    sought = read_links().no_term_found
    found = {entity.id for entity, _ in additions(against(corpus, tmp_path, item("Q5")), sought)}
    assert found
    assert found <= {own_id(iri) for iri in sought}


def test_a_line_is_only_for_what_can_be_written(corpus: Corpus, tmp_path: Path) -> None:
    found = against(corpus, tmp_path, item(KAZAKHSTAN), item(ALMATY, said("P17", "Q43")))
    lines = {fact.property: line(fact) for fact in found.of(ONLY_OURS) if fact.item == KAZAKHSTAN}
    assert lines["P530"].startswith("Q232\tP530\tQ43\t")
    assert lines["P31"] == ""  # the curator's own
    (differs,) = found.of(DISAGREE)
    assert (differs.item, line(differs)) == (ALMATY, "")


def test_the_export_leaves_out_what_agrees_or_disagrees(kzturk: Kzturk, tmp_path: Path) -> None:
    path = write(tmp_path / "theirs.json", item(KAZAKHSTAN, said("P530", "Q43"), said("P463", SCO, DEPRECATED)))
    said_ = kzturk("export", "--format", "quickstatements", "--against", path)
    values = {tuple(row.split("\t")[1:3]) for row in said_.out.splitlines()}
    assert ("P463", "Q318693") in values
    assert not {("P530", "Q43"), ("P463", SCO)} & values


def test_the_export_of_one_thing_makes_no_other_new(kzturk: Kzturk, tmp_path: Path) -> None:
    path = write(tmp_path / "theirs.json", item(KAZAKHSTAN))
    told = kzturk("export", "--format", "quickstatements", "--against", path, "--entity", "kazakhstan")
    assert "and 0 new ones" in told.err
