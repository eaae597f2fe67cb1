"""Statements as commands of QuickStatements, the tool with which people add statements to Wikidata in bulk.

Version 1 (a command a line, parts separated by tabs) and CSV, after https://www.wikidata.org/wiki/Help:QuickStatements.
It has no comments and no escapes: a quotation mark inside a text stands as it is, tabs and line breaks become blanks.
Every statement is written with its references; what has none, or names a thing that has no item, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kzturk_graph.results import separated
from kzturk_graph.wikibase import model, xsd
from kzturk_graph.wikibase.model import WIKIDATA, Coordinate, Entity, EntityId, Monolingual, Quantity, Snak, Statement
from kzturk_graph.wikibase.ours.identity import is_own

LAST = "LAST"
CREATE = "CREATE"
DISPENSABLE = ("P805",)
"""Qualifiers that only point to more about a statement, which is as true without them."""


class Command(NamedTuple):
    """A statement as QuickStatements spells it: property and value, qualifiers, and references of pairs each."""

    main: tuple[str, str]
    qualifiers: tuple[tuple[str, str], ...]
    references: tuple[tuple[tuple[str, str], ...], ...]


@dataclass
class Batch:
    """Commands by item: for items that there are, and for new ones, by our id, with the names they get.

    ``left_out`` counts the statements that couldn't be written, by reason.
    """

    existing: dict[str, list[Command]] = field(default_factory=dict)
    new: dict[str, list[Command]] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def _miss(self, reason: str) -> None:
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


def batch(additions: Iterable[tuple[Entity, Sequence[Statement]]]) -> Batch:
    """The commands that add these statements to their entities; an entity with an id of ours is a new item."""
    made = Batch()
    for entity, statements in additions:
        made.entities[entity.id] = entity
        commands = [each for statement in _apart(statements, made) if (each := _command(statement, made)) is not None]
        if commands:
            (made.new if is_own(entity.id) else made.existing)[entity.id] = commands
    return made


def _apart(statements: Sequence[Statement], made: Batch) -> list[Statement]:
    """One statement for each value, the one that says most of it.

    QuickStatements adds qualifiers to a statement that is there with the same value, so that two would be spliced into
    one that no source states.
    """
    best: dict[Snak, Statement] = {}
    for each in statements:
        other = best.get(each.main)
        if other is not None:
            made._miss("has the value of another, with other qualifiers")
        if other is None or _told(each) > _told(other):
            best[each.main] = each
    return list(best.values())


def _told(statement: Statement) -> tuple[int, int, int]:
    """How much a statement says: qualifiers, how exact their times are, references."""
    snaks = [each for given in statement.qualifiers.values() for each in given]
    exact = sum(each.value.precision for each in snaks if isinstance(each.value, model.Time))
    return len(snaks), exact, len(statement.references)


def _command(statement: Statement, made: Batch) -> Command | None:
    if statement.rank == model.DEPRECATED:
        made._miss("deprecated")
        return None
    beside = (each for given in statement.qualifiers.values() for each in given)
    snaks = [statement.main, *(each for each in beside if not (each.property in DISPENSABLE and _nameless(each)))]
    if any(_nameless(each) for each in snaks):
        made._miss("names a thing that has no item")
        return None
    references = tuple(found for each in statement.references if (found := tuple(_cited(each.snaks))))
    if not references:
        made._miss("has no reference")
        return None
    main, *qualifiers = ((each.property, spelled(each)) for each in snaks)
    return Command(main, tuple(qualifiers), references)


def _nameless(snak: Snak) -> bool:
    """Whether its value is a thing of ours that has no item."""
    return isinstance(snak.value, EntityId) and is_own(snak.value.id)


def _cited(snaks: Mapping[str, tuple[Snak, ...]]) -> Iterator[tuple[str, str]]:
    """What a reference says, but for documents without an item."""
    for given in snaks.values():
        for each in given:
            if not _nameless(each):
                yield each.property, spelled(each)


def spelled(snak: Snak) -> str:
    """A value in QuickStatements' syntax.

    >>> spelled(Snak("P585", model.Time("+2009-10-00T00:00:00Z", 10)))
    '+2009-10-00T00:00:00Z/10'
    """
    value = snak.value
    if value is None:
        return snak.kind
    if isinstance(value, EntityId):
        return value.id
    if isinstance(value, model.Time):
        return f"{value.time}/{value.precision}" + ("/J" if value.calendar == model.JULIAN else "")
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, Monolingual):
        return f"{value.language}:{quoted(value.text)}"
    if isinstance(value, Coordinate):
        return f"@{value.latitude}/{value.longitude}"
    return quoted(value)


def _quantity(value: Quantity) -> str:
    amount = xsd.decimal(value.amount).removeprefix("+")
    if value.lower is not None and value.upper is not None:
        amount += f"[{value.lower:f},{value.upper:f}]"
    return amount if value.unit == "1" else amount + "U" + value.unit.removeprefix(WIKIDATA + "Q")


def quoted(text: str) -> str:
    """A text on one line in quotation marks."""
    return f'"{" ".join(text.split())}"'


def version_1(made: Batch, new: bool = False) -> str:
    """The commands for the items that there are, or for the new ones: ``CREATE``, and then each line about ``LAST``."""
    lines = []
    if not new:
        for item, commands in sorted(made.existing.items()):
            lines += [line for each in commands for line in _lines(item, each)]
    for item, commands in sorted(made.new.items()) if new else ():
        names = ["\t".join((LAST, key, text)) for key, text in _names(made.entities[item])]
        lines += [CREATE, *names, *(line for each in commands for line in _lines(LAST, each)), ""]
    return "".join(f"{line}\n" for line in lines)


def _lines(item: str, command: Command) -> Iterator[str]:
    """A line for each reference: the tool adds each to the statement that the first line has made.

    There is a mark for a second reference on one line, which not every tool that reads the format knows.
    """
    said = [item, *command.main, *(part for pair in command.qualifiers for part in pair)]
    for reference in command.references:
        yield "\t".join([*said, *(part for property, value in reference for part in (f"S{property[1:]}", value))])


def _names(entity: Entity) -> Iterator[tuple[str, str]]:
    """Labels, descriptions and aliases, as ``Len`` and the like."""
    for letter, texts in (("L", entity.labels), ("D", entity.descriptions)):
        for language, text in texts.items():
            yield letter + language, quoted(text)
    for language, several in entity.aliases.items():
        for text in several:
            yield "A" + language, quoted(text)


def csv(made: Batch, new: bool = False) -> str:
    """The same as CSV: a row a statement, or a row a new item; values are spelled as in version 1, names stand bare.

    The columns of a statement follow one another: ``P463``, its ``qal585``, then ``S854`` and, within the same
    reference, ``s577``. Statements of another form have columns of their own, which stay empty elsewhere.
    """
    rows: list[tuple[str, list[tuple[str, str]], list[Command]]] = []
    if new:
        for item, commands in sorted(made.new.items()):
            rows.append(("", list(_names(made.entities[item])), commands))
    else:
        for item, commands in sorted(made.existing.items()):
            rows += [(item, [], [each]) for each in commands]
    named = sorted({key for _, names, _ in rows for key, _ in names}, key=lambda key: ("LDA".index(key[0]), key))
    groups = _groups([commands for _, _, commands in rows])
    heads = ["qid", *named, *(name for form, _ in groups for name in form)]
    return separated(heads, [_row(row, named, groups) for row in rows], ",")


_Group = tuple[tuple[str, ...], int]


def _form(command: Command) -> tuple[str, ...]:
    """The columns that a statement needs."""
    cited = (
        f"{'s' if place else 'S'}{property[1:]}"
        for reference in command.references
        for place, (property, _) in enumerate(reference)
    )
    return (command.main[0], *(f"qal{property[1:]}" for property, _ in command.qualifiers), *cited)


def _groups(rows: Iterable[list[Command]]) -> list[_Group]:
    """Every form of statement, as often as a row has it at most."""
    most: dict[tuple[str, ...], int] = {}
    for commands in rows:
        forms = [_form(each) for each in commands]
        for form in forms:
            most[form] = max(most.get(form, 0), forms.count(form))
    ordered = sorted(most, key=lambda form: (int(form[0][1:]), form))
    return [(form, number) for form in ordered for number in range(most[form])]


def _row(
    row: tuple[str, list[tuple[str, str]], list[Command]], named: Sequence[str], groups: Sequence[_Group]
) -> list[str]:
    item, names, commands = row
    # aliases of one language share a cell
    cells = [item, *("|".join(text[1:-1] for name, text in names if name == key) for key in named)]
    by_form: dict[tuple[str, ...], list[Command]] = {}
    for each in commands:
        by_form.setdefault(_form(each), []).append(each)
    for form, number in groups:
        given = by_form.get(form, [])
        cells += _cells(given[number]) if number < len(given) else [""] * len(form)
    return cells


def _cells(command: Command) -> list[str]:
    values = [command.main[1], *(value for _, value in command.qualifiers)]
    return values + [value for reference in command.references for _, value in reference]
