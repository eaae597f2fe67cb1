"""Statements in words: values, times, references, as a table shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kzturk_graph.compare.timing import AT, END, START
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import (
    DEPRECATED,
    PREFERRED,
    WIKIDATA,
    Coordinate,
    EntityId,
    Monolingual,
    Quantity,
    Snak,
    Statement,
    Time,
)
from kzturk_graph.wikibase.times import DAY, MONTH, YEAR

_TIME = re.compile(r"([+-])0*(\d+)-(\d\d)-(\d\d)")
_CITED = (("P248", "stated in"), ("P854", ""), ("P143", "imported from"), ("P577", "published"), ("P813", "retrieved"))


class Words:
    """Puts statements into words, with these names of items and properties."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def name(self, id: str) -> str:
        """A name with the id behind it; the id alone where no name is known.

        >>> Words({"Q232": "Kazakhstan"}).name("Q232")
        'Kazakhstan (Q232)'
        """
        label = self.names.get(id, id)
        return label if label == id or "/" in id else f"{label} ({id})"

    def value(self, snak: Snak) -> str:
        """A value, as precise as it is."""
        value = snak.value
        if value is None:
            return "unknown value" if snak.kind == model.UNKNOWN else "no value"
        if isinstance(value, EntityId):
            return self.name(value.id)
        if isinstance(value, Time):
            return moment(value)
        if isinstance(value, Quantity):
            return self._number(value)
        if isinstance(value, Monolingual):
            return f"{value.text} ({value.language})"
        if isinstance(value, Coordinate):
            return f"{value.latitude}, {value.longitude}"
        return value

    def _number(self, value: Quantity) -> str:
        text = f"{value.amount:,f}"
        if value.lower is not None and value.upper is not None and value.lower != value.upper:
            text += f" [{value.lower:,f} to {value.upper:,f}]"
        unit = value.unit.removeprefix(WIKIDATA)
        return text if value.unit == "1" else f"{text} {self.names.get(unit, unit)}"

    def statement(self, statement: Statement) -> str:
        """The value, its time in parentheses, and its rank where it isn't the normal one."""
        when = ", ".join(self._when(statement))
        rank = f" [{statement.rank}]" if statement.rank in (PREFERRED, DEPRECATED) else ""
        return f"{self.value(statement.main)}{f' ({when})' if when else ''}{rank}"

    def _when(self, statement: Statement) -> Iterator[str]:
        for property, word in ((START, "from"), (END, "until"), (AT, "as of")):
            for snak in statement.qualifiers.get(property, ()):
                yield f"{word} {self.value(snak)}"

    def references(self, statement: Statement) -> list[str]:
        """What each reference of a statement cites: the work, the address, where it was imported from, the dates."""
        found = []
        for reference in statement.references:
            parts = [
                f"{word} {self.value(snak)}".strip()
                for property, word in _CITED
                for snak in reference.snaks.get(property, ())
            ]
            others = [self.names.get(each, each) for each in reference.snaks if each not in dict(_CITED)]
            found.append(", ".join(parts) or f"by {', '.join(others)}")
        return list(dict.fromkeys(found))


def moment(time: Time) -> str:
    """A time as precise as it is, and its calendar where that is the Julian one.

    >>> moment(Time("+2009-10-00T00:00:00Z", 10)), moment(Time("+1990-00-00T00:00:00Z", 8))
    ('2009-10', '1990s')
    """
    found = _TIME.match(time.time)
    if not found:
        return time.time
    sign, year, month, day = found.groups()
    text = year.zfill(4)
    if time.precision >= DAY:
        text = f"{text}-{month}-{day}"
    elif time.precision == MONTH:
        text = f"{text}-{month}"
    elif time.precision == YEAR - 1:
        text = f"{text[:-1]}0s"
    elif time.precision < YEAR:
        text = f"about {text}" if time.precision < YEAR - 2 else f"century {(int(year) + 99) // 100}"
    return text + (" BC" if sign == "-" else "") + (" (Julian)" if time.calendar == model.JULIAN else "")
