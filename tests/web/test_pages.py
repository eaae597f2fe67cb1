"""The pages that people read, asked for without a server."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from starlette.applications import Starlette

from kzturk_graph.web.pages import routes
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web.asgi import Got, get

pytestmark = pytest.mark.needs("web")

PAGES = [
    "/", "/search?q=ankara", "/browse", "/browse/Treaty", "/documents", "/page/hlscc", "/page/kazakhstan",
    "/page/document/004", "/page/document/anadolu-agency-2017-09-09", "/page/passage/004-p17", "/page/assertion/004-p17-target",
    "/page/report/004-p17-trade", "/page/ontology/between", "/page/ontology/Council", "/page/concept/scheme-measure",
    "/conflicts", "/queries", "/queries/trade-by-year", "/queries/names", "/query", "/about",
]  # fmt: skip


@pytest.fixture(scope="module")
def app() -> Starlette:
    return Starlette(routes=routes(Site(Settings())))


class Outline(HTMLParser):
    """What a test looks at in a page."""

    def __init__(self, got: Got) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(got.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.tags if "id" in attributes]


def section(text: str, name: str) -> str:
    """The part of a page below the heading with this id, up to the next heading of its level."""
    return text.split(f'id="{name}"', 1)[1].split("<h2", 1)[0]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole(app: Starlette, path: str) -> None:
    got = get(app, path)
    page = Outline(got)
    assert got.status == 200
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert len(page.ids) == len(set(page.ids))
    assert {each["href"] for each in page.all("a") if str(each["href"]).startswith("#")} <= {f"#{i}" for i in page.ids}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_inline_or_comes_from_outside(app: Starlette, path: str) -> None:
    page = Outline(get(app, path))
    assert not page.all("style")
    assert all(each.get("src") for each in page.all("script"))
    assert not [name for _, attributes in page.tags for name in attributes if name == "style" or name.startswith("on")]
    loaded = [each.get("src") for each in [*page.all("script"), *page.all("img")]] + [
        each.get("href") for each in page.all("link") if each.get("rel") in ("stylesheet", "icon")
    ]
    assert all(str(each).startswith("/") and not str(each).startswith("//") for each in loaded)


@pytest.mark.parametrize("language", ["en", "tr", "kk", "ru"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_four_languages(app: Starlette, path: str, language: str) -> None:
    got = get(app, f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert got.status == 200
    assert f'<html lang="{language}">' in got.text


def test_labels_and_interface_are_in_the_language(app: Starlette) -> None:
    text = get(app, "/page/hlscc?lang=kk").text
    assert "Жоғары деңгейдегі стратегиялық ынтымақтастық кеңесі" in text
    assert "Құрылған күні" in text or "құрылған күні" in text
    assert "2012 ж. мамыр" in text
    assert "Дереккөздер" in text


def test_the_browsers_language_counts_where_none_is_asked_for(app: Starlette) -> None:
    got = get(app, "/about", accept_language="de, ru-RU;q=0.8, en;q=0.3")
    assert '<html lang="ru">' in got.text
    assert got.headers["vary"] == "Accept-Language, Accept-Encoding"


def test_a_page_names_its_other_languages(app: Starlette) -> None:
    links = [each for each in Outline(get(app, "/browse/Treaty?from=2009")).all("link") if "hreflang" in each]
    assert [(each["hreflang"], each["href"]) for each in links][1] == ("tr", "/browse/Treaty?from=2009&lang=tr")
    assert len(links) == 4


def test_links_keep_language_and_filters(app: Starlette) -> None:
    text = get(app, "/page/hlscc?lang=tr&source=003").text
    assert "/page/document/003?lang=tr&amp;source=003" in text


def test_each_fact_has_numbered_sources(app: Starlette) -> None:
    facts = section(get(app, "/page/hlscc").text, "facts")
    for part in facts.split("<dd>")[1:]:
        assert 'class="mark"' in part


def test_sources_are_numbered_in_the_order_of_reading(app: Starlette) -> None:
    text = get(app, "/page/hlscc").text.split('id="facts"', 1)[1].split('id="sources"')[0]
    first = list(dict.fromkeys(int(each) for each in re.findall(r'href="#n(\d+)"', text)))
    assert first == sorted(first)


def test_plans_stand_apart_from_facts(app: Starlette) -> None:
    text = get(app, "/page/hlscc").text
    planned = section(text, "otherwise")
    assert "/page/hlscc-meeting-2018" in planned
    assert 'class="badge planned"' in planned
    assert "/page/hlscc-meeting-2018" not in section(text, "facts") + section(text, "referring")


def test_what_only_plans_speak_of_says_so(app: Starlette) -> None:
    text = get(app, "/page/hlscc-meeting-2018").text
    assert 'class="only"' in text
    assert 'id="facts"' not in text


def test_a_quoted_voice_stands_beside_its_mark(app: Starlette) -> None:
    assert "according to Aliya Musabekova" in get(app, "/page/report/004-p33-trade").text


def test_conflicts_are_shown_where_they_are(app: Starlette) -> None:
    shown = section(get(app, "/page/hlscc").text, "conflicts")
    assert shown.count('class="side"') == 3
    assert "May 2012" in shown


def test_the_timeline_of_a_thing_is_in_order(app: Starlette) -> None:
    years = re.findall(r'class="when">.*?(\d{4})', section(get(app, "/page/hlscc").text, "timeline"))
    assert years == sorted(years)
    assert len(years) > 5


def test_a_thing_links_to_wikidata_only_by_its_match(app: Starlette) -> None:
    text = get(app, "/page/kazakhstan").text
    assert 'href="http://www.wikidata.org/entity/Q232" rel="external noreferrer"' in text
    assert "wikidata.org" not in get(app, "/page/hlscc-5").text


def test_a_filter_by_source_leaves_that_source(app: Starlette) -> None:
    notes = section(get(app, "/page/hlscc?source=003").text, "sources")
    assert "/page/document/003" in notes
    assert "/page/document/004" not in notes


def test_a_filter_by_day_leaves_what_was_known(app: Starlette) -> None:
    notes = section(get(app, "/page/hlscc?as-of=2018").text, "sources")
    assert "/page/document/003" in notes
    assert "/page/document/002" not in notes


def test_a_filter_that_cannot_be_met_is_told(app: Starlette) -> None:
    got = get(app, "/page/hlscc?source=999")
    assert got.status == 400
    assert "unknown document" in got.text


def test_a_document_lists_every_passage(app: Starlette) -> None:
    page = Outline(get(app, "/page/document/004"))
    assert [each for each in page.ids if re.fullmatch(r"004-p\d+", each) and each.startswith("004-p")][:3] == [
        "004-p1", "004-p2", "004-p3",
    ]  # fmt: skip
    assert len({each for each in page.ids if re.fullmatch(r"004-p\d+", each)}) == 55


def test_a_passage_shows_its_assertions_in_words(app: Starlette) -> None:
    text = get(app, "/page/passage/004-p17").text
    assert text.count('<article class="assertion') == 4
    assert "10,000,000,000" in text
    assert "approached $5 billion dollars" in text


@pytest.mark.parametrize("text", ["istanbul", "ISTANBUL", "İSTANBUL", "ıstanbul"])
def test_search_folds_the_letters_i(app: Starlette, text: str) -> None:
    from urllib.parse import quote

    assert '"/page/istanbul"' in get(app, f"/search?q={quote(text)}").text


def test_search_finds_names_in_other_scripts(app: Starlette) -> None:
    found = get(app, "/search.json?q=%D0%9D%D0%B0%D0%B7%D0%B0%D1%80%D0%B1%D0%B0%D0%B5%D0%B2&lang=tr").json()
    assert "id:nazarbayev" in [each["curie"] for each in found]
    assert {"iri", "curie", "label", "kind"} <= set(found[0])


def test_a_search_without_result_offers_near_names(app: Starlette) -> None:
    assert "Ankara" in get(app, "/search?q=Ankaraa").text


def test_a_list_has_facets_and_pages(app: Starlette) -> None:
    first = get(app, "/browse/Organization").text
    second = get(app, "/browse/Organization?page=2").text
    assert "?page=2" in first
    assert first.count("<tr><td>") == 50
    assert not set(re.findall(r'<tr><td><a href="([^"]+)', first)) & set(
        re.findall(r'<tr><td><a href="([^"]+)', second)
    )
    fewer = get(app, "/browse/Organization?kind=university").text
    assert 0 < fewer.count("<tr><td>") < 20


def test_a_list_is_cut_by_period(app: Starlette) -> None:
    found = re.findall(r'<tr><td><a href="([^"]+)', get(app, "/browse/Treaty?from=2022").text)
    assert found == ["/page/enhanced-strategic-partnership-agreement"]


@pytest.mark.parametrize(
    "path", ["/page/hlsc", "/page/nothing-of-that-kind", "/nowhere", "/queries/trade-by-yeer", "/browse/Traety"]
)
def test_what_is_not_there_is_told(app: Starlette, path: str) -> None:
    assert get(app, path).status == 404


def test_near_names_are_offered(app: Starlette) -> None:
    assert 'href="/page/hlscc"' in get(app, "/page/hlsc").text
    assert 'href="/queries/trade-by-year"' in get(app, "/queries/trade-by-yeer").text


def test_a_page_that_is_known_is_not_sent_again(app: Starlette) -> None:
    tag = get(app, "/page/hlscc").headers["etag"]
    again = get(app, "/page/hlscc", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")


def test_conflicts_are_chosen_by_kind_and_topic(app: Starlette) -> None:
    every = get(app, "/conflicts").text.count('<article class="case">')
    trade = get(app, "/conflicts?topic=trade&kind=contradiction").text.count('<article class="case">')
    assert 0 < trade < every


def test_a_conflict_has_a_page_of_its_own(app: Starlette) -> None:
    name = re.findall(r'href="(/conflicts/[^"]+)"', get(app, "/conflicts?topic=trade").text)[0]
    assert get(app, name).text.count('class="side"') >= 2


def test_filters_on_a_list_keep_what_else_was_chosen(app: Starlette) -> None:
    text = get(app, "/browse/Organization?kind=university&source=004").text
    assert '<input type="hidden" name="kind" value="university">' in text
    assert '<input type="hidden" name="source" value="004">' in text


def test_conflicts_under_a_filter_have_two_sides_of_it(app: Starlette) -> None:
    text = get(app, "/conflicts?source=004").text
    notes = section(text, "sources")
    assert 'class="side"' in text
    assert "/page/document/004" in notes
    assert "/page/document/002" not in notes
