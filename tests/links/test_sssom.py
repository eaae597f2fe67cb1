"""The tables themselves: what is read is written back, and a broken row is told by line and column."""

from __future__ import annotations

import importlib.util
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzturk_graph.errors import InputError
from kzturk_graph.links.model import NO_TERM, Link, Links
from kzturk_graph.links.sssom import parse, write
from kzturk_graph.links.table import TERMS, packaged, read_links
from tests.links.tables import CICA, COLUMNS, HEAD, ID, KAZAKHSTAN, NOT_ISTANBUL, TURKIYE, WD, table


def test_rows_are_links() -> None:
    links = parse(table(KAZAKHSTAN, NOT_ISTANBUL, CICA))
    first = links.rows[0]
    assert (first.subject, first.object, first.confidence) == (ID + "kazakhstan", WD + "Q232", Decimal("1.0"))
    assert first.line == 7
    assert links.accepted == {ID + "kazakhstan": ("Q232",)}
    assert links.rejected == {ID + "turkiye": ("Q406",)}
    assert links.no_term_found == {ID + "cica"}


def test_not_found_and_not_looked_up_are_different() -> None:
    links = parse(table(KAZAKHSTAN, CICA))
    assert links.not_looked_up([ID + "kazakhstan", ID + "cica", ID + "iran"]) == (ID + "iran",)
    assert [links.status(ID + name) for name in ("kazakhstan", "cica", "iran")] == [
        "linked",
        "no-term",
        "not-looked-up",
    ]


def test_what_is_read_is_written_back() -> None:
    text = table(CICA, KAZAKHSTAN, TURKIYE, NOT_ISTANBUL)
    assert write(parse(text)) == text


def test_rows_are_sorted_when_written() -> None:
    assert write(parse(table(TURKIYE, KAZAKHSTAN))) == table(KAZAKHSTAN, TURKIYE)


def test_unknown_columns_head_lines_and_spellings_are_kept() -> None:
    head = HEAD + "# my_note: as I like it   \n# other_version: 1.10\n"
    row = (*KAZAKHSTAN[:5], "0.90", "reviewed twice", "")
    text = table(row, head=head, columns=(*COLUMNS, "my_column", "author_id"))
    assert write(parse(text)) == text


def test_quoted_cells_hold_tabs_breaks_and_quotation_marks() -> None:
    text = table((*KAZAKHSTAN, '"one\ttwo\nsaid ""three"""'), (*TURKIYE, "plain"), columns=(*COLUMNS, "comment"))
    links = parse(text)
    assert links.rows[0].comment == 'one\ttwo\nsaid "three"'
    assert links.rows[1].line == 9  # the first row takes two lines
    assert write(links) == text


def test_line_ends_and_marks_of_other_systems_are_read() -> None:
    assert parse("\ufeff" + table(KAZAKHSTAN).replace("\n", "\r\n")) == parse(table(KAZAKHSTAN))


@given(st.text(), st.text(), st.text())
def test_any_text_comes_back_as_it_was(label: str, comment: str, other: str) -> None:
    links = parse(table(KAZAKHSTAN))
    link = Link(ID + "iran", WD + "Q794", subject_label=label, comment=comment, more={"my_column": other})
    told = Links((link,), links.head, links.prefixes, (*COLUMNS, "my_column"), links.about)
    assert parse(write(told)).rows == (link,)


def test_the_head_speaks_for_all_rows() -> None:
    links = parse(table(KAZAKHSTAN, head=HEAD + "# object_source_version: '2024-05-01'\n# mapping_tool: by hand\n"))
    assert (links.rows[0].source_version, links.rows[0].tool) == ("2024-05-01", "by hand")
    assert "object_source_version\t" not in write(links)


def test_a_row_that_differs_from_the_head_gets_its_column() -> None:
    links = parse(table(KAZAKHSTAN, head=HEAD + "# mapping_tool: by hand\n"))
    other = links.with_rows([*links, Link(ID + "iran", WD + "Q794", tool="kzturk link")])
    again = parse(write(other))
    assert {row.subject: row.tool for row in again} == {ID + "kazakhstan": "by hand", ID + "iran": "kzturk link"}


BAD = {
    "too few cells": (KAZAKHSTAN[:4], 7, 45, "has 4 cells and the table 6 columns; 'mapping_justification'"),
    "too many cells": ((*KAZAKHSTAN, "x"), 7, 79, "has 7 cells and the table 6"),
    "unknown prefix": (("geo:x", *KAZAKHSTAN[1:]), 7, 1, "the prefix 'geo' isn't declared"),
    "no CURIE": ((*KAZAKHSTAN[:3], "Q232", *KAZAKHSTAN[4:]), 7, 32, "'Q232' is no CURIE"),
    "no object": ((*KAZAKHSTAN[:3], "", *KAZAKHSTAN[4:]), 7, 32, "'' is no CURIE"),
    "no number": ((*KAZAKHSTAN[:5], "sure"), 7, 75, "'sure' is no confidence"),
    "too sure": ((*KAZAKHSTAN[:5], "1.2"), 7, 75, "'1.2' is no confidence"),
    "not a number": ((*KAZAKHSTAN[:5], "NaN"), 7, 75, "'NaN' is no confidence"),
    "modifier": ((*KAZAKHSTAN[:2], "no", *KAZAKHSTAN[3:]), 7, 31, "'no' is no modifier"),
    "justification": ((*KAZAKHSTAN[:4], "semapv:Guess", "1"), 7, 46, "'semapv:Guess' is no justification"),
    "open quote": (('"id:kazakhstan', *KAZAKHSTAN[1:]), 7, 1, "a quotation mark isn't closed"),
    "after quote": (('"id:kazakhstan"!', *KAZAKHSTAN[1:]), 7, 1, "text follows a quotation mark"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_row_is_told_by_line_and_column(name: str) -> None:
    row, line, column, message = BAD[name]
    with pytest.raises(InputError) as told:
        parse(table(row), "mine.tsv")
    assert (told.value.path, told.value.line, told.value.column) == ("mine.tsv", line, column)
    assert message in told.value.message


def test_the_column_of_a_later_cell_is_counted_in_characters() -> None:
    with pytest.raises(InputError) as told:
        parse(table(("id:türkiye", *KAZAKHSTAN[1:5], "x")))
    assert told.value.column == table(("id:türkiye", *KAZAKHSTAN[1:5], "x")).splitlines()[6].index("\tx") + 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((KAZAKHSTAN, TURKIYE, KAZAKHSTAN), "says the same as line 7"),
        ((NOT_ISTANBUL, TURKIYE, (*NOT_ISTANBUL[:2], "", *NOT_ISTANBUL[3:])), "denies line 7"),
        ((KAZAKHSTAN, TURKIYE, (*KAZAKHSTAN[:3], "sssom:NoTermFound", *KAZAKHSTAN[4:])), "line 7 links it"),
    ],
)
def test_rows_that_repeat_or_deny_each_other_are_told(rows: tuple[tuple[str, ...], ...], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as told:
        parse(table(*rows))
    assert told.value.line == 9


def test_one_link_may_have_several_justifications() -> None:
    again = (*KAZAKHSTAN[:4], "semapv:LexicalMatching", "0.7")
    assert parse(table(KAZAKHSTAN, again)).accepted == {ID + "kazakhstan": ("Q232",)}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (table(KAZAKHSTAN, head=HEAD + "# a: b: c\n"), 6, 7),
        (table(KAZAKHSTAN, head="# just words\n"), 1, 2),
        (table(KAZAKHSTAN, columns=(*COLUMNS[:5], "object_id")), 6, 76),
        (table(KAZAKHSTAN, columns=("a", *COLUMNS[1:])), 6, 1),
        (HEAD, 6, None),
        ("", 1, None),
    ],
)
def test_a_broken_head_is_told_by_its_place(text: str, line: int, column: int | None) -> None:
    with pytest.raises(InputError) as told:
        parse(text)
    assert (told.value.line, told.value.column) == (line, column)


def test_a_date_that_is_none_is_told() -> None:
    with pytest.raises(InputError, match=r"'22\.11\.2026' is no date"):
        parse(table((*KAZAKHSTAN, "22.11.2026"), columns=(*COLUMNS, "mapping_date")))


def test_the_packaged_table_is_in_its_written_form() -> None:
    assert write(read_links()) == packaged().read_text(encoding="utf-8")


def test_the_table_of_terms_is_read_with_the_same_reader_and_loses_nothing() -> None:
    text = packaged(TERMS).read_text(encoding="utf-8")
    links = parse(text)
    assert sorted(write(links).splitlines()) == sorted(text.splitlines())


def test_not_found_has_the_term_of_sssom() -> None:
    assert parse(table(CICA)).rows[0].object == NO_TERM


@pytest.mark.skipif(not importlib.util.find_spec("sssom"), reason="needs the SSSOM tools: pip install sssom")
@pytest.mark.parametrize("name", ["", TERMS])
def test_the_sssom_tools_find_the_packaged_tables_valid(name: str) -> None:
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    reports = validate(parse_sssom_table(packaged(name)), fail_on_error=False)
    assert [result.message for report in reports.values() for result in report.results] == []


def test_without_the_sssom_tools_the_slots_are_those_of_sssom() -> None:
    """A part of what the tools check: slots of a mapping set, one CURIE a cell, prefixes in the curie_map."""
    links = read_links()
    slots = {"comment", "curie_map", "license", "mapping_set_description", "mapping_set_id", "mapping_set_title",
             "mapping_set_version", "sssom_version", "subject_source"}  # fmt: skip
    assert set(links.about) <= slots
    assert {"mapping_set_id", "license", "curie_map"} <= set(links.about)
    assert all(row.source and row.source_version and row.tool and row.tool_version and row.date for row in links)
    body = packaged().read_text(encoding="utf-8").splitlines()[len(links.head) + 1 :]
    assert all(re.fullmatch(r"(id|cur):[\w.-]+", line.split("\t")[0]) for line in body)


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_bytes(table(KAZAKHSTAN).encode() + b"\xff\xfe\n")
    with pytest.raises(InputError, match="isn't UTF-8") as told:
        read_links(path)
    assert told.value.line == 8
