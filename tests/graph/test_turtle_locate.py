"""Lines of subjects and predicates."""

from __future__ import annotations

import pytest

from kzturk_graph.graph.turtle import TurtleSyntaxError, locate

EX = "https://example.org/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TEXT = """\
@prefix : <https://example.org/> .

# a comment
:s a :T ;
  :p 1,
    2 ; :q "x" .
_:b :p [ :q 1 ] .
:g {
  <https://example.org/s> a :T . :s
    :p 3 .
  :r :p [
    :q 1 ] .
}
:s :p 4 ; :late 5 .
{ :r :p 1 }
"""


def test_the_first_place_of_each_is_known() -> None:
    assert locate(TEXT, trig=True) == {
        (None, EX + "s", None): 4,
        (None, EX + "s", TYPE): 4,
        (None, EX + "s", EX + "p"): 5,
        (None, EX + "s", EX + "q"): 6,
        (None, EX + "s", EX + "late"): 14,
        (None, EX + "r", None): 15,
        (None, EX + "r", EX + "p"): 15,
        (EX + "g", EX + "s", None): 9,
        (EX + "g", EX + "s", TYPE): 9,
        (EX + "g", EX + "s", EX + "p"): 10,
        (EX + "g", EX + "r", None): 11,
        (EX + "g", EX + "r", EX + "p"): 11,
    }


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("@prefix : <x:> .\n:s :p", 2, 6),
        ("@prefix : <x:> .\n:s :p 1 ; ex:q 2 .", 2, 11),
        ("@prefix : <x:> .\n:g { :s :p 1 }", 2, 4),
        ("@prefix : <x:> .\n:s 1 :p .", 2, 4),
        ("@prefix : <x:> .\n:s :p 1 :q 2 .", 2, 9),
        ("@prefix : <x:> .\n:s :p ) .", 2, 7),
        ("@prefix : <x:> .\n[] .", 2, 4),
        ("@prefix : <x:> .\n'x' :p 1 .", 2, 1),
        ("@prefix : <x:> .\n:s :p '\\uD800' .", 2, 7),
        ("@prefix : <x:> .\n:s :p 'x'^^'y' .", 2, 12),
        ("@prefix : <x:> .\n:s :p <y> .", 2, 7),
        ("@prefix x <x:> .", 1, 9),
        ("@prefix x: y: .", 1, 12),
    ],
)
def test_text_that_is_no_turtle_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        locate(text, trig=False)
    assert (caught.value.line, caught.value.column) == (line, column)
