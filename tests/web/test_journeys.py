"""What readers come for, in a real browser: in light, dark, on a phone and without script; by keyboard and in print."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.browsing import READERS, Visit, visit
from tests.web.client import ask

pytestmark = [pytest.mark.needs("web"), pytest.mark.needs("browser")]


@pytest.fixture(params=READERS)
def tab(request: pytest.FixtureRequest, chromium: Any, site: str) -> Iterator[Visit]:
    """A tab of each kind of reader."""
    with visit(chromium, site, **READERS[request.param]) as tab:
        yield tab


def test_a_meeting_is_found_and_its_source_read(tab: Visit) -> None:
    tab.open("/")
    tab.page.fill("#big", "сотрудничества высокого уровня")
    tab.page.press("#big", "Enter")
    tab.page.click(".hits >> text=session 1 of the High-Level Strategic Cooperation Council")
    assert tab.text("h1").lower() == "session 1 of the high-level strategic cooperation council"
    when = tab.page.locator(".facts > div", has=tab.page.locator("dt", has_text="date")).first
    assert "11–12 October 2012" in when.inner_text()
    when.locator("a.mark").first.click()
    note = tab.page.locator(".notes li:target")
    assert "000 P4" in note.inner_text()
    note.locator("a", has_text="000 P4").click()
    assert tab.at.startswith("/page/assertion/000-p4")
    assert "11–12 October 2012" in tab.text("main")
    tab.page.locator("main a[href^='/page/passage/']").first.click()
    assert tab.text("h1") == "000 P4"


def test_a_conflict_is_opened_and_shows_every_side(tab: Visit) -> None:
    tab.open("/")
    number = int(tab.text(".numbers a"))
    tab.page.click(".numbers a")
    assert tab.page.locator(".case").count() == number
    tab.page.click(".case h2 a >> text=High-Level Strategic Cooperation Council")
    sides = tab.page.locator(".side").all_inner_texts()
    assert len(sides) == 3
    assert all("2012" in side for side in sides)
    marks = tab.page.locator(".side a.mark").evaluate_all("all => all.map(each => each.getAttribute('href').slice(1))")
    assert set(marks) <= set(tab.page.locator(".notes li").evaluate_all("all => all.map(each => each.id)"))


def test_a_question_is_asked_with_its_values(tab: Visit) -> None:
    tab.open("/queries")
    tab.page.click("main a >> text='Trade year by year'")
    tab.page.fill("[name=from]", "2012")
    tab.page.fill("[name=to]", "2019")
    tab.page.click(".ask button")
    periods = tab.page.locator("tbody td:first-child").all_inner_texts()
    assert periods == ["2012", "2016", "2019"]
    assert tab.page.locator("tbody .cited a").count() >= len(periods)
    assert tab.page.evaluate("document.querySelector('.picture img').decode().then(() => true)")
    lasting = tab.page.locator("p.hint a", has_text="from=2012").get_attribute("href")
    assert "to=2019" in lasting
    table = tab.page.locator(".links a", has_text="CSV").get_attribute("href")
    assert len(ask(tab.site, table).text.strip().splitlines()) == 1 + len(periods)


WRONG = "SELECT ?meeting WHERE {\n  ?meeting a kt:Meeting ;;; kt:date\n}"
RIGHT = "SELECT ?meeting WHERE {\n  ?meeting a kt:Meeting\n}"


def test_a_query_s_error_is_shown_and_mended(tab: Visit) -> None:
    tab.open("/query")
    _write(tab, WRONG)
    tab.page.click(".sparql button:not([type=button])")
    assert tab.page.locator("#problem").count() == 1
    said = tab.text("#problem")
    line = int(re.search(r"Line (\d+), column (\d+)", said)[1])  # type: ignore[index]
    assert WRONG.splitlines()[line - 1].strip() in said
    assert tab.page.get_attribute("#query", "data-error-line") == str(line)
    _write(tab, RIGHT)
    tab.page.click(".sparql button:not([type=button])")
    assert tab.page.locator("#problem").count() == 0
    assert tab.page.locator("tbody tr").count() > 3
    assert urllib.parse.parse_qs(urllib.parse.urlsplit(tab.page.url).query)["query"][0].split() == RIGHT.split()


def _write(tab: Visit, query: str) -> None:
    """Put a query in: pasted into the editor where there is one, else into the plain form."""
    if tab.page.evaluate("matchMedia('(scripting: enabled)').matches"):
        tab.page.wait_for_selector("form[data-editor=ready]")
        tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=tab.site)
        tab.page.evaluate("text => navigator.clipboard.writeText(text)", query)
        tab.page.locator(".cm-content").click()
        tab.page.keyboard.press("Control+a")
        tab.page.keyboard.press("Control+v")
    else:
        tab.page.fill("#query", query)


def test_the_language_is_switched_and_all_else_stays(tab: Visit) -> None:
    tab.open("/page/hlscc?modality=fact")
    headings = set()
    for code, name in {"tr": "Türkçe", "kk": "Қазақша", "ru": "Русский", "en": "English"}.items():
        tab.page.click(f".tongues >> text={name}")
        assert tab.page.get_attribute("html", "lang") == code
        assert "/page/hlscc" in tab.at
        assert "modality=fact" in tab.at
        headings.add((tab.text("h1"), tab.text("#facts")))
    assert len({heading for heading, _ in headings}) == len({facts for _, facts in headings}) == 4


def test_the_language_that_was_chosen_goes_along(tab: Visit) -> None:
    tab.open("/?lang=kk")
    tab.page.fill("#big", "Тоқаев")
    tab.page.press("#big", "Enter")
    tab.page.click(".hits a >> nth=0")
    assert tab.page.get_attribute("html", "lang") == "kk"
    assert "Тоқаев" in tab.text("h1")


PAGES = ("/", "/page/hlscc", "/page/document/000", "/conflicts", "/queries/trade-by-year", "/browse/Organization", "/query",
         "/about", "/map", "/search?q=T%C3%BCrkiye", "/page/kazakhstan", "/investment", "/page/nothing")  # fmt: skip


def test_no_page_is_wider_than_a_phone(chromium: Any, site: str) -> None:
    with visit(chromium, site, **READERS["phone"]) as tab:
        widths = {}
        for path in PAGES:
            tab.open(f"{path}{'&' if '?' in path else '?'}lang=ru")
            widths[tab.at] = tab.page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 360} == {}


def test_a_picture_scrolls_on_a_phone_and_can_be_read(chromium: Any, site: str) -> None:
    with visit(chromium, site, **READERS["phone"]) as tab:
        tab.open("/map")
        assert tab.page.evaluate("document.querySelector('.canvas img').getBoundingClientRect().width") >= 700
        assert tab.page.evaluate("document.querySelector('.canvas').clientWidth") < 360


def test_the_first_key_leads_to_the_content(chromium: Any, site: str) -> None:
    with visit(chromium, site) as tab:
        tab.open("/page/hlscc")
        tab.page.keyboard.press("Tab")
        assert tab.page.evaluate("document.activeElement.className") == "skip"
        tab.page.keyboard.press("Enter")
        assert tab.page.evaluate("document.activeElement.id") == "main"


def test_a_question_is_asked_by_keyboard_alone(chromium: Any, site: str) -> None:
    with visit(chromium, site) as tab:
        tab.open("/queries/trade-by-year")
        for _ in range(60):
            tab.page.keyboard.press("Tab")
            if tab.page.evaluate("document.activeElement.name") == "from":
                break
        tab.page.keyboard.type("2024")
        tab.page.keyboard.press("Enter")
        tab.page.wait_for_url("**from=2024**")
        assert tab.page.locator("tbody tr").count() >= 3


def test_print_leaves_the_frame_out_and_adds_addresses(chromium: Any, site: str) -> None:
    with visit(chromium, site) as tab:
        for path in ("/page/hlscc", "/queries/trade-by-year", "/conflicts"):
            tab.open(path)
            tab.page.emulate_media(media="print")
            shown = [
                each
                for each in (".top", ".foot", ".skip", ".ask", ".filters")
                if tab.page.locator(each).first.is_visible()
            ]
            assert shown == []
            assert "https://w3id.org/kzturk/assertion/" in tab.text("ol.notes li")
            assert tab.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
            printed = tab.page.pdf(format="A4")
            assert printed.startswith(b"%PDF")
            tab.page.emulate_media(media="screen")


def test_footnotes_are_numbered_in_the_order_of_reading(chromium: Any, site: str) -> None:
    with visit(chromium, site) as tab:
        for path in ("/page/hlscc", "/page/tokayev", "/conflicts"):
            tab.open(path)
            marks = tab.page.locator("main a.mark").evaluate_all("all => all.map(each => Number(each.innerText))")
            first = list(dict.fromkeys(marks))
            assert first == list(range(1, len(first) + 1))


def test_a_year_s_field_is_called_so_in_every_language(chromium: Any, site: str) -> None:
    with visit(chromium, site) as tab:
        labels = []
        for code in ("en", "tr", "kk", "ru"):
            tab.open(f"/queries/trade-by-year?lang={code}")
            labels.append([tab.text("label[for=p-from]"), tab.text("label[for=p-to]")])
    assert labels == [["From", "To"], ["Başlangıç", "Bitiş"], ["Басталу уақыты", "Соңғы уақыты"], ["Начало", "Конец"]]
