"""The tokens of a query as its grammar has them: a number is one, a text with language or datatype is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzturk_graph.queries.tokens import Token, tokens

_NUMBER = re.compile(r"[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)")
_SUFFIX = re.compile(r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\s*\^\^\s*(?:<[^<>]*>|[\w.\-]*:[\w\-]+(?:\.[\w\-]+)*)")


def pieces(text: str) -> list[Token]:
    """The meaningful tokens of a query; ``kind`` may be ``number`` or ``literal`` (a text with its suffix).

    >>> [each.text for each in pieces('?x kt:value 1.5 ; kt:label "a"@en.')]
    ['?x', 'kt:value', '1.5', ';', 'kt:label', '"a"@en', '.']
    """
    found: list[Token] = []
    done = 0
    for token in tokens(text):
        if token.start < done or token.kind in ("space", "comment"):
            continue
        found.extend(_grouped(token, text))
        done = found[-1].start + len(found[-1].text)
    return found


def _grouped(token: Token, text: str) -> Iterator[Token]:
    if token.kind == "string":
        end = token.start + len(token.text)
        suffix = _SUFFIX.match(text, end)
        yield Token("literal", text[token.start : suffix.end() if suffix else end], token.start)
    elif token.kind == "name" and token.text.endswith("."):  # the point ends the statement, not the name
        bare = token.text.rstrip(".")
        yield Token("name", bare, token.start)
        for place in range(len(bare), len(token.text)):
            yield Token("other", ".", token.start + place)
    elif token.kind == "other" and (number := _NUMBER.match(text, token.start)):
        yield Token("number", number.group(), token.start)
    else:
        yield token
