"""The editor in a real browser, under the strictest policy: it completes, marks the error, remembers, and runs the plain form."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from kzturk_graph.graph.store import open_store
from kzturk_graph.web import editor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.needs("browser"),
    pytest.mark.skipif(editor.script() is None, reason="this build has no editor"),
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
QUERY = "SELECT ?treaty WHER {\n  ?treaty a kt:Treaty\n}"
FORM = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>SPARQL</title>
<form action="/sparql-page"><label for="query">Query</label>
<textarea id="query" name="query" data-vocabulary="/vocabulary.json" data-search="/search.json" data-lang="en"
 data-error="'WHER' isn't expected here" data-error-line="1" data-error-column="16">{QUERY}</textarea>
<span data-history></span><button>Run</button></form><script src="/editor.js" defer></script></html>"""


class Handler(BaseHTTPRequestHandler):
    """The form, the editor and what it asks for; every request is noted."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        path = urlsplit(self.path).path
        body, kind = {
            "/editor.js": (editor.script() or b"", "text/javascript"),
            "/vocabulary.json": (json.dumps(editor.vocabulary(open_store())).encode(), "application/json"),
            "/search.json": (b'[{"iri":"x","curie":"id:nazarbayev","label":"Nursultan Nazarbayev","kind":"person"}]', "application/json"),
        }.get(path, (FORM.encode(), "text/html"))  # fmt: skip
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        faults: list[str] = []
        page.on(
            "console",
            lambda said: faults.append(said.text) if said.type == "error" and "favicon" not in said.text else None,
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        Handler.asked.clear()
        page.goto(address)
        page.wait_for_selector("form[data-editor=ready]")
        yield page
        browser.close()
        assert faults == [], "neither an error nor a breach of the policy"


def _type(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def _accept(page: Page, shown: str) -> None:
    """Take the completion that is chosen, once it is this one; the editor takes no key in the first moment."""
    page.locator(".cm-tooltip-autocomplete li[aria-selected]", has_text=shown).wait_for()
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")


def test_marks_the_place_that_the_server_named(page: Page) -> None:
    assert page.locator(".cm-lintRange-error").inner_text() == "WHER"
    assert not page.locator("textarea").is_visible()


def test_completes_a_name_by_its_label(page: Page) -> None:
    _type(page, "\nid:nazarb")
    _accept(page, "Nursultan Nazarbayev")
    assert page.input_value("textarea").endswith("id:nazarbayev")
    assert any("/search.json?q=nazarb&lang=en" in asked for asked in Handler.asked)


@pytest.mark.parametrize(("typed", "term"), [("kt:signedO", "kt:signedOn"), ("recognised", "kt:recognized")])
def test_completes_a_term_by_its_name_or_its_label(page: Page, typed: str, term: str) -> None:
    _type(page, f"\n{typed}")
    _accept(page, term)
    assert page.input_value("textarea").endswith(f"\n{term}")


def test_control_enter_submits_the_plain_form_and_the_query_is_remembered(page: Page) -> None:
    _type(page, " # again")
    with page.expect_navigation(url="**/sparql-page?*"):
        page.keyboard.press("Control+Enter")
    sent = parse_qs(urlsplit(next(each for each in Handler.asked if each.startswith("/sparql-page"))).query)
    assert sent["query"][0].replace("\r\n", "\n") == f"{QUERY} # again"
    page.wait_for_selector("form[data-editor=ready]")
    page.locator("[data-history] select").select_option(index=1)
    assert page.input_value("textarea") == f"{QUERY} # again"


def test_the_keyboard_is_not_trapped(page: Page) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
