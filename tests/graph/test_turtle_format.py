"""The formatter: quads and comments stay, the order is canonical, a second time changes nothing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzturk_graph.errors import KzturkError
from kzturk_graph.graph.turtle import Kind, TurtleSyntaxError, format_text, tokens
from kzturk_graph.graph.turtle import format as module

HEAD = "@prefix : <https://example.org/> .\n@prefix a: <https://example.org/assertion/> .\n"


def trig(text: str) -> str:
    once = format_text(text, path="x.trig", trig=True)
    assert format_text(once, path="x.trig", trig=True) == once
    return once


def turtle(text: str) -> str:
    once = format_text(text, path="x.ttl", trig=False)
    assert format_text(once, path="x.ttl", trig=False) == once
    return once


def body(text: str) -> str:
    return text.removeprefix(HEAD + "\n")


def test_a_data_file_comes_out_in_order_with_its_comments() -> None:
    text = """\
@prefix p: <https://example.org/passage/> .
@prefix : <https://example.org/> . # things
@prefix a: <https://example.org/assertion/> .

# 004: the document

# two facts
# in one passage
a:004-p10 :passage p:004-p10 ; :modality :fact . # its modality is certain
a:004-p10 { # the graph
  # about s2
  :s2 :p "b"@tr , "z"@en ; # in the statement
     a :T .
  :s10 a :T .
  # at the brace
} # behind
a:004-p9 { :s a :T }
p:004-p10-s2 :text "Two." . p:004-p10-s1 :text "One." .
:doc :title "D" .
# the end

# the very end
"""
    assert (
        trig(text)
        == """\
# 004: the document

# things

@prefix : <https://example.org/> .
@prefix a: <https://example.org/assertion/> .
@prefix p: <https://example.org/passage/> .

:doc :title "D" .

a:004-p9 {
  :s a :T .
}

p:004-p10-s1 :text "One." .
p:004-p10-s2 :text "Two." .
# two facts
# in one passage
# its modality is certain
a:004-p10 :modality :fact ; :passage p:004-p10 .
# the graph
# behind
a:004-p10 {
  # about s2
  # in the statement
  :s2 a :T ; :p "z"@en, "b"@tr .
  :s10 a :T .
  # at the brace
}

# the end

# the very end
"""
    )


def test_blocks_of_one_subject_merge() -> None:
    text = HEAD + "# one\n:s :p 2 .\n:r :p 1 .\n# two\n:s :p 1 , 2 ; a :T .\n{ # three\n :s :q 3 }\n"
    assert body(trig(text)) == ":r :p 1 .\n\n# one\n# two\n# three\n:s a :T ; :p 1, 2 ; :q 3 .\n"


def test_two_blocks_of_one_graph_are_refused() -> None:
    text = HEAD + "a:1 { :s :p 1 }\n:s :p 1 .\n  <https://example.org/assertion/1> { :s :p 2 }\n"
    with pytest.raises(TurtleSyntaxError) as caught:
        trig(text)
    error = caught.value
    assert (error.path, error.line, error.column) == ("x.trig", 5, 3)
    assert "https://example.org/assertion/1> has two blocks, in lines 3 and 5" in str(error)


def test_a_shape_keeps_its_order_and_its_nesting() -> None:
    text = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <https://example.org/> .
:Shape a sh:NodeShape ;
  sh:property [ sh:path :signedOn ; sh:minCount 1 ; # one date
     sh:message "An agreement has no date of signing; give it one, as precise as the source."@en ] ,
     [ sh:path ( :a [ sh:inversePath :b ] ) ] ;
  sh:in () ; sh:targetClass :Agreement ; sh:select '''SELECT $this
WHERE { }''' .
[] a :T . [ :p 1 ] . ( 1 2 ) :p [] .
"""
    assert (
        turtle(text)
        == '''\
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

# one date
:Shape a sh:NodeShape ;
  sh:property [
    sh:path :signedOn ;
    sh:minCount 1 ;
    sh:message "An agreement has no date of signing; give it one, as precise as the source."@en
  ], [ sh:path (:a [ sh:inversePath :b ]) ] ;
  sh:in () ;
  sh:targetClass :Agreement ;
  sh:select """SELECT $this
WHERE { }""" .

[] a :T .

[ :p 1 ] .

(1 2) :p [] .
'''
    )


def test_long_collections_take_a_line_an_item() -> None:
    items = " ".join(f":concept-with-a-long-name-{i}" for i in range(9))
    text = turtle(HEAD + f"_:b :in ( {items} ) . _:b :p _:c .")
    assert "_:b :in (\n    :concept-with-a-long-name-0\n" in text


def test_relative_iris_are_written_in_full() -> None:
    text = "# the base\n@base <https://example.org/d/> .\nPREFIX x: <x#> # x\n<../s> x:p <#o>, <> .\n"
    assert turtle(text) == (
        "# the base\n\n# x\n\n@prefix x: <https://example.org/d/x#> .\n\n"
        "<https://example.org/s> x:p <https://example.org/d/>, <https://example.org/d/#o> .\n"
    )


def test_spellings_of_one_term_become_one() -> None:
    one = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    text = HEAD + f":a\\-b <https://example.org/p> '''x''', \"\\u00e9\\t\", 1.50, 1e6, {one}, 1 ."
    assert body(turtle(text)) == ':a-b :p 1, 1.50, 1e6, "x", "é\\t" .\n'


def test_syntax_errors_have_path_line_column_and_the_line() -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        turtle(HEAD + ":s :p kt:x .")
    assert str(caught.value).startswith("x.ttl:3:7: The prefix kt: has not been declared\n    :s :p kt:x .\n")


def test_a_prefix_with_two_meanings_is_refused() -> None:
    with pytest.raises(TurtleSyntaxError, match="the prefix : is declared differently in line 1"):
        turtle(HEAD + ":s :p 1 .\n@prefix : <https://example.org/other/> .\n:s :p 1 .")


def test_triple_terms_are_refused() -> None:
    with pytest.raises(TurtleSyntaxError, match="unexpected '<<"):
        turtle(HEAD + ":s :p <<( :s :p :o )>> .")


def test_a_result_with_other_quads_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in (HEAD + ":s :p 2 .", HEAD + ":s :p 1 .", "("):
        monkeypatch.setattr(module, "_written", lambda document, wrong=wrong: wrong)
        with pytest.raises(KzturkError, match="internal error"):
            format_text(HEAD + ":s :p 1 . # note", path="x.ttl", trig=False)


@pytest.mark.parametrize("text", ["", "\n\n", "# only\n\n# comments\n", HEAD, "# head\n" + HEAD + "\n# tail\n"])
def test_files_without_statements(text: str) -> None:
    assert turtle(text).count("#") == text.count("#")


SUBJECTS = [":s2", ":s10", "a:1-p2", "a:1-p2-x", "_:b", "[]", "[ :p 1 ; :q [ ] ]", "( 1 [ :p _:b ] )"]
PAIRS = [
    ":p 1",
    "a :T",
    ':p "x"@tr, "y"@en',
    ':p """a\n# no comment"""',
    ":q [ :p ( :s2 ) ; ]",
    ":q :s2 ; ; :p 1",
]


@st.composite
def files(draw: st.DrawFn) -> str:
    """A TriG file with comments, blank lines and line ends anywhere between its tokens."""
    numbers = iter(range(10_000))

    def gap() -> str:
        note = f"# {next(numbers)}"
        return draw(st.sampled_from([" "] * 5 + ["\n", "\n\n", f" {note}\n", f"\n{note}\n", f"\n{note}\n\n"]))

    def spaced(text: str) -> str:
        # tokens of the samples are apart by single spaces, but for those in strings
        return text if '"""' in text else gap().join(text.split(" "))

    def statement() -> str:
        pairs = (gap() + ";" + gap()).join(map(spaced, draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=3))))
        return spaced(draw(st.sampled_from(SUBJECTS))) + gap() + pairs

    def declaration(name: str) -> str:
        at = draw(st.booleans())
        return spaced(f"@prefix {name} <https://example.org/> ." if at else f"PREFIX {name} <https://example.org/>")

    parts = [gap(), declaration(":"), gap(), declaration("a:"), gap()]
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 4))
        inner = (gap() + "." + gap()).join(statement() for _ in range(draw(st.integers(0, 3))))
        stop = gap() + "." if inner and draw(st.booleans()) else ""
        block = f"{{{gap()}{inner}{stop}{gap()}}}"
        name = draw(st.sampled_from(["a:1-p2", ":g", "_:g", "GRAPH :g"])) + str(number)
        choices = {0: name + gap() + block, 1: block, 2: declaration("z:"), 3: "[]" + gap() + block}
        parts += [choices.get(kind, statement() + gap() + "."), gap()]
    return "".join(parts)


def comments(text: str) -> list[str]:
    return sorted(token.text for token in tokens(text) if token.kind is Kind.COMMENT)


@settings(max_examples=300, deadline=None)
@given(files())
def test_any_file_keeps_quads_and_comments_and_settles_at_once(text: str) -> None:
    once = trig(text)
    assert comments(once) == comments(text)
    assert all(line == line.rstrip() for line in once.splitlines())
    one, other = (ox.Dataset(ox.parse(t, format=ox.RdfFormat.TRIG)) for t in (text, once))
    for dataset in (one, other):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert one == other
