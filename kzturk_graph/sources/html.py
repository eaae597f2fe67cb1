"""An HTML page as passages: its block elements, by the standard library's parser.

``html.parser`` reports tags as they come and builds no tree, so the few end tags that HTML lets a page leave
out are inferred here (https://html.spec.whatwg.org/multipage/syntax.html#optional-tags).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

DROPPED = frozenset({
    "audio", "button", "canvas", "dialog", "iframe", "nav", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
"""Elements whose content is no text of the document; nor is what is ``hidden``, or navigation by its role."""

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "search",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin and end a passage; a row of a table is one, its cells set apart by blanks."""

_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_NESTING = BLOCKS | _CELLS | {"head"}
# an element that a sibling of its own kind ends, where its end tag is left out
_ENDED_BY_SIBLING = _CELLS | {"dd", "dt", "li", "tr"}
_PAIRS = ({"td", "th"}, {"dd", "dt"})
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-|$)", re.IGNORECASE)

Attributes = list[tuple[str, str | None]]


def split(page: str) -> tuple[list[str], str | None]:
    """The passages of a page in order, white space folded, and the language that it says it is in.

    A paragraph, heading, item, caption, row of a table or other block is a passage, and so is what two line
    breaks in a row set apart.

    >>> split("<title>News</title><nav>Home</nav><h1>It opens</h1><p>On <b>Monday</b>.<p>At noon.")[0]
    ['It opens', 'On Monday.', 'At noon.']
    """
    splitter = _Splitter()
    splitter.feed(page)
    splitter.close()
    splitter.end_passage()
    return splitter.found, splitter.language


class _Splitter(HTMLParser):
    """Keeps the open elements that nest or are dropped, and the text of the passage under way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.language: str | None = None
        self._open: list[tuple[str, bool]] = []
        self._dropping = 0
        self._text: list[str] = []
        self._breaks = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """A block begins a passage; what is dropped is entered so that its end is known."""
        if tag == "html":
            match = _LANGUAGE.match(dict(attrs).get("lang") or "")
            self.language = match[1].lower() if match else None
        if tag in BLOCKS | _CELLS:
            self._infer_ends(tag)
        if tag in BLOCKS:
            self.end_passage()
        elif tag in _CELLS:
            self._text.append(" ")
        elif tag == "br":
            self._break()
        if tag not in _VOID:
            self._enter(tag, _is_dropped(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """A block ends a passage, and everything that is still open in it."""
        if tag in BLOCKS:
            self.end_passage()
        if tag in _VOID or all(tag != name for name, _ in self._open):
            return
        while self._leave() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Text of the passage under way."""
        if not self._dropping:
            self._text.append(data)
            if data.strip():
                self._breaks = 0

    def end_passage(self) -> None:
        """Keep what stands since the last one, where it is more than white space."""
        folded = " ".join("".join(self._text).split())
        if folded:
            self.found.append(folded)
        self._text, self._breaks = [], 0

    def _break(self) -> None:
        self._breaks += 1
        if self._breaks > 1:
            self.end_passage()
        else:
            self._text.append(" ")

    def _enter(self, tag: str, dropped: bool) -> None:
        # inline elements don't matter, except that a dropped one ends at its own end tag
        if tag in _NESTING or dropped or self._dropping:
            self._open.append((tag, dropped))
            self._dropping += dropped

    def _leave(self) -> str:
        tag, dropped = self._open.pop()
        self._dropping -= dropped
        return tag

    def _infer_ends(self, tag: str) -> None:
        """End the innermost element where ``tag`` can't stand in it: its end tag was left out."""
        inner = next((name for name, _ in reversed(self._open) if name in _NESTING), "")
        sibling = inner in _ENDED_BY_SIBLING and (tag == inner or {tag, inner} in _PAIRS)
        if (inner == "head" and tag != "html") or (inner == "p" and tag in BLOCKS) or sibling:
            self.handle_endtag(inner)


def _is_dropped(tag: str, attributes: dict[str, str | None]) -> bool:
    return tag in DROPPED or "hidden" in attributes or attributes.get("role") == "navigation"
