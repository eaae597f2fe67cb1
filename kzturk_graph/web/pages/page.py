"""One page that is asked for: in which language, with which filters, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from kzturk_graph import terms
from kzturk_graph.errors import KzturkError
from kzturk_graph.graph.selection import MODALITIES, Selection
from kzturk_graph.web.linked.accept import best_language
from kzturk_graph.web.pages import addresses, wording
from kzturk_graph.web.pages.messages import LANGUAGES, Messages

if TYPE_CHECKING:
    from starlette.requests import Request

    from kzturk_graph.web.pages.desk import Desk
    from kzturk_graph.web.pages.markup import Writer

FILTERS = ("as-of", "undated", "source", "modality")
"""The parameters that choose assertions, on every page."""
HTML = "text/html; charset=utf-8"


class Written(NamedTuple):
    """A response before it is sent: its bytes, status, media type and headers."""

    body: bytes
    status: int = 200
    media: str = HTML
    headers: Mapping[str, str] = {}


class NotThereError(KzturkError):
    """There is no such thing here; ``near`` are pairs of path and label of what it may have been."""

    def __init__(self, name: str, near: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(f"there is no {name!r} here")
        self.name, self.near = name, near


class Page:
    """A request as the views see it. The language is that of ``?lang=``, else the one the reader's browser prefers."""

    def __init__(self, desk: Desk, request: Request) -> None:
        self.desk, self.request, self.index = desk, request, desk.index
        self.query = request.query_params
        asked = self.query.get("lang", "")
        self.language = (
            asked if asked in LANGUAGES else best_language(request.headers.get("accept-language"), tuple(LANGUAGES))
        )
        self.say = Messages(self.language)

    @property
    def path(self) -> str:
        """The path that was asked for, as an address of this site: never one of another, as ``//host`` would be."""
        return "/" + quote(self.request.scope["path"].lstrip("/"))

    @cached_property
    def writer(self) -> Writer:
        """Writes values as HTML, in the language and with the filters of this page."""
        from kzturk_graph.web.pages.markup import Writer

        return Writer(self)

    @cached_property
    def kept(self) -> dict[str, str | list[str] | None]:
        """The parameters that links take along."""
        found = {name: [each for each in self.query.getlist(name) if each] for name in addresses.KEPT}
        return {name: values for name, values in found.items() if values}

    def url(self, path: str, **parameters: str | list[str] | None) -> str:
        """The address of another page, with the reader's language and filters."""
        return addresses.with_query(path, {**self.kept, **parameters})

    def here(self, **parameters: str | list[str] | None) -> str:
        """The address of this page with some parameters changed; None takes one out."""
        given: dict[str, str | list[str] | None] = {name: self.query.getlist(name) for name in self.query}
        return addresses.with_query(self.path, {**given, **parameters})

    @property
    def others(self) -> list[tuple[str, str]]:
        """Names and values of what the address holds beside the filters: a form of filters sends them along."""
        return [(name, value) for name, value in self.query.multi_items() if name not in FILTERS and value]

    @property
    def plain(self) -> str:
        """The address of this page without anything chosen but the language."""
        return addresses.with_query(self.path, {"lang": self.query.get("lang")})

    def place(self, iri: str) -> str:
        """The path of a thing's page; empty for what isn't ours."""
        return addresses.page(iri) or ""

    def in_language(self, language: str) -> str:
        """The address of this page in another language."""
        return self.here(lang=language)

    @property
    def absolute(self) -> str:
        """What to put before a path to make it a whole address; empty where the site has no address of its own."""
        return (self.desk.site.settings.base or "").rstrip("/")

    @cached_property
    def selection(self) -> Selection:
        """What the filters in the address choose; facts of all documents where there are none.

        Raises UnknownName and UsageError for a filter that can't be met.
        """
        from kzturk_graph.graph.filters import UNDATED, choose

        def given(name: str) -> list[str]:
            return [each for each in self.query.getlist(name) if each]

        undated = self.query.get("undated", "")
        return choose(
            self.desk.site.store,
            modalities=given("modality"),
            sources=given("source"),
            as_of=next(iter(given("as-of")), None),
            undated=undated if undated in UNDATED else UNDATED[0],
        )

    @property
    def filtered(self) -> bool:
        """Whether the reader has chosen filters."""
        return any(name in self.kept for name in FILTERS if name != "undated")

    def admits(self, assertion: str) -> bool:
        """Whether the filters let an assertion (its IRI) through; without a modality among them all are let through.

        What stands beside the assertions (its name is empty) always passes.
        """
        if not self.filtered or not assertion:
            return True
        from dataclasses import replace

        every = self.selection if "modality" in self.kept else replace(self.selection, modalities=frozenset(MODALITIES))
        found = self.desk.site.corpus.assertions[assertion]
        return every.covers(found) and every.is_known(found, self.index.statement_dates)

    def label(self, iri: str) -> str:
        """What to call a thing, in the page's language."""
        return self.index.label(iri, self.language)

    def property(self, iri: str) -> str:
        """What to call a property in a sentence about a thing."""
        return self.say("document.type") if iri == terms.TYPE else self.label(iri)

    def address_of(self, document: str) -> str | None:
        """Where a document stands on the web, by its IRI; None where that isn't known."""
        found = self.index.first(document, terms.PREFIXES["schema"] + "url")
        return addresses.outside(found.value) if found is not None else None

    def title(self, query: str) -> str:
        """What a saved query is called; its summary where the catalogue of messages doesn't know it."""
        from kzturk_graph.queries.catalogue import saved_query

        return self.say.get(f"query.{query}", "") or saved_query(query).summary

    def date(self, text: str) -> str:
        """An EDTF date in words."""
        return wording.date(text, self.say)

    def html(self, template: str, status: int = 200, **values: object) -> Written:
        """The page, written by a template."""
        text = self.desk.templates.get_template(template).render(
            page=self, say=self.say, url=self.url, show=self.writer.show, link=self.writer.link, **values
        )
        return Written(text.encode(), status)

    def redirect(self, path: str) -> Written:
        """An answer that leads elsewhere (303)."""
        return Written(b"", 303, "", {"Location": path})
