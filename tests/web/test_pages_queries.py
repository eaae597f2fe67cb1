"""Saved queries as forms, with their answers and downloads."""

from __future__ import annotations

import csv
import io

import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from starlette.applications import Starlette

from kzturk_graph.queries.catalogue import catalogue
from kzturk_graph.web.pages import routes
from kzturk_graph.web.pages.files import harmless
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web.asgi import get

pytestmark = pytest.mark.needs("web")


@pytest.fixture(scope="module")
def app() -> Starlette:
    return Starlette(routes=routes(Site(Settings())))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_query_has_its_form(app: Starlette, name: str) -> None:
    got = get(app, f"/queries/{name}")
    assert got.status == 200
    for parameter in catalogue()[name].parameters:
        shown = "q-lang" if parameter.name == "lang" else parameter.name
        assert f'name="{shown}"' in got.text


def test_an_answer_has_a_source_for_each_row(app: Starlette) -> None:
    text = get(app, "/queries/trade-by-year?from=2024&to=2024").text
    assert text.count('<td class="cited"><a class="mark"') == 3
    assert "surpassed the $5 billion mark" in text


def test_a_menu_offers_the_things_of_the_class(app: Starlette) -> None:
    text = get(app, "/queries/council-sessions").text
    assert '<option value="hlscc">' in text


def test_a_choice_of_several_is_a_list_of_boxes(app: Starlette) -> None:
    text = get(app, "/queries/missions?kinds=embassy").text
    assert 'type="checkbox" name="kinds" value="embassy" checked' in text


def test_what_is_missing_is_said_and_nothing_run(app: Starlette) -> None:
    text = get(app, "/queries/document-facts").text
    assert "Needed for an answer: document" in text
    assert "<table>" not in text


def test_a_value_that_cannot_be_read_is_told(app: Starlette) -> None:
    got = get(app, "/queries/trade-by-year?from=soon")
    assert got.status == 400
    assert "is not a year" in got.text


def test_as_of_a_day_each_row_says_how_surely_it_was_known(app: Starlette) -> None:
    text = get(app, "/queries/trade-by-year?as-of=2018").text
    assert "through the work it cites" in text
    assert "Rows more from what was stated" in text


def test_the_address_holds_all_that_was_chosen(app: Starlette) -> None:
    assert (
        'href="/queries/trade-by-year?from=2012&amp;source=003"'
        in get(app, "/queries/trade-by-year?from=2012&source=003").text
    )


def test_the_answer_as_a_spreadsheet(app: Starlette) -> None:
    got = get(app, "/queries/trade-by-year.csv?from=2024&to=2024")
    rows = list(csv.reader(io.StringIO(got.text)))
    assert len(rows) == 4
    assert rows[1][2] == "5000000000"
    assert rows[1][-1] == "002 P8"
    assert got.headers["content-disposition"] == 'attachment; filename="trade-by-year.csv"'


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-2.5", "+7", "2012-05", "about 5"])
def test_other_cells_stay(cell: str) -> None:
    assert harmless(cell) == cell


def test_the_answer_for_programs(app: Starlette) -> None:
    found = get(app, "/queries/trade-by-year.json?from=2024&to=2024").json()
    assert len(found["results"]["bindings"]) == 3
    assert len(found["citations"]["rows"]) == 3


@pytest.mark.parametrize(("form", "start"), [("xml", "<?xml"), ("tsv", "period\t"), ("bib", "@"), ("csl.json", "[")])
def test_other_downloads(app: Starlette, form: str, start: str) -> None:
    assert get(app, f"/queries/trade-by-year.{form}").text.startswith(start)


def test_an_unknown_download_is_not_there(app: Starlette) -> None:
    assert get(app, "/queries/trade-by-year.exe").status == 404
