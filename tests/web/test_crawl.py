"""Every page that the home page leads to: it is there, its links and anchors lead somewhere, its text is whole."""

from __future__ import annotations

import re
from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.web.client import ask

pytestmark = pytest.mark.needs("web")

OF_A_KIND = 12
"""How many pages of a kind, such as ``/page/document/``, are fetched; each kind has pages of one template."""

UNFINISHED = re.compile(r"\{\{|\{%|&amp;(amp|lt|quot|#)|\bNone\b(?! [a-z])|undefined|object at 0x|Markup\(")


class Parsed(HTMLParser):
    """A page's links, the ids of its elements, the ids that stand twice, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.twice: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("id")
        if name is not None:
            self.twice += [name] if name in self.ids else []
            self.ids.add(name)
        self.links += [value for each in ("href", "src") if (value := given.get(each)) is not None]
        self.links += [each.split()[0] for each in (given.get("srcset") or "").split(", ") if each]


def kind(path: str) -> str:
    """What stands before a page's name."""
    return path.rpartition("/")[0]


def crawl(site: str, language: str, of_a_kind: int) -> tuple[dict[str, int], dict[str, Parsed], list[str]]:
    """The status of what was fetched, the pages in it, and what is wrong with them."""
    queue, known = deque(["/"]), {"/"}
    statuses: dict[str, int] = {}
    pages: dict[str, Parsed] = {}
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    while queue:
        path = queue.popleft()
        got = ask(site, path, accept="text/html,*/*;q=0.8", accept_language=language)
        statuses[path] = got.status
        if got.status in (302, 303, 307):
            found = [got.headers["location"]]
        elif got.media == "text/html":
            if re.search(f'<html lang="{language}"', got.text) is None:
                wrong.append(f"{path} isn't in {language}")
            pages[path] = Parsed(got.text)
            found = pages[path].links
            wrong += [f"{path} has the id {each} twice" for each in pages[path].twice]
            if said := UNFINISHED.search(re.sub(r"<(pre|textarea)\b.*?</\1>", "", got.text, flags=re.S)):
                wrong.append(f"{path} says {said[0]!r}")
        else:
            found = []
        for link in found:
            address = urldefrag(urljoin(site + path, link)).url
            target = address.removeprefix(site) or "/"
            if not address.startswith(site + "/") or target in known or urlsplit(target).query:
                continue
            kinds[kind(target)] += 1
            if kinds[kind(target)] <= of_a_kind:
                known.add(target)
                queue.append(target)
    return statuses, pages, wrong


def dead_anchors(site: str, pages: dict[str, Parsed]) -> list[str]:
    """The links to a place in a page that was fetched and lacks it."""
    dead = []
    for path, page in pages.items():
        for link in page.links:
            address, place = urldefrag(urljoin(site + path, link))
            target = pages.get(address.removeprefix(site))
            if place and target is not None and place not in target.ids:
                dead.append(f"{path} → {link}")
    return dead


@pytest.mark.parametrize(("language", "of_a_kind"), [("en", OF_A_KIND), ("tr", 3), ("kk", 3), ("ru", 3)])
def test_every_link_leads_somewhere(site: str, language: str, of_a_kind: int) -> None:
    statuses, pages, wrong = crawl(site, language, of_a_kind)
    assert {path: status for path, status in statuses.items() if status not in (200, 303)} == {}
    assert wrong == []
    assert dead_anchors(site, pages) == []
    assert len(pages) > 4 * of_a_kind
    assert {"/page", "/page/document", "/page/passage", "/conflicts", "/queries", "/browse"} <= {
        kind(each) for each in pages
    }
