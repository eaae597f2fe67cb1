"""Tokens, their places, and the errors for what is none."""

from __future__ import annotations

import re
import time

import pytest

from kzturk_graph.errors import InputError
from kzturk_graph.graph.turtle import Kind, TurtleSyntaxError, tokens


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind.value, token.text) for token in tokens(text)][:-1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<https://example.org/\\u00e9>", Kind.IRI),
        ("_:b.1", Kind.BLANK),
        ("a:000-p3.x", Kind.PNAME),
        (":", Kind.PNAME),
        ("ex:a\\,b%20c", Kind.PNAME),
        ("kt:yıldız", Kind.PNAME),
        ("true:x", Kind.PNAME),
        ('"a \\" b"', Kind.STRING),
        ("'it'", Kind.STRING),
        ('"""two\n"" lines"""', Kind.STRING),
        ("'''it''s\n'''", Kind.STRING),
        ('""', Kind.STRING),
        ("+1", Kind.INTEGER),
        ("-.5", Kind.DECIMAL),
        ("1.e3", Kind.DOUBLE),
        (".5E-1", Kind.DOUBLE),
        ("a", Kind.KEYWORD),
        ("Graph", Kind.KEYWORD),
        ("false", Kind.KEYWORD),
        ("@base", Kind.DIRECTIVE),
        ("^^", Kind.DATATYPE),
        ("# to the end", Kind.COMMENT),
    ],
)
def test_a_terminal_is_one_token(text: str, kind: Kind) -> None:
    assert kinds(text) == [(kind.value, text)]


def test_a_full_stop_ends_the_statement_not_the_name() -> None:
    assert kinds("a:x a:y 1.") == [
        ("pname", "a:x"),
        ("pname", "a:y"),
        ("integer", "1"),
        ("punctuation", "."),
    ]


def test_a_language_may_be_called_base() -> None:
    assert kinds('"x"@base @base')[1:] == [("lang", "@base"), ("directive", "@base")]


def test_places_count_from_one_and_over_long_strings() -> None:
    text = 'a:b """x\ny""" ;\r\n  é:c'
    assert [(t.line, t.column) for t in tokens(text)] == [(1, 1), (1, 5), (2, 6), (3, 3), (3, 6)]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a:b\n  ?x", 2, 3, "unexpected '?x'"),
        ('a:b "open', 1, 5, "a string begins here"),
        ('"wrong \\q"', 1, 1, "wrong escape"),
        ("<< a:b >>", 1, 1, "unexpected '<<'"),
        ("<with space>", 1, 1, "unexpected '<with'"),
        ("yes", 1, 1, "unexpected 'yes'"),
    ],
)
def test_what_is_no_token_is_refused_with_its_place(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(TurtleSyntaxError, match=re.escape(words)) as caught:
        list(tokens(text))
    assert (caught.value.line, caught.value.column) == (line, column)
    assert isinstance(caught.value, InputError)


def test_long_input_takes_linear_time() -> None:
    start = time.perf_counter()
    assert len(list(tokens("a:b" + "." * 20_000 + "c " + '"' + "\\n" * 50_000 + '"'))) == 3
    assert time.perf_counter() - start < 2
