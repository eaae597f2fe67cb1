"""A document's text as passages and sentences: how they are cut, and how a passage is fingerprinted.

A passage is a non-blank line. Its fingerprint is the SHA-256 of its text with runs of white space folded to
one blank, so that a copy with other line ends or indents is the same passage.
"""

from __future__ import annotations

import hashlib
import re

# what ends in a full stop and no sentence: abbreviations, initials, list numbers, old footnote marks
_ABBREVIATION = re.compile(r"(?:\b(?:No|Capt|Sok|St|Dr|Mr|Mrs|vol|pp|vs|etc|U\.S|e\.g|i\.e)|\b[A-Z]|\^|^\s*\d+)\.$")
# a stop, closing quotes or brackets, footnote marks in three notations, then a blank and a capital or quote
_END = re.compile(
    r"""[.!?…]["”’')\]]*(?:<sup>.*?</sup>|\[\\?\[?\d+\\?\]?\](?:\(\#\))?)*["”’']*(?=\s+["“‘'(*]*[A-ZÀ-ÞĞİŞÖÜÇА-ЯЁІӘҒҚҢӨҰҮҺ])""",
    re.VERBOSE,
)


def passages(text: str) -> list[str]:
    """The non-blank lines of a text, white space folded."""
    return [fold(line) for line in text.splitlines() if line.strip()]


def fold(passage: str) -> str:
    """A passage with every run of white space as one blank, and none at its ends."""
    return " ".join(passage.split())


def fingerprint(passage: str) -> str:
    """SHA-256, in hexadecimal, of the folded passage in UTF-8."""
    return hashlib.sha256(fold(passage).encode()).hexdigest()


def sentences(passage: str) -> list[str]:
    """The sentences of a passage, in order.

    >>> sentences("It grew.[1] It fell by 1.2 percent, said Capt. Smith.")
    ['It grew.[1]', 'It fell by 1.2 percent, said Capt. Smith.']
    """
    found, start = [], 0
    for match in _END.finditer(passage):
        if not _ABBREVIATION.search(passage[start : match.start() + 1]):
            found.append(passage[start : match.end()].strip())
            start = match.end()
    rest = passage[start:].strip()
    return [*found, rest] if rest else found
