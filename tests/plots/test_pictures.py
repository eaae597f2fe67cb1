"""What the pictures show: every report with its source, nothing surer than it is said."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import pytest

import kzturk_graph
from kzturk_graph import resources
from kzturk_graph.errors import UnknownName, UsageError
from kzturk_graph.graph.store import open_store
from kzturk_graph.plots import places
from kzturk_graph.plots.catalogue import pictures, plot
from kzturk_graph.plots.model import Picture

SVG = "{http://www.w3.org/2000/svg}"
THING = {"dates": {"entity": "hlscc"}, "neighbours": {"entity": "hlscc"}}


def made(name: str, **given: Any) -> Picture:
    return plot(name, **THING.get(name, {}), **given)


def values(picture: Picture, data: str) -> list[dict[str, Any]]:
    return next(each["values"] for each in picture.spec["data"] if each["name"] == data)


@pytest.mark.needs("plot")
@pytest.mark.parametrize("language", ["en", "tr", "kk", "ru"])
@pytest.mark.parametrize("name", list(pictures()))
def test_is_an_svg_that_says_what_it_is(name: str, language: str) -> None:
    picture = made(name, lang=language)
    drawn = picture.svg()
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == picture.title  # type: ignore[union-attr]
    assert picture.caption in (root.find(f"{SVG}desc").text or "")  # type: ignore[union-attr]
    assert root.get("lang") == language
    assert {each.get("font-family") for each in root.iter(f"{SVG}text")} == {"sans-serif"}
    assert not any(word in drawn for word in ("NaN", "undefined", "null", " style=", "<style", "<script", "href="))


@pytest.mark.parametrize("name", list(pictures()))
def test_every_row_has_its_passage_among_the_sources(name: str) -> None:
    picture = made(name)
    assert picture.rows
    cited = {source.iri for source in picture.sources}
    place = picture.columns.index("passage")
    shown = {row[place].iri for row in picture.rows}  # type: ignore[union-attr]
    # a picture may cut long links and leave a target in other units out, but cites nothing that its table lacks
    assert cited <= shown
    assert [source.number for source in picture.sources] == list(range(1, len(cited) + 1))
    if name != "neighbours":
        assert cited == shown


@pytest.mark.needs("plot")
def test_the_same_picture_has_the_same_bytes_in_every_process() -> None:
    code = "import sys; from kzturk_graph.plots import plot; sys.stdout.write(plot('memberships').svg() + plot('map').json())"
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(drawn) == 1


def test_reports_that_differ_stand_side_by_side() -> None:
    bars = values(plot("trade", **{"from": "2005", "to": "2005"}), "reports0")
    of_2005 = [(bar["value"], bar["qualifier"], bar["held"]) for bar in bars if bar["held"] == "fact"]
    assert of_2005 == [(556_800_000, "", "fact"), (1_000_000_000, "about", "fact")]


def test_a_forecast_a_target_and_a_part_of_a_year_are_no_plain_facts() -> None:
    bars = values(plot("trade"), "reports0")
    assert [bar["value"] for bar in bars if bar["held"] == "forecast"] == [1_000_000_000]
    assert {bar["value"] for bar in bars if bar["held"] == "target"} == {10_000_000_000, 15_000_000_000}
    assert [(bar["label"], bar["partial"]) for bar in bars if bar["partial"]] == [("Jan–May 2025", True)]
    assert [bar["qualifier"] for bar in bars if bar["value"] == 5_000_000_000 and bar["label"] == "2024"] == ["over"]


def test_years_without_a_figure_are_told() -> None:
    drawn = str(plot("trade").spec["marks"])
    assert "2007–2011: no figure in the documents" in drawn
    assert "2005: no figure" not in drawn


def test_flows_and_what_may_be_a_stock_never_share_a_scale() -> None:
    sections = plot("investment").spec["data"]
    with_time = {bar["label"] for each in sections[:1] for bar in each["values"]}
    assert all(label.startswith("Kazakhstan → Türkiye, ") for label in with_time)
    unstated = [bar["value"] for bar in sections[2]["values"]]
    assert unstated == [2_000_000_000, 1_800_000_000]
    assert len(plot("investment").spec["scales"]) == len(sections)


def test_a_date_is_drawn_as_wide_as_its_source_leaves_it() -> None:
    dates = {(row["thing"], row["date"]): row for row in values(plot("timeline"), "dates")}
    session = "session 1 of the High-Level Strategic Cooperation Council"
    assert dates[session, "2012-10-11/2012-10-12"]["form"] == "point"
    year = dates["Strategic Partnership Agreement (2009)", "2009"]
    assert (year["form"], year["start"], year["end"]) == ("within", 2009, 2010)
    opened = dates["embassy of Kazakhstan in Ankara", "[..1992-10]"]
    assert opened["form"] == "open"
    assert opened["end"] == pytest.approx(1992.83, abs=0.01)
    planned = dates["session of the High-Level Strategic Cooperation Council, 2018", "2018"]
    assert planned["held"] == "planned"
    assert dates["Independence of Kazakhstan", "1991-12-16"]["doubt"] == "inferred"


def test_a_denied_membership_is_crossed_out() -> None:
    edges = values(plot("memberships"), "memberships")
    denied = [(edge["member"], edge["body"]) for edge in edges if edge["style"] == "denied"]
    assert denied == [("Türkiye", "Shanghai Cooperation Organisation")]
    assert sum(edge["style"] == "full" and edge["body"] == "TURKPA" for edge in edges) == 4


def test_neighbours_stand_on_the_side_that_their_link_says() -> None:
    links = {row["property"]: row for row in values(made("neighbours"), "links")}
    assert (links["council"]["direction"], links["council"]["align"]) == ("in", "right")
    assert (links["has member"]["direction"], links["has member"]["align"]) == ("out", "left")


def test_a_thing_with_many_links_is_cut_and_says_so() -> None:
    picture = plot("neighbours", entity="kazakhstan")
    assert any(row["form"] == "more" for row in values(picture, "neighbours"))
    assert picture.notes
    assert len(picture.rows) > len(values(picture, "neighbours"))


def test_the_selection_reaches_the_picture() -> None:
    picture = plot("trade", selection=kzturk_graph.select(sources=["003"]))
    assert {source.iri.rsplit("/", 1)[-1][:3] for source in picture.sources} == {"003"}


def test_the_map_takes_no_position_and_draws_two_countries_at_most() -> None:
    picture = plot("map")
    assert {row["country"] for row in values(picture, "countries")} <= {"kazakhstan", "turkiye"}
    assert "takes no position on borders" in picture.notes[0]
    assert any("Hatay" in note for note in picture.notes), "what has no point is named"


def test_without_outlines_the_map_has_points_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "built", lambda *names: "/nowhere/at/all")
    picture = plot("map")
    assert values(picture, "countries") == []
    assert values(picture, "places")
    assert "points alone" in picture.notes[0]


def test_labels_of_the_map_dont_overlap() -> None:
    names = values(plot("map"), "names")
    boxes = [(row["x"], row["y"], row["x"] + len(row["place"]) * 5.5, row["y"] + 24) for row in names]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def test_the_graph_knows_where_every_city_lies() -> None:
    known = kzturk_graph.sparql("SELECT ?place { ?place a kt:Place ; kt:kind c:city }")
    assert {row["place"].slug for row in known} <= set(places.coordinates(kzturk_graph.store()))  # type: ignore[union-attr]


def test_a_table_written_out() -> None:
    picture = plot("companies")
    lines = picture.csv().splitlines()
    assert lines[0].startswith("from,to,time,value")
    assert lines[1].startswith("Kazakhstan,Türkiye,2017-09-13,482,")


@pytest.mark.needs("plot")
def test_html_escapes_what_comes_from_the_graph() -> None:
    picture = dataclasses.replace(
        plot("companies"), title="<b>&</b>", rows=(("<script>alert(1)</script>",),), columns=("<i>",)
    )
    text = picture.html()
    assert "<script" not in text
    assert "<i>" not in text
    assert "<b>" not in text
    assert "http" not in text.replace("http://www.w3.org/", "")


def test_what_isnt_known_is_named() -> None:
    with pytest.raises(UnknownName, match="picture"):
        plot("trad")
    with pytest.raises(UnknownName, match="parameter of trade"):
        plot("trade", since="2005")
    with pytest.raises(UnknownName, match="theme"):
        plot("trade", theme="sepia")
    with pytest.raises(UnknownName, match="language"):
        plot("trade", lang="de")
    with pytest.raises(UsageError, match="neighbours needs a value for entity"):
        plot("neighbours")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageError, match=r"kzturk-graph\[plot\]"):
        plot("companies").svg()


def test_the_store_stays_as_it_is() -> None:
    before = len(open_store())
    plot("trade")
    assert len(open_store()) == before
