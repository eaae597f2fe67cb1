"""The cells of a TSV file with their places, so that a fault in a table edited by hand can be pointed at.

Quoting as in RFC 4180, which is how the SSSOM tools write a cell with a tab, a line break or a quotation mark in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kzturk_graph.errors import InputError

QUOTE = '"'


class Cell(NamedTuple):
    """The text of a cell and where it begins; line and column count from 1."""

    text: str
    line: int
    column: int


def rows(text: str, first: int, path: str) -> Iterator[list[Cell]]:
    """The rows of a text whose first line is line ``first`` of the file ``path``; empty lines are left out.

    Raises InputError for a quotation mark that is never closed, or that text follows.
    """
    row: list[Cell] = []
    at, line, start = 0, first, 0  # ``start`` is where the line began
    while at < len(text):
        begun, column = line, at - start + 1
        if text[at] == QUOTE:
            content, at = _quoted(text, at, begun, column, path)
            breaks = text.count("\n", start, at)
            if breaks:
                line, start = line + breaks, text.rindex("\n", start, at) + 1
        else:
            end = _end(text, at)
            content, at = text[at:end], end
            if text[end : end + 1] != "\t":
                content = content.removesuffix("\r")
        row.append(Cell(content, begun, column))
        if at < len(text) and text[at] == "\t":
            at += 1
            if at == len(text):
                row.append(Cell("", line, at - start + 1))
            continue
        if at < len(text):
            at += 1
            line, start = line + 1, at
        if row != [("", begun, 1)]:
            yield row
        row = []
    if row:
        yield row


def _end(text: str, at: int) -> int:
    ends = [found for mark in "\t\n" if (found := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))


def _quoted(text: str, at: int, line: int, column: int, path: str) -> tuple[str, int]:
    parts, begin = [], at + 1
    while True:
        end = text.find(QUOTE, begin)
        if end < 0:
            raise InputError("a quotation mark isn't closed", path=path, line=line, column=column, hint=_QUOTING)
        parts.append(text[begin:end])
        if text[end + 1 : end + 2] != QUOTE:
            break
        parts.append(QUOTE)
        begin = end + 2
    if text[end + 1 : end + 3] == "\r\n":
        return "".join(parts), end + 2
    if text[end + 1 : end + 2] not in ("\t", "\n", ""):
        raise InputError("text follows a quotation mark", path=path, line=line, column=column, hint=_QUOTING)
    return "".join(parts), end + 1


_QUOTING = 'a cell that begins with " ends with it, and holds "" for each " inside'


def spelled(cells: list[str]) -> str:
    """A row as a line, cells quoted where they must be."""
    return "\t".join(_spell(cell) for cell in cells) + "\n"


def _spell(cell: str) -> str:
    if any(mark in cell for mark in '\t\n\r"'):
        return QUOTE + cell.replace(QUOTE, QUOTE * 2) + QUOTE
    return cell
