"""Dates and numbers as people of each language write them."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from kzturk_graph.web.pages.messages import Messages

_SINGLE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%])?")
_MARKS: dict[str, tuple[str, str]] = {"en": (",", "."), "tr": (".", ","), "kk": ("\u202f", ","), "ru": ("\u202f", ",")}
"""What sets thousands apart (U+202F, a narrow blank), and what begins the decimals."""

_DOUBTS = {"~": "date.about", "?": "date.doubted", "%": "date.about_doubted"}
"""What EDTF's marks of doubt behind a date say."""


def number(value: Decimal | int | float, language: str) -> str:
    """A number with its thousands set apart.

    >>> number(Decimal("556800000.5"), "tr")
    '556.800.000,5'
    """
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        text = f"{value.to_integral_value() if whole else value.normalize():,f}"
    else:
        text = f"{int(value) if value == int(value) else value:,}"
    thousands, decimals = _MARKS[language]
    return text.translate({ord(","): thousands, ord("."): decimals})


def date(text: str, say: Messages) -> str:
    """An EDTF date in words; a text that isn't one comes back as it is.

    >>> date("[..1992-10]", Messages("en"))
    'by October 1992'
    """
    if text.startswith("[") and text.endswith("]"):
        return _set(text[1:-1], say) or text
    if text.count("/") == 1:
        first, _, last = text.partition("/")
        return _period(first, last, say) or text
    return _single(text, say) or text


def _single(text: str, say: Messages) -> str | None:
    match = _SINGLE.fullmatch(text)
    if match is None:
        return None
    year, month, day, doubt = match.groups()
    if day:
        said = say("date.day", day=int(day), month=say(f"months.{int(month)}"), year=year)
    elif month:
        said = say("date.month", month=say(f"months_alone.{int(month)}"), year=year)
    else:
        said = year
    return say(_DOUBTS[doubt], date=said) if doubt else said


def _set(inner: str, say: Messages) -> str | None:
    if ".." not in inner:
        days = [_single(part.strip(), say) for part in inner.split(",")]
        return say("date.one_of", dates=", ".join(filter(None, days))) if all(days) else None
    first, last = (_single(part, say) if part else "" for part in inner.split("..", 1))
    if first is None or last is None or not (first or last):
        return None
    if first and last:
        return say("date.between", first=first, last=last)
    return say("date.by", date=last) if last else say("date.not_before", date=first)


def _period(first: str, last: str, say: Messages) -> str | None:
    days = [_SINGLE.fullmatch(first), _SINGLE.fullmatch(last)]
    if all(each and each[3] and not each[4] for each in days) and first[:7] == last[:7]:
        month = say(f"months.{int(first[5:7])}")
        return say("date.days", first=int(first[8:]), last=int(last[8:]), month=month, year=first[:4])
    begin = "" if first in ("", "..") else _single(first, say)
    end = "" if last in ("", "..") else _single(last, say)
    if begin is None or end is None:
        return None
    if begin and end:
        return say("date.span", first=begin, last=end)
    if begin:
        return say("date.since" if last == ".." else "date.unknown_end", date=begin)
    if end:
        return say("date.until" if first == ".." else "date.unknown_start", date=end)
    return None


def machine_date(text: str) -> str | None:
    """What HTML's ``time`` element takes of an EDTF date: a day, month or year; None for anything else."""
    match = _SINGLE.fullmatch(text)
    return text if match and not match[4] else None


def day(value: datetime.date, say: Messages) -> str:
    """A day in words."""
    return date(value.isoformat(), say)
