"""How a document is cut into passages and sentences, and what a passage's fingerprint stands for."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzturk_graph.errors import InputError
from kzturk_graph.sources import html
from kzturk_graph.sources.passages import fingerprint, passages, sentences
from kzturk_graph.sources.reading import read_document


def test_a_passage_is_a_line_that_is_not_blank() -> None:
    assert passages("One.\r\n\n \t\n  Two\t words. \n") == ["One.", "Two words."]


def test_a_fingerprint_is_the_checksum_of_the_folded_text() -> None:
    assert fingerprint(" It\u00a0 grew.\n") == hashlib.sha256(b"It grew.").hexdigest()


@given(st.lists(st.text("aé İ.\t ", min_size=1), min_size=1))
def test_white_space_makes_no_other_passage(words: list[str]) -> None:
    assert fingerprint(" ".join(words)) == fingerprint("\n\t".join(f" {word} " for word in words))


@pytest.mark.parametrize(
    ("passage", "count"),
    [
        ("It grew.", 1),
        ("It grew. It fell.", 2),
        ("It grew by 1.2 percent, said Capt. Smith of No. 3.", 1),
        ("It grew.[1] It fell.", 2),
        ("“It grew.” Then it fell!", 2),
        ("Büyüdü. Şimdi düştü. Өсті. Қазір түсті.", 4),
        ("No stop", 1),
    ],
)
def test_sentences(passage: str, count: int) -> None:
    found = sentences(passage)
    assert len(found) == count
    assert " ".join(found) == passage


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<nav><p>Home</p></nav><h1>News</h1>", ["News"]),
        ("<ul><li>A<li>B</ul>Rest", ["A", "B", "Rest"]),
        ("<script>if (a < b) document.write('<p>x</p>')</script><style>p{}</style><p>Text", ["Text"]),
        ("<head><title>T</title><p>Body without its tag", ["Body without its tag"]),
        ("<p>One<br>line</p><p>Two<br><br>passages</p>", ["One line", "Two", "passages"]),
        ("<table><tr><td>2019<td>3.9<tr><th>2020</th><td>4.1</table>", ["2019 3.9", "2020 4.1"]),
        (
            "<div role=navigation><a>Home</a></div><div>Said <i>twice</i>, &amp; more</div>",
            ["Said twice, & more"],
        ),
        ("<p hidden>Not seen<p>Seen", ["Seen"]),
        ("<div><nav><a>Left open</div><p>After", ["After"]),
        ("<span hidden><span>no</span> no</span>yes", ["yes"]),
        ("<p>A<!-- comment -->B<img alt='no'></p></section>", ["AB"]),
        ("", []),
    ],
)
def test_a_page_is_cut_at_its_blocks(page: str, expected: list[str]) -> None:
    assert html.split(page)[0] == expected


def test_a_page_says_its_language() -> None:
    assert html.split('<html lang="tr-TR"><p>Metin')[1] == "tr"
    assert html.split("<p>Text")[1] is None


@given(st.text("<>/pbrnavdi &;'\"=!-x \n"))
def test_no_page_is_too_broken_to_cut(page: str) -> None:
    found, _ = html.split(page)
    assert all(passage == " ".join(passage.split()) and passage for passage in found)


def test_a_page_is_known_by_its_beginning_too(tmp_path: Path) -> None:
    path = tmp_path / "saved"
    path.write_text("\ufeff<!DOCTYPE html>\n<p>One\nparagraph")
    assert read_document(path).passages == ("One paragraph",)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "holds no text"),
        ("a.txt", b" \n\n---\n", "holds no text"),
        ("a.html", b"<html><nav>Home</nav><script>x()</script>", "holds no text outside navigation"),
        ("a.txt", "gün".encode("windows-1254"), "isn't UTF-8"),
        ("a.txt", "gün".encode("utf-16"), "zero bytes"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF"),
    ],
)
def test_what_is_no_readable_text_is_refused(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_document(path)
    with pytest.raises(InputError, match="can't be read"):
        read_document(tmp_path / "nothing.txt")
