"""Wikibase JSON in every layout, and the quirks of old dumps."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kzturk_graph.errors import InputError
from kzturk_graph.wikibase import layouts
from kzturk_graph.wikibase.json_reader import entity, value
from kzturk_graph.wikibase.model import JULIAN, Coordinate, Entity, EntityId, Monolingual, Quantity, Time
from kzturk_graph.wikibase.source import FileSource, iter_documents, open_source
from tests.conftest import WIKIDATA

DATA = Path(__file__).parent / "data"


def item(id: str, **more: Any) -> dict[str, Any]:
    return {"type": "item", "id": id, "labels": {"en": {"language": "en", "value": f'"{id}" {{[\\'}}, **more}


ITEMS = [item("Q232"), item("Q43"), item("Q227")]
LINES = [json.dumps(each) for each in ITEMS]
BY_ID = {each["id"]: each for each in ITEMS}

LAYOUTS = {
    "dump": "[\n" + ",\n".join(LINES) + "\n]\n",
    "dump, Windows": "[\r\n" + ",\r\n".join(LINES) + "\r\n]\r\n",
    "dump, commas first": "[\n" + "\n,".join(LINES) + "\n]\n",
    "dump, brackets beside": "[" + ",\n".join(LINES) + "]",
    "dump, last comma": "[\n" + ",\n".join(LINES) + ",\n]\n",
    "array on one line": json.dumps(ITEMS),
    "array on one line, with its end": json.dumps(ITEMS) + "\n",
    "array, indented": json.dumps(ITEMS, indent=2),
    "array, one property on a line": "[\n"
    + ",\n".join(f'{{"id": "{each}",\n"labels": {{}}}}' for each in BY_ID)
    + "\n]",
    "lines": "\n".join(LINES) + "\n",
    "lines, no end": "\n".join(LINES),
    "lines with commas, as grep leaves them": ",\n".join(LINES) + ",\n",
    "lines, blank ones between": "\n\n".join(LINES) + "\n\n",
    "one after another": "".join(LINES),
    "one after another, indented": "\n".join(json.dumps(each, indent=2) for each in ITEMS),
    "two on a line": LINES[0] + LINES[1] + "\n" + LINES[2] + "\n",
    "entities": json.dumps({"entities": BY_ID}),
    "entities, indented": json.dumps({"entities": BY_ID}, indent=1),
    "entities of the API": json.dumps({"entities": {**BY_ID, "Q1065": {"id": "Q1065", "missing": ""}}, "success": 1}),
    "entities as a list": json.dumps({"entities": ITEMS}),
    "several answers": "\n".join(json.dumps({"entities": {id: each}}) for id, each in BY_ID.items()),
    "with a mark of the byte order": "\ufeff" + "[\n" + ",\n".join(LINES) + "\n]\n",
    "with null entries": "[\n" + ",\nnull,\n".join(LINES) + "\n]\n",
}


def source(tmp_path: Path, text: str | bytes) -> FileSource:
    path = tmp_path / "data"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    found = open_source(str(path))
    assert isinstance(found, FileSource)
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(tmp_path: Path, layout: str) -> None:
    given = source(tmp_path, LAYOUTS[layout])
    found = list(given.entities())
    assert [each.id for each in found] == ["Q232", "Q43", "Q227"]
    if "property on a line" not in layout:
        assert found == [entity(each) for each in ITEMS]
    assert not given.problems.report()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("block", [1, 5, 100])
def test_layouts_wherever_blocks_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, layout: str, block: int) -> None:
    monkeypatch.setattr(layouts, "BLOCK", block)
    given = source(tmp_path, LAYOUTS[layout])
    assert [each.id for each in given.entities()] == ["Q232", "Q43", "Q227"]
    assert not given.problems.count


@pytest.mark.parametrize("layout", LAYOUTS)
def test_some_entities(tmp_path: Path, layout: str) -> None:
    given = source(tmp_path, LAYOUTS[layout])
    assert list(given.get(["Q43", "Q9248"])) == ["Q43"]
    assert given.get(["Q9248"]) == {}
    assert not given.problems.count


def test_lines_of_other_entities_arent_parsed(tmp_path: Path) -> None:
    lines = '{"type":"item","id":"Q232",broken}\n{"type":"item","id":"Q43","labels":{}}\n{"id":"Q227",broken}\n'
    given = source(tmp_path, lines)
    assert given.get(["Q43", "Q1"]).keys() == {"Q43"}
    assert given.problems.count == 0


def test_one_entity(tmp_path: Path) -> None:
    assert list(source(tmp_path, json.dumps(ITEMS[0], indent=2)).entities()) == [entity(ITEMS[0])]


@pytest.mark.parametrize(
    "text", ["[]", "[\n]\n", '{"entities": {}}', '{"entities": []}', '{"entities":{"-1":{"id":"Q1065","missing":""}}}']
)
def test_rightly_nothing(tmp_path: Path, text: str) -> None:
    assert list(source(tmp_path, text).entities()) == []


def test_the_lines_of_documents_are_told(tmp_path: Path) -> None:
    for layout, lines in {"dump": [2, 3, 4], "lines": [1, 2, 3], "array, indented": [2, 12, 22]}.items():
        path = tmp_path / "data"
        path.write_text(LAYOUTS[layout])
        assert [line for line, _ in iter_documents(str(path))] == lines, layout


@pytest.mark.parametrize("layout", ["dump", "lines", "array, indented", "array on one line"])
def test_a_broken_document_is_named_and_passed_over(tmp_path: Path, layout: str) -> None:
    given = source(tmp_path, LAYOUTS[layout].replace('"Q43"', "Q43", 1))
    assert [each.id for each in given.entities()] == ["Q232", "Q227"]
    (problem,) = given.problems
    assert problem.line == {"dump": 3, "lines": 2, "array, indented": 12, "array on one line": 1}[layout]
    assert problem.reason.startswith("isn't JSON")
    assert "1 part of the data couldn't be read" in given.problems.report()


def test_a_broken_first_line_doesnt_hide_the_layout(tmp_path: Path) -> None:
    given = source(tmp_path, LAYOUTS["dump"].replace('"Q232"', "Q232", 1))
    assert [each.id for each in given.entities()] == ["Q43", "Q227"]
    assert [each.line for each in given.problems] == [2]


@pytest.mark.parametrize(
    "layout", ["dump", "lines, no end", "array, indented", "array on one line", "one after another"]
)
def test_a_cut_file_names_the_last_document(tmp_path: Path, layout: str) -> None:
    text = LAYOUTS[layout]
    given = source(tmp_path, text[: text.index("Q227") + 10])
    assert [each.id for each in given.entities()] == ["Q232", "Q43"]
    (problem,) = given.problems
    assert "cut off" in problem.reason


def test_a_file_cut_between_lines_is_remarked_upon(tmp_path: Path) -> None:
    text = LAYOUTS["dump"]
    given = source(tmp_path, text[: text.index(LINES[2])])
    assert [each.id for each in given.entities()] == ["Q232", "Q43"]
    assert given.problems.count == 0
    assert "isn't closed; the file may have been cut there" in given.problems.report()


def test_a_cut_archive_gives_its_entities_first(tmp_path: Path) -> None:
    many = "[\n" + ",\n".join(LINES * 500) + "\n]\n"
    entities = source(tmp_path, gzip.compress(many.encode())[:-20]).entities()
    assert next(entities).id == "Q232"
    with pytest.raises(InputError, match="the file is cut"):
        list(entities)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"type": "FeatureCollection", "features": []}', r"isn't a Wikibase entity: GeoJSON \(FeatureCollection\)"),
        ('{"type": "Feature"}\n{"type": "Feature"}\n', "GeoJSON"),
        ('{"head": {"vars": []}, "results": {"bindings": []}}', "results of a SPARQL query"),
        ('{"name": "x", "b": 1}', "an object with 'b', 'name'"),
        ("<!DOCTYPE html>\n<html><body>Rate limited</body></html>", "HTML"),
        ("id,label\nQ232,Kazakhstan\n", "text that begins 'id,label'"),
        ("", "an empty file"),
        ("[1, 2, 3]", "holds no entity"),
        ("\x00\x01\x02\x03" * 99, "binary data"),
        ('<?xml version="1.0"?><mediawiki/>', "XML with <mediawiki>"),
        ('{"error": {"code": "no-such-entity", "info": "Could not find an entity"}}', "Could not find an entity"),
        ('{"id": "Q232", "labels"', "nothing could be read"),
    ],
)
def test_what_isnt_wikibase_is_named(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as fault:
        list(source(tmp_path, text).entities())
    assert fault.value.hint
    assert str(tmp_path / "data") in str(fault.value)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (LAYOUTS["dump"] + LAYOUTS["lines"], 6, "more follows after the array that ended on line 5"),
        (LAYOUTS["array on one line"] + LAYOUTS["array on one line"], 1, "more follows after the array's end"),
        (LAYOUTS["array, indented"] + LINES[0], 32, "more follows after the array's end"),
        (LAYOUTS["lines"] + json.dumps(ITEMS[0], indent=2), 4, "a document over several lines begins"),
        (
            LAYOUTS["lines"] + '<http://a.org/b> <http://a.org/c> "d" .\n',
            4,
            "is RDF or XML, but the file began as JSON",
        ),
        (LAYOUTS["lines"] + "<!DOCTYPE html>\n", 4, "is HTML, but"),
    ],
)
def test_mixed_layouts_are_named_after_what_came_before(tmp_path: Path, text: str, line: int, what: str) -> None:
    entities = source(tmp_path, text).entities()
    assert [next(entities).id for _ in range(3)] == ["Q232", "Q43", "Q227"]
    with pytest.raises(InputError, match=what) as fault:
        next(entities)
    assert fault.value.line == line


def test_json_that_is_no_entity_among_entities_is_counted(tmp_path: Path) -> None:
    given = source(tmp_path, LINES[0] + '\n{"type": "Feature"}\n' + LINES[1] + "\n")
    assert [each.id for each in given.entities()] == ["Q232", "Q43"]
    assert [str(each).partition(": ")[2] for each in given.problems] == ["isn't a Wikibase entity: GeoJSON (Feature)"]


def test_a_brace_that_is_missing_doesnt_take_all_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(layouts, "LONGEST", 1000)
    monkeypatch.setattr(layouts, "BLOCK", 100)
    given = source(tmp_path, '{"id": "Q232", "x": {\n' + json.dumps(ITEMS * 20, indent=1))
    with pytest.raises(InputError, match="a document of more than 1,000 bytes"):
        list(given.entities())


# Entities


def test_stubs_and_redirects() -> None:
    assert entity({"id": "Q232"}) == Entity("Q232")
    assert entity({"type": "property", "id": "P530"}) == Entity("P530", "property")
    assert entity({"entity": "Q35493", "redirect": "Q1520"}) == Entity("Q35493", redirect="Q1520")


def test_the_api_tells_a_redirect_with_its_target(tmp_path: Path) -> None:
    answer = {"entities": {"Q1520": {**item("Q1520"), "redirects": {"from": "Q35493", "to": "Q1520"}}}}
    found = source(tmp_path, json.dumps(answer)).get(["Q35493", "Q1520", "Q232"])
    assert found == {"Q35493": Entity("Q35493", redirect="Q1520"), "Q1520": entity(item("Q1520"))}


def test_empty_maps_as_lists() -> None:
    given = {"id": "Q232", "labels": [], "descriptions": [], "aliases": [], "claims": [], "sitelinks": []}
    assert entity(given) == Entity("Q232")


def test_null_entries() -> None:
    given = {
        "id": "Q232",
        "labels": {"en": None, "tr": {"language": "tr", "value": "Kazakistan"}},
        "aliases": {"en": None, "kk": [None]},
        "claims": {"P31": None, "P36": [None]},
        "sitelinks": {"enwiki": None},
        "descriptions": None,
    }
    assert entity(given) == Entity("Q232", labels={"tr": "Kazakistan"})


def test_aliases_of_every_kind() -> None:
    one = {"language": "en", "value": "KZ"}
    for given in ({"en": [one]}, {"en": one}, {"en": {"0": one}}, [one], {"en": ["KZ"]}):
        assert entity({"id": "Q232", "aliases": given}).aliases == {"en": ("KZ",)}, given


def test_sitelinks_without_badges_and_as_titles() -> None:
    given = {"enwiki": {"site": "enwiki", "title": "Kazakhstan"}, "trwiki": "Kazakistan"}
    assert entity({"id": "Q232", "sitelinks": given}).sitelinks == {"enwiki": "Kazakhstan", "trwiki": "Kazakistan"}


def test_a_label_in_another_language_keeps_that_language() -> None:
    given = {"de-at": {"language": "de", "value": "Kasachstan", "for-language": "de-at"}}
    assert entity({"id": "Q232", "labels": given}).labels == {"de": "Kasachstan"}


def test_ids_in_small_letters() -> None:
    assert entity(
        {"id": "q232", "claims": {"p31": [claim("p31", {"type": "string", "value": "x"})]}}
    ).statements.keys() == {"P31"}


def claim(property: str, datavalue: Any, **more: Any) -> dict[str, Any]:
    return {"mainsnak": {"snaktype": "value", "property": property, "datavalue": datavalue}, "rank": "normal", **more}


def test_statements_under_either_name() -> None:
    given = {"P31": [claim("P31", {"type": "string", "value": "x"})]}
    assert entity({"id": "M12", "claims": [], "statements": given}).statements.keys() == {"P31"}


def test_lexemes_are_read_as_far_as_they_go() -> None:
    given = {
        "type": "lexeme",
        "id": "L7",
        "lemmas": {},
        "forms": [],
        "claims": {"P31": [claim("P31", {"type": "string", "value": "x"})]},
    }
    assert (entity(given).type, list(entity(given).statements)) == ("lexeme", ["P31"])


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"type": "wikibase-entityid", "value": {"entity-type": "item", "numeric-id": 232}}, EntityId("Q232")),
        ({"type": "wikibase-entityid", "value": {"entity-type": "property", "numeric-id": 530}}, EntityId("P530")),
        ({"type": "wikibase-entityid", "value": {"entity-type": "form", "id": "L7-F1"}}, EntityId("L7-F1")),
        ({"value": {"entity-type": "item", "numeric-id": 232}}, EntityId("Q232")),
        ({"type": "string", "value": "KAZ"}, "KAZ"),
        ({"type": "monolingualtext", "value": "Kazakhstan"}, "Kazakhstan"),
        ({"type": "monolingualtext", "value": {"text": "Қазақстан", "language": "kk"}}, Monolingual("Қазақстан", "kk")),
        (
            {
                "type": "time",
                "value": {"time": "+00000002012-10-11T00:00:00Z", "precision": 11, "before": 0, "after": 0},
            },
            Time("+2012-10-11T00:00:00Z", 11),
        ),
        (
            {
                "type": "time",
                "value": {"time": "-00000000044-03-15T00:00:00Z", "precision": 11, "calendarmodel": JULIAN},
            },
            Time("-0044-03-15T00:00:00Z", 11, JULIAN),
        ),
        (
            {"type": "time", "value": {"time": "+1991-01-01T00:00:00Z", "precision": 9}},
            Time("+1991-00-00T00:00:00Z", 9),
        ),
        (
            {"type": "time", "value": {"time": "+1991-12-16T00:00:00Z", "precision": 10}},
            Time("+1991-12-00T00:00:00Z", 10),
        ),
        (
            {"type": "time", "value": {"time": "-13798000000-00-00T00:00:00Z", "precision": 3}},
            Time("-13798000000-00-00T00:00:00Z", 3),
        ),
        ({"type": "quantity", "value": {"amount": "+12.5", "unit": "1"}}, Quantity(Decimal("12.5"))),
        ({"type": "quantity", "value": {"amount": 7, "unit": ""}}, Quantity(Decimal(7))),
        (
            {"type": "quantity", "value": {"amount": "+5", "unit": "1", "upperBound": "+6", "lowerBound": "+4"}},
            Quantity(Decimal(5), "1", Decimal(4), Decimal(6)),
        ),
        (
            {
                "type": "globecoordinate",
                "value": {"latitude": 48, "longitude": 68, "altitude": None, "precision": None, "globe": None},
            },
            Coordinate(48.0, 68.0),
        ),
    ],
)
def test_values(given: dict[str, Any], read: object) -> None:
    assert value(given) == read


@pytest.mark.parametrize(
    "given",
    [
        {"type": "bad", "value": {"x": 1}},
        {"type": "time", "value": {"time": "yesterday", "precision": 11}},
        {"type": "quantity", "value": {"amount": "many"}},
        {"type": "wikibase-entityid", "value": {"entity-type": "item"}},
        {"type": "globecoordinate", "value": {"latitude": 48}},
        {},
        None,
    ],
)
def test_a_value_that_isnt_known_is_named(given: Any) -> None:
    said: list[str] = []
    claims = {"P31": [claim("P31", given), claim("P31", {"type": "string", "value": "x"})]}
    found = entity({"id": "Q232", "claims": claims}, said.append)
    assert [each.main.value for each in found.statements["P31"]] == ["x"]
    assert len(said) == 1
    assert said[0].startswith("Q232: P31: a value can't be understood")


def test_ranks_qualifiers_and_references() -> None:
    found = entity(json.loads((DATA / "Q232.json").read_text()))
    assert [each.rank for each in found.statements["P36"]] == ["preferred", "deprecated"]
    (statement,) = found.statements["P31"]
    assert statement.qualifiers["P582"][0].kind == "novalue"
    assert list(statement.references[0].snaks) == ["P248", "P813", "P854"]
    assert statement.id == "Q232$11111111-1111-4111-8111-111111111111"
    assert (found.revision, found.modified) == (1234, "2024-05-01T12:00:00Z")


@pytest.mark.needs("wikidata")
def test_the_dump_slice_is_read_without_problems() -> None:
    given = open_source(str(WIKIDATA / "dump-slice.json.gz"))
    found = list(given.entities())
    assert len(found) == 49
    assert given.problems.count == 0
    with gzip.open(WIKIDATA / "dump-slice.json.gz") as lines:
        documents = [json.loads(line.rstrip(b",\n")) for line in lines if line.startswith(b"{")]
    for document, each in zip(documents, found, strict=True):
        assert {p: len(s) for p, s in each.statements.items()} == {p: len(s) for p, s in document["claims"].items()}
        assert each.labels == {tag: label["value"] for tag, label in document["labels"].items()}
        assert len(each.sitelinks) == len(document["sitelinks"])


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "there is none"),
        ({"type": "bad", "value": {}, "error": "Can only construct with a String"}, "Can only construct with a String"),
        ({"type": "string"}, "it has no 'value'"),
        ({"type": "time", "value": None}, "it isn't in the form of 'time'"),
        ({"type": "time", "value": {"time": None, "precision": 11}}, "its 'time' is no text"),
        (
            {"type": "time", "value": {"time": "+2024-01-01T00:00:00Z", "calendarmodel": "x"}},
            "its 'calendarmodel' is no IRI",
        ),
        ({"type": "quantity", "value": {"amount": "1e999999999"}}, "'1e999999999' is no number"),
        ({"type": "quantity", "value": {"amount": "many"}}, "it isn't in the form of 'quantity'"),
    ],
)
def test_why_a_value_cant_be_understood(given: object, why: str) -> None:
    said: list[str] = []
    snak = {"snaktype": "value", "property": "P585", "datavalue": given}
    entity({"id": "Q232", "claims": {"P585": [{"mainsnak": snak, "rank": "normal"}]}}, said.append)
    assert said == [f"Q232: P585: a value can't be understood: {why}"]
