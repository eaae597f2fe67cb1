"""A document's file as the passages that it holds, whether it is a text or an HTML page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kzturk_graph.errors import InputError
from kzturk_graph.graph.files import read_bytes, read_text
from kzturk_graph.sources import html
from kzturk_graph.sources.passages import passages

TEXT_ENDINGS = (".txt", ".md", "")
HTML_ENDINGS = (".html", ".htm", ".xhtml")
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Reading:
    """What a document's file holds: its passages in order, white space folded, and the language that a page
    says it is in.
    """

    passages: tuple[str, ...]
    language: str | None = None


def read_document(path: Path) -> Reading:
    """Read a text (a passage is a non-blank line) or an HTML page (see ``html.split``), told apart by ending
    or beginning.

    Raises InputError where the file can't be read, isn't UTF-8, is no text at all, or holds no words.
    """
    _check_text(path)
    text = read_text(path).removeprefix("\ufeff")
    page = path.suffix.lower() in HTML_ENDINGS or _PAGE.match(text) is not None
    found, language = html.split(text) if page else (passages(text), None)
    if not any(char.isalnum() for passage in found for char in passage):
        raise InputError(
            "holds no text" + (" outside navigation, scripts and controls" if page else ""),
            path=str(path),
            hint="save the document's words as a text in UTF-8"
            + (": this page may be filled in by a script" if page else ", a paragraph a line"),
        )
    return Reading(tuple(found), language)


def _check_text(path: Path) -> None:
    """A PDF or a word processor's file is told by name: 'isn't UTF-8' would send a person to the wrong
    mending.
    """
    data = read_bytes(path)
    hint = "save the document's words as a text in UTF-8, or its page as HTML"
    if data.startswith(b"%PDF"):
        raise InputError("is a PDF and no text", path=str(path), hint=hint)
    if b"\0" in data:
        raise InputError("is no text in UTF-8: it holds zero bytes", path=str(path), hint=hint)
