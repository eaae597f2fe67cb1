"""The pages in a real browser: by keyboard, on a phone, in dark, in print, and with every outside request counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright", reason="needs PyPI's playwright")

pytestmark = [pytest.mark.needs("web"), pytest.mark.needs("browser")]
PAGES = [
    "/",
    "/page/hlscc",
    "/page/document/004",
    "/conflicts",
    "/queries/trade-by-year",
    "/browse/Organization",
    "/query",
    "/about",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_asked_of_others_and_nothing_is_refused(chromium: Any, site: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme)
    page, asked, told = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    for path in PAGES:
        page.goto(site + path)
    context.close()
    assert [url for url in asked if not url.startswith(site)] == []
    assert told == []


def test_no_page_is_wider_than_a_phone(chromium: Any, site: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=True)
    page = context.new_page()
    widths = {}
    for path in PAGES:
        page.goto(site + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {path: width for path, width in widths.items() if width > 360} == {}


def test_the_first_key_leads_to_the_content(chromium: Any, site: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site}/page/hlscc")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    context.close()


def test_a_reader_without_script_finds_a_source(chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.fill("#big", "сотрудничества высокого уровня")
    page.press("#big", "Enter")
    page.click("text=High-Level Strategic Cooperation Council")
    page.click("a.mark >> nth=0")
    assert page.url.startswith(f"{site}/page/hlscc#n")
    page.click("#sources ~ ol li:first-child a >> nth=1")
    assert "/page/assertion/" in page.url
    context.close()


def test_print_leaves_the_frame_out_and_adds_addresses(chromium: Any, site: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site}/page/hlscc")
    page.emulate_media(media="print")
    assert not page.is_visible("header.top")
    assert "https://w3id.org/kzturk/assertion/" in page.inner_text("ol.notes li:first-child")
    context.close()
