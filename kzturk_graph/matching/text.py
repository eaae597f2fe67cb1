"""Words of a name, made comparable across languages, scripts and spellings.

A name is folded (``names.fold``), its words are written in Latin letters in one manner, and from that a *sound* is
taken, its consonants, that spellings of one word have in common: Назарбаев, Nazarbayev and Nazarbaev, Қазақстан and
Kazakistan. The manner is no standard (ISO 9 or BGN/PCGN would keep apart what people mix up) and is never shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kzturk_graph.matching.rules import rules
from kzturk_graph.names import fold

_PARENTHESIS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*$")
_BREAK = re.compile(r"[^\w']+|_")
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i", "к": "k", "л": "l",
        "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
        "ч": "c", "ш": "s", "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ў": "v", "є": "e",
        "ђ": "c", "ј": "i", "љ": "l", "њ": "n", "ћ": "c", "џ": "c", "ґ": "g",
    }
)  # fmt: skip
_SPELLINGS = (  # in this order
    ("dzh", "c"), ("dj", "c"), ("shch", "s"), ("sch", "s"), ("zh", "j"), ("tch", "c"), ("ch", "c"), ("sh", "s"),
    ("kh", "k"), ("gh", "k"), ("q", "k"), ("ph", "f"), ("w", "v"), ("x", "ks"),
    ("ya", "a"), ("ye", "e"), ("yi", "i"), ("yo", "o"), ("yu", "u"), ("y", "i"),
)  # fmt: skip
_MARKING = frozenset("hjqwxy")
"""The letters without which none of the spellings is there."""
_DOUBLED = re.compile(r"([a-z])\1+")
_SOUNDS = {"g": "k", "h": "k", "z": "s", "j": "c", "w": "v", "f": "v"}
_FIRST, _FURTHER = str.maketrans(_SOUNDS), str.maketrans(_SOUNDS | dict.fromkeys("aeiou", ""))
SHORT = 4
"""Words of so few letters (most are abbreviations) are the same or they aren't."""
STOP = rules().stop
"""Words that tell names apart from no other; folded."""


def bare(name: str) -> str:
    """The name without what stands in parentheses at its end, as sites tell namesakes apart.

    >>> bare("Mersin (il)")
    'Mersin'
    """
    return _PARENTHESIS.sub("", name) or name


def hint(name: str) -> str | None:
    """What stands in parentheses at the end of a name; None where nothing does.

    >>> hint("Mersin (il)")
    'il'
    """
    found = _PARENTHESIS.search(name)
    return found[1] if found and found.start() else None


def split(name: str) -> list[str]:
    """The folded words of a name, in order.

    >>> split("Türkiye’nin İstanbul’u")
    ["turkiye'nin", "istanbul'u"]
    """
    return [word.strip("'") for word in _BREAK.split(fold(name)) if word.strip("'")]


@lru_cache(maxsize=200_000)
def roman(word: str) -> str:
    """A folded word in Latin letters, alike for the usual spellings of one sound; a short one, letter by letter.

    >>> roman("назарбаев") == roman("nazarbayev")
    True
    """
    text = word.partition("'")[0] or word  # what follows an apostrophe is a Turkish ending
    text = text.translate(_CYRILLIC)
    if len(word) <= SHORT:
        return text
    if not _MARKING.isdisjoint(text):
        for spelled, letters in _SPELLINGS:
            text = text.replace(spelled, letters)
    return _DOUBLED.sub(r"\1", text)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """The consonants of a folded word, coarser still: what candidates are found by. Short words keep their vowels.

    >>> sound("казахстан") == sound("kazakistan")
    True
    """
    text = roman(word)
    if len(word) <= SHORT or text[:1].isdigit():
        return text
    short = text[:1].translate(_FIRST) + text[1:].translate(_FURTHER)
    return short if len(short) > 1 else text


def initials(name: str) -> str | None:
    """The first letters of a name of three words or more; None for a shorter one.

    >>> initials("Shanghai Cooperation Organisation")
    'SCO'
    """
    words = [word for word in re.split(r"[\s-]+", bare(name)) if fold(word) not in STOP and word[:1].isalpha()]
    return "".join(word[0].upper() for word in words) if len(words) > 2 else None
