"""Commands for QuickStatements: what they say, how they are spelled, and what is left out."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from kzturk_graph.wikibase import json_writer, model, quickstatements
from kzturk_graph.wikibase.model import (
    Coordinate,
    Entity,
    EntityId,
    Monolingual,
    Quantity,
    Reference,
    Snak,
    Statement,
    Time,
)
from tests.conftest import Kzturk

URL = Reference(
    {
        "P854": (Snak("P854", "https://example.org/", model.VALUE, "url"),),
        "P577": (Snak("P577", Time("+2017-09-13T00:00:00Z", 11)),),
    }
)
STARTED = {"P580": (Snak("P580", Time("+1996-04-00T00:00:00Z", 10)),)}


def member(body: str = "Q485207", **more: object) -> Statement:
    return Statement(Snak("P463", EntityId(body)), references=(URL,), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (EntityId("Q232"), "Q232"),
        (Time("+2009-00-00T00:00:00Z", 9), "+2009-00-00T00:00:00Z/9"),
        (Time("+2012-05-23T00:00:00Z", 11), "+2012-05-23T00:00:00Z/11"),
        (Time("+1917-10-25T00:00:00Z", 11, model.JULIAN), "+1917-10-25T00:00:00Z/11/J"),
        (Quantity(Decimal(5), model.WIKIDATA + "Q4917"), "5U4917"),
        (Quantity(Decimal("-0.5"), "1", Decimal(-1), Decimal(0)), "-0.5[-1,0]"),
        (Monolingual("Қазақстан", "kk"), 'kk:"Қазақстан"'),
        (Coordinate(48.0, -68.5), "@48.0/-68.5"),
        ("a\tb\nc", '"a b c"'),
        ('say "yes"', '"say "yes""'),
    ],
)
def test_a_value_is_spelled_so(value: model.Value, spelled: str) -> None:
    assert quickstatements.spelled(Snak("P1476", value)) == spelled


def test_unknown_and_no_values_have_words() -> None:
    assert quickstatements.spelled(Snak("P1476", None, model.UNKNOWN)) == "somevalue"
    assert quickstatements.spelled(Snak("P1476", None, model.NONE)) == "novalue"


def test_a_line_has_qualifiers_and_references() -> None:
    made = quickstatements.batch([(Entity("Q232"), [member(qualifiers=STARTED)])])
    assert quickstatements.version_1(made) == (
        'Q232\tP463\tQ485207\tP580\t+1996-04-00T00:00:00Z/10\tS854\t"https://example.org/"\tS577\t+2017-09-13T00:00:00Z/11\n'
    )


def test_a_second_reference_repeats_the_statement() -> None:
    other = Reference({"P854": (Snak("P854", "https://example.com/"),)})
    statement = Statement(Snak("P463", EntityId("Q1065")), references=(URL, other))
    first, second = quickstatements.version_1(quickstatements.batch([(Entity("Q232"), [statement])])).splitlines()
    assert first.startswith('Q232\tP463\tQ1065\tS854\t"https://example.org/"')
    assert second == 'Q232\tP463\tQ1065\tS854\t"https://example.com/"'


def test_csv_has_columns_by_form_and_quotes_texts() -> None:
    made = quickstatements.batch([(Entity("Q232"), [member(qualifiers=STARTED), member("Q1065")])])
    rows = list(csv.reader(io.StringIO(quickstatements.csv(made))))
    assert rows[0] == ["qid", "P463", "S854", "s577", "P463", "qal580", "S854", "s577"]
    assert rows[1] == [
        "Q232",
        "",
        "",
        "",
        "Q485207",
        "+1996-04-00T00:00:00Z/10",
        '"https://example.org/"',
        "+2017-09-13T00:00:00Z/11",
    ]
    assert rows[2] == ["Q232", "Q1065", '"https://example.org/"', "+2017-09-13T00:00:00Z/11", "", "", "", ""]


def test_a_new_item_is_made_apart_with_its_names() -> None:
    thing = Entity("KT/id/x", labels={"en": "Thing"}, descriptions={"en": "body"}, aliases={"tr": ("Şey", "Nesne")})
    made = quickstatements.batch([(thing, [member()]), (Entity("Q232"), [member("Q1065")])])
    assert "CREATE" not in quickstatements.version_1(made)
    assert quickstatements.version_1(made, new=True).splitlines()[:5] == [
        "CREATE",
        'LAST\tLen\t"Thing"',
        'LAST\tDen\t"body"',
        'LAST\tAtr\t"Şey"',
        'LAST\tAtr\t"Nesne"',
    ]
    rows = list(csv.reader(io.StringIO(quickstatements.csv(made, new=True))))
    assert rows[0][:4] == ["qid", "Len", "Den", "Atr"]
    assert rows[1][:5] == ["", "Thing", "body", "Şey|Nesne", "Q485207"]


def test_what_can_t_be_carried_over_is_counted() -> None:
    unsourced = Statement(Snak("P463", EntityId("Q1065")))
    nameless = Statement(Snak("P463", EntityId("KT/id/x")), references=(URL,))
    wrong = Statement(Snak("P463", EntityId("Q7184")), model.DEPRECATED, references=(URL,))
    made = quickstatements.batch([(Entity("Q232"), [unsourced, nameless, wrong])])
    assert not made.existing
    assert made.left_out == {"has no reference": 1, "names a thing that has no item": 1, "deprecated": 1}


def test_two_statements_of_one_value_are_never_spliced() -> None:
    made = quickstatements.batch([(Entity("Q232"), [member(), member(qualifiers=STARTED)])])
    (command,) = made.existing["Q232"]
    assert command.qualifiers == (("P580", "+1996-04-00T00:00:00Z/10"),)
    assert made.left_out == {"has the value of another, with other qualifiers": 1}


def test_the_export_needs_to_know_against_what(kzturk: Kzturk) -> None:
    said = kzturk("export", "--format", "quickstatements")
    assert said.code == 2
    assert "--against" in said.err
    assert kzturk("export", "--against", "x.json").code == 2


def test_the_export_writes_what_the_other_side_lacks(kzturk: Kzturk, tmp_path: Path) -> None:
    theirs, new = tmp_path / "theirs.json", tmp_path / "new.txt"
    theirs.write_bytes(json_writer.dump([Entity("Q232", labels={"en": "Kazakhstan"})]))
    said = kzturk("export", "--format", "quickstatements", "--against", str(theirs), "--new-items", str(new))
    assert said.code == 0
    lines = [line.split("\t") for line in said.out.splitlines()]
    assert {line[0] for line in lines} == {"Q232"}
    relation = [line for line in lines if line[1] == "P530"]
    assert [line[2:5] for line in relation] == [["Q43", "P580", "+1992-03-02T00:00:00Z/11"]] * 2  # 001 P8, 004 P6
    assert all({"S854", "S1476"} & set(line) for line in lines)
    assert new.read_text(encoding="utf-8").startswith("CREATE\nLAST\tLen\t")
    assert "KT/" not in said.out + new.read_text(encoding="utf-8")
    assert "left out:" in said.err


def test_one_thing_alone(kzturk: Kzturk, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.json"
    theirs.write_bytes(json_writer.dump([Entity("Q232"), Entity("Q43")]))
    said = kzturk("export", "--format", "quickstatements-csv", "--against", str(theirs), "--entity", "turkiye")
    rows = list(csv.reader(io.StringIO(said.out)))
    assert {row[0] for row in rows[1:]} == {"Q43"}
    assert json.dumps(rows[0]).count("P530") == 1
