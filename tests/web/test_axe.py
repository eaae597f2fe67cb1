"""axe-core finds nothing on any kind of page, in light, in dark and on a phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.browsing import READERS, Visit, visit

package = pytest.importorskip(
    "axe_playwright_python", reason="needs PyPI's axe-playwright-python, which carries axe-core"
)

pytestmark = [pytest.mark.needs("web"), pytest.mark.needs("browser")]

KINDS = {
    "home": "/",
    "search": "/search?q=назарбаев",
    "nothing found": "/search?q=zzzz",
    "classes": "/browse",
    "class": "/browse/Treaty",
    "documents": "/documents",
    "entity with conflicts and plans": "/page/hlscc",
    "entity with figures, in Kazakh": "/page/tokayev?lang=kk",
    "filtered entity": "/page/ankara?modality=planned",
    "document": "/page/document/000",
    "passage": "/page/passage/004-p2",
    "assertion": "/page/assertion/004-p2-visit",
    "term": "/page/ontology/Meeting",
    "conflicts": "/conflicts?kind=differing-period",
    "conflict": "/conflicts/{conflict}",
    "saved queries": "/queries",
    "saved query with a chart": "/queries/trade-by-year",
    "saved query that lacks a value": "/queries/lacking",
    "timeline": "/timeline?from=2012&to=2013",
    "map": "/map",
    "picture": "/plot/map",
    "editor": "/query",
    "answer": "/query?query=SELECT%20*%20%7B%3Fs%20a%20kt%3AMeeting%7D&cite=1",
    "error": "/query?query=SELECT%20*%20%7B",
    "about": "/about",
    "not here": "/page/nothing",
}
IN_DARK = (
    "search", "class", "entity with conflicts and plans", "document", "passage", "conflict", "saved query with a chart",
    "editor", "answer", "error", "about",
)  # fmt: skip
ON_A_PHONE = ("home", "entity with conflicts and plans", "saved query with a chart", "map", "editor")
AXE = Path(package.__file__).with_name("axe.min.js")
FIND = "async rules => (await axe.run({resultTypes: ['violations'], ...rules})).violations"
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


class Axe:
    """What axe finds in a tab: ``found`` has the places of each finding by page and rule."""

    def __init__(self, tab: Visit) -> None:
        self.tab = tab
        self.found: dict[str, list[str]] = {}

    def open(self, kind: str) -> None:
        path = KINDS[kind]
        if "{conflict}" in path:
            self.tab.open("/conflicts")
            path = self.tab.page.get_attribute(".case a[href^='/conflicts/']", "href")
        self.tab.open(path)
        self.tab.page.evaluate(AXE.read_text(encoding="utf-8"))

    def look(self, name: str, rules: dict[str, list[str]]) -> None:
        for each in self.tab.page.evaluate(FIND, rules):
            self.found[f"{name}: {each['id']}"] = [node["html"] for node in each["nodes"][:3]]

    def report(self) -> str:
        return json.dumps(self.found, indent=1, ensure_ascii=False)


def test_axe_finds_nothing_in_light_or_dark(chromium: Any, site: str) -> None:
    with visit(chromium, site) as tab:
        axe = Axe(tab)
        for kind in KINDS:
            axe.open(kind)
            axe.look(kind, {})
            if kind in IN_DARK:
                tab.page.emulate_media(color_scheme="dark")
                axe.look(f"{kind}, dark", COLOURS)
                tab.page.emulate_media(color_scheme="light")
    assert axe.found == {}, axe.report()


def test_axe_finds_nothing_on_a_phone(chromium: Any, site: str) -> None:
    with visit(chromium, site, **READERS["phone"]) as tab:
        axe = Axe(tab)
        for kind in ON_A_PHONE:
            axe.open(kind)
            axe.look(kind, {})
    assert axe.found == {}, axe.report()


def test_axe_finds_what_is_wrong(chromium: Any, site: str) -> None:
    with visit(chromium, site) as tab:
        axe = Axe(tab)
        axe.open("about")
        tab.page.evaluate("document.documentElement.removeAttribute('lang')")
        axe.look("about", {})
    assert list(axe.found) == ["about: html-has-lang"]
