"""The links that are shipped: all that the verified identifiers confirm, and nothing else."""

from __future__ import annotations

import csv
import json

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.links.keys import linkable
from kzturk_graph.links.model import NO_TERM, target_id
from kzturk_graph.links.table import read_links
from kzturk_graph.names import fold
from tests.conftest import WIKIDATA, Kzturk
from tests.links.tables import ID


def _identifiers() -> list[dict[str, str]]:
    with (WIKIDATA / "identifiers.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_thing_that_is_judged_is_in_the_graph(store: ox.Store) -> None:
    for row in read_links():
        node = ox.NamedNode(row.subject)
        assert lookup.exists(store, node)
        assert lookup.label(store, node) == row.subject_label


@pytest.mark.needs("wikidata")
def test_every_link_is_verified_and_single_sources_are_less_sure() -> None:
    known = {each["id"]: each for each in _identifiers() if each["id"]}
    for row in read_links():
        if row.object == NO_TERM:
            continue
        verified = known[target_id(row.object)]
        assert verified["label"] == row.object_label
        assert ("single source" in verified["status"]) == (row.confidence is not None and row.confidence < 1)


@pytest.mark.needs("wikidata")
def test_no_verified_thing_of_ours_is_left_out(store: ox.Store) -> None:
    """Each identifier of a thing whose name, as the table gives it, one of our linkable things bears."""
    names = lookup.name_index(store)
    links, ours = read_links(), set(linkable(store))
    for each in _identifiers():
        if each["kind"].endswith(("class", "property")):
            continue
        bearers = {node.value for node in names.get(fold(each["label"]), ()) if node.value in ours}
        if not bearers:
            continue
        found = links.targets.get(each["id"], ()) if each["id"] else tuple(links.no_term_found & bearers)
        assert set(found) & bearers, each["label"]


def test_the_city_is_the_city_and_the_province_the_province() -> None:
    accepted = read_links().accepted
    assert accepted[ID + "turkistan"] == ("Q848638",)
    assert ID + "turkistan-region" not in accepted
    assert accepted[ID + "hatay"] == ("Q83274",)
    assert ID + "turkic-council" not in accepted  # no document says that it is the Organization of Turkic States


def test_nothing_is_linked_twice() -> None:
    links = read_links()
    assert all(len(ids) == 1 for ids in links.accepted.values())
    assert all(len(things) == 1 for things in links.targets.values())


def test_list_tells_not_found_from_not_looked_up(kzturk: Kzturk) -> None:
    found = {each["id"]: each for each in json.loads(kzturk("link", "list", "--format", "json").out)}
    assert found["id:kazakhstan"]["items"] == ["Q232"]
    assert found["id:cica"]["status"] == "no-term"
    assert found["id:turkistan-region"]["status"] == "not-looked-up"
    assert found["id:astana"]["judgements"][0]["confidence"] == 1.0


def test_what_is_not_linked_carries_the_keys_that_would_find_it(kzturk: Kzturk) -> None:
    found = {each["id"]: each for each in json.loads(kzturk("link", "list", "--format", "json").out)}
    israel = found["id:israel"]["keys"]
    assert israel["codes"] == ["IL", "ISR"]
    assert {"en", "tr", "kk", "ru"} <= set(israel["names"])
    assert found["id:deik"]["keys"]["sites"] == ["https://www.deik.org.tr", "www.deik.org.tr"]
    assert found["id:tass"]["keys"]["sites"] == ["tass.com"]  # by a page that it published
    assert found["id:strait-of-hormuz"]["keys"]["point"] == [26.6, 56.5]
    assert found["id:aktau-port"]["keys"]["places"] == ["Kazakhstan"]
    assert all(each["keys"]["names"] for each in found.values())


def test_list_chooses_by_status_and_class(kzturk: Kzturk) -> None:
    said = kzturk("link", "list", "--status", "linked", "--of", "State", "--format", "csv")
    rows = list(csv.DictReader(said.out.splitlines()))
    assert "id:kazakhstan" in {row["id"] for row in rows}
    assert {row["status"] for row in rows} == {"linked"}
    assert kzturk("link", "list", "--of", "Stat").code == 2


def test_list_shows_rejected_ones(kzturk: Kzturk, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = str(tmp_path / "mine.sssom.tsv")
    kzturk("link", "reject", "turkistan-region", "Q848638", "--links", path)
    rows = json.loads(kzturk("link", "list", "--status", "rejected", "--links", path, "--format", "json").out)
    assert [(each["id"], each["rejected"]) for each in rows] == [("id:turkistan-region", ["Q848638"])]


def test_currencies_of_figures_are_linked_too() -> None:
    assert read_links().accepted[terms.PREFIXES["cur"] + "USD"] == ("Q4917",)
