"""The words of pictures in each language, and how it writes amounts and times."""

from __future__ import annotations

import os
import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from kzturk_graph import terms
from kzturk_graph.dates import Edtf
from kzturk_graph.errors import UnknownName
from kzturk_graph.results import Entity

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
_SCALES = ((Decimal(10**9), "billion"), (Decimal(10**6), "million"))


class Words:
    """The texts of one language: ``words("trade.title")``, with what its braces name as keywords."""

    def __init__(self, language: str) -> None:
        if language not in terms.LANGUAGES:
            raise UnknownName("language", language, list(terms.LANGUAGES))
        self.language = language
        self.texts = read(language)

    def __call__(self, name: str, **given: object) -> str:
        """The text of this name, what its braces name filled in."""
        return self.texts[name].format(**given) if given else self.texts[name]

    def number(self, value: Decimal) -> str:
        """A number with thousands set apart and the language's decimal mark, none of its digits lost."""
        whole = value == value.to_integral_value()
        text = f"{value.to_integral_value() if whole else value.normalize():,f}"
        return text.translate({ord(","): self("number.thousands"), ord("."): self("number.decimal")})

    def amount(self, value: Decimal, unit: Entity | None = None) -> str:
        """A number in millions or billions where it is that large, with its unit: ``$556.8 million``."""
        text = self.number(value)
        for size, name in _SCALES:
            if abs(value) >= size:
                text = self(f"number.{name}", number=self.number(value / size))
                break
        if unit is None:
            return text
        known = f"unit.{unit.slug}"
        return self(known, number=text) if known in self.texts else f"{text} {unit.label}"

    def qualified(self, amount: str, qualifier: Entity | None) -> str:
        """An amount with how exactly it is meant: ``over $5 billion``."""
        if qualifier is None:
            return amount
        known = f"qualifier.{qualifier.slug}"
        if known in self.texts:
            return self(known, amount=amount)
        return f"{amount} ({qualifier.label})"

    def time(self, value: Edtf) -> str:
        """A date or period, shortly: ``2005``, ``Jan–May 2025``, ``11–12 Oct 2012``, ``by Oct 1992``."""
        text = value.text
        if text.startswith("["):
            return self._between(text.strip("[]"))
        if "/" in text:
            return self._period(*text.split("/", 1))
        return self._single(text)

    def _between(self, inner: str) -> str:
        if ".." not in inner:
            return " / ".join(self._single(each.strip()) for each in inner.split(","))
        first, last = inner.split("..", 1)
        if first and last:
            return self("time.between", first=self._single(first), last=self._single(last))
        return self("time.by", date=self._single(last)) if last else self("time.from", date=self._single(first))

    def _period(self, first: str, last: str) -> str:
        if first in ("", "..") or last in ("", ".."):
            known = last if first in ("", "..") else first
            return self("time.until" if known == last else "time.since", date=self._single(known))
        begin, end = _DAY.fullmatch(first), _DAY.fullmatch(last)
        if begin and end and begin[1] == end[1] and begin[2]:
            if begin[3] and end[3] and begin[2] == end[2]:
                return self(
                    "time.day", day=f"{int(begin[3])}–{int(end[3])}", month=self._month(end[2], "of-month"), year=end[1]
                )
            if not begin[3] and not end[3]:
                return self("time.month", month=f"{self._month(begin[2])}–{self._month(end[2])}", year=end[1])
        return f"{self._single(first)}–{self._single(last)}"

    def _single(self, text: str) -> str:
        match = _DAY.fullmatch(text)
        if match is None:
            return text
        year, month, day = match.groups()
        if day:
            said = self("time.day", day=int(day), month=self._month(month, "of-month"), year=year)
        else:
            said = self("time.month", month=self._month(month), year=year) if month else year
        return f"{said}?" if text.endswith(("?", "~", "%")) else said

    def _month(self, number: str, form: str = "month") -> str:
        return self(f"{form}.{int(number)}")


@cache
def read(language: str) -> dict[str, str]:
    """The texts of a language by dotted name, from its TOML file."""
    path = os.path.join(os.path.dirname(__file__), "texts", f"{language}.toml")
    return dict(_flat("", tomllib.loads(Path(path).read_text(encoding="utf-8"))))


def _flat(head: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        found += _flat(f"{head}{name}.", value) if isinstance(value, dict) else [(f"{head}{name}", str(value))]
    return found
