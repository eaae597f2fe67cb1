"""Which entities a slice has, and what of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kzturk_graph.extract import Request, extract

from .conftest import ANKARA, ASTANA, BAKU, KAZAKHSTAN, TURKEY, Dump, item, layout, line, snak, statement


def test_seeds_alone_are_written_as_the_dump_has_them(dump: Dump) -> None:
    ended = dump.extract("Q43", "Q1520")
    assert dump.output.read_bytes() == layout([line(ASTANA), line(TURKEY)])
    assert (ended.passes, ended.entities, ended.missing) == ((2,), 5, ())


def test_a_hop_adds_what_they_mention_behind_them(dump: Dump) -> None:
    assert dump.extract("Q232", hops=1).passes == (1, 2)
    assert dump.ids() == ["Q232", "Q1520", "Q43"]


def test_two_hops_go_further_and_nothing_comes_twice(dump: Dump) -> None:
    assert dump.extract("Q232", hops=2).passes == (1, 2, 1)
    assert dump.ids() == ["Q232", "Q1520", "Q43", "Q3640"]


def test_incoming_adds_what_mentions_them(dump: Dump) -> None:
    dump.extract("Q43", hops=1, incoming=True)
    assert dump.ids() == ["Q43", "Q3640", "Q232"]


def test_incoming_finds_mentions_in_qualifiers_and_references(dump: Dump) -> None:
    qualified = item("Q35493")
    qualified["claims"] = {"P31": [statement("P31", "Q515", qualifiers={"P17": [snak("P17", "Q232")]})]}
    sourced = item("Q406")
    sourced["claims"] = {"P31": [statement("P31", "Q515", references=[{"snaks": {"P143": [snak("P143", "Q232")]}}])]}
    dump.write(map(line, [qualified, BAKU, sourced, KAZAKHSTAN])).extract("Q232", hops=1, incoming=True)
    assert dump.ids() == ["Q232", "Q35493", "Q406"]


def test_an_id_in_a_text_is_no_mention(dump: Dump) -> None:
    dump.write(map(line, [item("Q9248", en="Q232"), KAZAKHSTAN])).extract("Q232", hops=1, incoming=True)
    assert dump.ids() == ["Q232"]


def test_incoming_of_several_kinds_of_entities(dump: Dump) -> None:
    about = item("Q515")
    about["claims"] = {"P31": [statement("P31", "P17")]}
    about["claims"]["P31"][0]["mainsnak"]["datavalue"]["value"] = {"entity-type": "property", "id": "P17"}
    country = {"type": "property", "datatype": "wikibase-item", "id": "P17", "labels": {}, "claims": {}}
    dump.write(map(line, [about, ASTANA, country, KAZAKHSTAN])).extract("P17", "Q232", hops=1, incoming=True)
    assert dump.ids() == ["P17", "Q232", "Q515", "Q1520"]


def test_values_of_old_dumps_have_a_number_alone(dump: Dump) -> None:
    old = item("Q1520", [("P17", "Q232")])
    old["claims"]["P17"][0]["mainsnak"]["datavalue"]["value"] = {"entity-type": "item", "numeric-id": 232}
    dump.write(map(line, [old, KAZAKHSTAN, BAKU]))
    dump.extract("Q1520", hops=1)
    assert dump.ids() == ["Q1520", "Q232"]
    dump.extract("Q232", hops=1, incoming=True)
    assert dump.ids() == ["Q232", "Q1520"]


@pytest.mark.parametrize(
    "text",
    [
        b'{"id":"Q232","type":"item","labels":{}}',
        b'{"pageid":273,"ns":0,"title":"Q232","lastrevid":1,"modified":"2020-01-01T00:00:00Z","type":"item","id":"Q232"}',
        b'{"labels":{"en":{"language":"en","id":"Q43","value":"Kazakhstan"}},"type":"item","id":"Q232"}',
        b'{ "type" : "item" , "id" : "Q232" , "labels" : {} }',
        b'{"type":"item","id":"q232","claims":[]}',
        b'  {"type":"item","id":"Q232"}',
    ],
    ids=["id first", "entity page", "id last", "spaces", "small letter", "indented"],
)
def test_the_id_is_found_wherever_it_stands(dump: Dump, text: bytes) -> None:
    dump.write([line(BAKU), text, line(ANKARA)]).extract("Q232", "Q43")
    assert [each["id"].upper() for each in dump.documents()] == ["Q232"]


def test_nulls_stubs_and_absent_entities(dump: Dump) -> None:
    lines = [b"null", line(BAKU), b'{"type":"item","id":"Q232"}', b'{"id":"Q43","missing":""}', b"", b"null"]
    ended = dump.write(lines).extract("Q232", "Q43")
    assert dump.ids() == ["Q232"]
    assert (ended.nulls, ended.missing, ended.problems.count) == (2, ("Q43",), 0)


def test_a_redirect_is_followed_in_one_more_pass(dump: Dump) -> None:
    dump.write([b'{"entity":"Q1520","redirect":"Q232"}', line(KAZAKHSTAN), line(TURKEY)])
    assert dump.extract("Q1520").passes == (1, 1)
    assert [each.get("entity", each.get("id")) for each in dump.documents()] == ["Q1520", "Q232"]


def test_several_entities_on_a_line(dump: Dump) -> None:
    answer = line({"entities": {"Q232": KAZAKHSTAN, "Q9248": BAKU}})
    array = b"[" + line(TURKEY) + b"," + line(ANKARA) + b"]"
    dump.path.write_bytes(answer + b"\n" + array + b"\n")
    assert dump.extract("Q232", "Q43").entities == 4
    assert dump.documents() == [KAZAKHSTAN, TURKEY]


def test_brackets_on_the_lines_of_entities(dump: Dump) -> None:
    dump.path.write_bytes(b"[" + line(KAZAKHSTAN) + b",\r\n" + line(BAKU) + b",\r\n" + line(TURKEY) + b"]")
    ended = dump.extract("Q232", "Q43")
    assert dump.output.read_bytes() == layout([line(KAZAKHSTAN), line(TURKEY)])
    assert not ended.problems.notes


def test_what_a_dump_has_twice_is_written_once(dump: Dump) -> None:
    dump.write(map(line, [KAZAKHSTAN, BAKU, KAZAKHSTAN])).extract("Q232")
    assert dump.ids() == ["Q232"]


def test_languages_limit_names_and_sitelinks(dump: Dump) -> None:
    full = item("Q232", en="Kazakhstan", tr="Kazakistan", de="Kasachstan", mul="Kazakhstan")
    full["aliases"] = {"en": [{"language": "en", "value": "KZ"}], "ru": [{"language": "ru", "value": "РК"}]}
    full["sitelinks"] = {site: {"site": site, "title": "K"} for site in ("enwiki", "enwikiquote", "dewiki", "trwiki")}
    dump.write([line(full)]).extract("Q232", languages=("en", "tr"))
    (cut,) = dump.documents()
    assert set(cut["labels"]) == {"en", "tr", "mul"}
    assert set(cut["aliases"]) == {"en"}
    assert set(cut["sitelinks"]) == {"enwiki", "enwikiquote", "trwiki"}


def test_properties_limit_statements_and_the_way(dump: Dump) -> None:
    dump.extract("Q232", hops=1, properties=("P36",))
    assert dump.ids() == ["Q232", "Q1520"]
    assert [set(each["claims"]) for each in dump.documents()] == [{"P36"}, set()]


def test_an_empty_slice_is_an_empty_array(dump: Dump) -> None:
    assert dump.extract("Q30").missing == ("Q30",)
    assert json.loads(dump.output.read_bytes()) == []


def test_a_slice_is_a_dump_itself(dump: Dump, tmp_path: Path) -> None:
    dump.extract("Q232", hops=2)
    again = tmp_path / "again.json"
    extract(str(dump.output), Request(frozenset(["Q232"]), 2), again)
    assert again.read_bytes() == dump.output.read_bytes()
