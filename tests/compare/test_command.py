"""``kzturk compare``: forms, filters, exit codes, and what a person is told."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from kzturk_graph.compare.rules import AT_A_TIME, read_rules
from kzturk_graph.errors import InputError
from kzturk_graph.wikibase.model import PREFERRED
from kzturk_graph.wikibase.ours.rules import read_rules as read_projecting
from tests.compare.made_up import KAZAKHSTAN, SCO, TURKIYE, item, number, said, write
from tests.conftest import WIKIDATA, Kzturk


@pytest.fixture
def dump(tmp_path: Path) -> str:
    figures = [said("P1082", number(str(9_000_000 + year)), at=str(year)) for year in range(1960, 1970)]
    state = item(
        KAZAKHSTAN,
        said("P463", SCO, start="1996-04-26", url="https://example.org/sco"),
        said("P297", "KA", PREFERRED),
        *figures,
        labels={"en": "Kazakhstan"},
    )
    return write(tmp_path / "dump.json", state, item(SCO, labels={"en": "SCO"}))


def test_a_table_by_item_with_counts(kzturk: Kzturk, dump: str) -> None:
    told = kzturk("compare", dump)
    assert told.code == 0
    assert told.out.count("Kazakhstan (Q232)  ") == 1  # in the first of its rows
    row = next(line for line in told.out.splitlines() if "theirs is more precise" in line)
    for part in ("member of (P463)", "as of 2017-09-13", "from 1996-04-26", "003 P39", "https://example.org/sco"):
        assert part in row
    assert "KA [preferred]" in told.out
    assert "and 7 more" in told.out
    assert re.search(r"\d+ facts: 1 disagree, .*10 only theirs", told.out)
    assert "2 of 53 linked things are in this data, which says nothing of the others" in told.out


def test_a_column_that_is_empty_takes_no_room(kzturk: Kzturk, dump: str) -> None:
    assert "their references" in kzturk("compare", dump, "--property", "P463").out.splitlines()[0]
    assert "their references" not in kzturk("compare", dump, "--property", "P531").out.splitlines()[0]
    assert "their_references" in kzturk("compare", dump, "--property", "P531", "--format", "csv").out.splitlines()[0]


def test_all_shows_all_that_only_theirs_has(kzturk: Kzturk, dump: str) -> None:
    assert "and 7 more" not in kzturk("compare", dump, "--all").out


def test_filters(kzturk: Kzturk, dump: str) -> None:
    rows = list(csv.DictReader(io.StringIO(kzturk("compare", dump, "--format", "csv", "--property", "member of").out)))
    assert {row["property"] for row in rows} == {"member of (P463)"}
    assert {row["entity"] for row in rows} == {"Kazakhstan (Q232)"}
    told = kzturk("compare", dump, "--verdict", "disagree", "--format", "tsv")
    assert [line.split("\t")[1] for line in told.out.splitlines()] == ["verdict", "disagree"]
    assert "member of" not in kzturk("compare", dump, "--entity", "sco", "--source", "004").out
    assert "0 facts" in kzturk("compare", dump, "--entity", "turkiye").out
    assert "0 of 1 linked things" in kzturk("compare", dump, "--entity", "turkiye").out


def test_json_has_both_statements_passages_and_the_command(kzturk: Kzturk, dump: str) -> None:
    told = json.loads(kzturk("compare", dump, "--format", "json").out)
    assert told["data"]["name"] == dump
    by = {(each["property"], each["verdict"]): each for each in told["facts"]}
    alone = by["P530", "only-ours"]
    assert alone["quickstatements"].startswith(f"Q232\tP530\t{TURKIYE}")
    assert alone["ours"]["sources"][0]["document"] in {"001", "002", "004"}
    finer = by["P463", "theirs-more-precise"]
    assert finer["theirs"][0]["statement"]["qualifiers"]["P580"][0]["datavalue"]["value"]["precision"] == 11
    assert finer["theirs"][0]["references"] == ["https://example.org/sco"]
    assert finer["ours"]["sources"][0]["passage"] == "003 P39"
    assert finer["ours"]["independentWitnesses"] == 1
    assert {each["item"] for each in told["notInData"]} >= {"Q43", "Q28"}
    assert sum(told["counts"].values()) == len(told["facts"])


def test_labels_in_another_language(kzturk: Kzturk, dump: str) -> None:
    assert "Kazakistan (Q232)" in kzturk("compare", dump, "--lang", "tr", "--format", "md").out


def test_the_same_bytes_each_time(kzturk: Kzturk, dump: str) -> None:
    assert kzturk("compare", dump, "--format", "json").out == kzturk("compare", dump, "--format", "json").out


def test_exit_codes(kzturk: Kzturk, dump: str, tmp_path: Path) -> None:
    assert kzturk("compare", dump, "--fail-on", "disagree").code == 1
    assert kzturk("compare", dump, "--fail-on", "disagree", "--property", "P463").code == 0
    assert kzturk("compare", dump, "--property", "membre of").code == 2
    unlinked = kzturk("compare", dump, "--entity", "hlscc")
    assert unlinked.code == 2
    assert "isn't linked" in unlinked.err
    missing = kzturk("compare", str(tmp_path / "none.json"))
    assert missing.code == 3
    broken = tmp_path / "broken.json"
    broken.write_text("<html>")
    assert kzturk("compare", str(broken)).code == 3


def test_one_pass_needs_no_names(kzturk: Kzturk, dump: str) -> None:
    assert "theirs is more precise" in kzturk("compare", dump, "--once").out


def test_a_line_that_can_t_be_read_is_told(kzturk: Kzturk, dump: str) -> None:
    text = Path(dump).read_text()
    Path(dump).write_text(text.replace("[\n", '[\n{"id": "Q43", "type": \n', 1))
    told = kzturk("compare", dump)
    assert told.code == 0
    assert "couldn't be read" in told.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[P530]\nsymmetric = true", "unknown key 'symmetric'"),
        ("[capital]\n", "isn't a property"),
        ('[P36]\nsingle = "sometimes"', "at-a-time"),
        ('[P36]\nlasts = "yes"', "true or false"),
        ('[P36]\nwithin = ["Q5"]', "name properties"),
        ("[P36", "isn't TOML"),
    ],
)
def test_a_broken_table_of_rules_is_told(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "compare.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=re.escape(says)):
        read_rules(path)


def test_the_rules_that_ship() -> None:
    rules = read_rules()
    assert rules["P36"].single == AT_A_TIME
    assert rules["P530"].inverse == "P530"
    for name, rule in rules.items():
        if rule.inverse:
            assert rules[rule.inverse].inverse == name
    figures = {name for name, kind in read_projecting().datatypes.items() if kind == "quantity"}
    assert all(rules[name].counted for name in figures)


@pytest.mark.needs("wikidata")
def test_every_property_of_the_rules_is_verified() -> None:
    lines = (WIKIDATA / "identifiers.tsv").read_text(encoding="utf-8").splitlines()
    known = {line.split("\t")[1] for line in lines}
    named = {id for name, rule in read_rules().items() for id in (name, rule.inverse, *rule.within) if id}
    assert named <= known
