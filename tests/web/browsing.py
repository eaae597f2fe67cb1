"""A real browser that may reach the site and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 360, "height": 740}
READERS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True},
    "no script": {"java_script_enabled": False},
}
"""The ways in which a page is read, as options of a browser's context."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A tab at the site, what it asked of others (and didn't get), and the errors that the browser told."""

    page: Any
    site: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Go to a path of the site; the status."""
        status = self.page.goto(self.site + path).status
        assert isinstance(status, int)
        return status

    def text(self, selector: str) -> str:
        """The visible text of the first that the selector finds."""
        return str(self.page.locator(selector).first.inner_text())

    @property
    def at(self) -> str:
        """The path at which the tab is, with its query."""
        return str(self.page.url).removeprefix(self.site)

    def guard(self, route: Any) -> None:
        """Let a request to the site pass; note and stop any other."""
        if route.request.url.startswith(self.site + "/"):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def hear(self, message: Any) -> None:
        """Note an error in the browser's console; a page that answers with an error's status is none."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def receive(self, response: Any) -> None:
        """Note what a page needs and doesn't get."""
        if response.status >= 400 and not response.request.is_navigation_request():
            self.errors.append(f"{response.status} {response.url}")


@contextmanager
def visit(browser: Any, site: str, **options: Any) -> Iterator[Visit]:
    """A tab of its own; at its end, nothing was asked of others and the browser told of no error."""
    context = browser.new_context(**options)
    visit = Visit(context.new_page(), site)
    visit.page.set_default_timeout(10_000)
    context.route("**/*", visit.guard)
    visit.page.on("console", visit.hear)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("response", visit.receive)
    try:
        yield visit
    finally:
        context.close()
    assert visit.outside == []
    assert visit.errors == [], visit.errors
