"""The verdicts on one item: each statement of ours held against theirs, and what of theirs is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kzturk_graph.compare import model as verdicts
from kzturk_graph.compare.model import Fact, Ours
from kzturk_graph.compare.rules import ALWAYS, AT_A_TIME, SEVERAL, Rule, Rules
from kzturk_graph.compare.timing import When, in_time, span, united, when
from kzturk_graph.compare.values import APART, OURS, SAME, THEIRS, UNKNOWN, Relation, Scale, relation
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import DEPRECATED, PREFERRED, Entity, EntityId, Snak, Statement
from kzturk_graph.wikibase.ours.identity import is_own

REASON = "P2241"
"""The qualifier that says why a statement is deprecated."""

UNLINKED = "our value has no link"
_VERDICTS = {
    SAME: verdicts.AGREE,
    OURS: verdicts.OURS_FINER,
    THEIRS: verdicts.THEIRS_FINER,
    UNKNOWN: verdicts.UNCOMPARED,
    APART: verdicts.DISAGREE,
}


class Held(NamedTuple):
    """A statement of theirs, and how ours stands to it in value and in time."""

    statement: Statement
    value: Relation
    time: Relation


class Judge:
    """Compares one item at a time. ``items`` are all of theirs that were read, for what is said from the other side."""

    def __init__(self, rules: Rules, scale: Scale, items: Mapping[str, Entity]) -> None:
        self.rules, self.scale, self.items = rules, scale, items

    def facts(self, ours: Sequence[Ours], theirs: Entity, properties: frozenset[str] | None) -> Iterator[Fact]:
        """The facts of an item. ``properties`` are those of which *only theirs* is told; None for all.

        What theirs deprecates is no claim of theirs, and so never *only theirs*.
        """
        told: set[int] = set()
        for each in ours:
            fact = _Case(self, each, theirs).fact()
            told |= {id(statement) for statement in fact.theirs}
            yield fact
        for property, statements in theirs.statements.items():
            if properties is None or property in properties:
                for statement in statements:
                    if id(statement) not in told and statement.rank != DEPRECATED:
                        yield Fact(theirs.id, property, verdicts.ONLY_THEIRS, theirs=(statement,))


class _Case:
    """One statement of ours against all that an item of theirs says with its property."""

    def __init__(self, judge: Judge, ours: Ours, theirs: Entity) -> None:
        self.judge, self.ours, self.theirs = judge, ours, theirs
        self.main, self.when = ours.statement.main, when(ours.statement)
        self.rule: Rule = judge.rules.get(self.main.property, SEVERAL)
        held = [self._held(each, theirs) for each in theirs.statements.get(self.main.property, ())]
        self.live = [each for each in held if each.statement.rank != DEPRECATED]
        self.dead = [each for each in held if each.statement.rank == DEPRECATED]

    def fact(self) -> Fact:
        """The verdict: by a statement of one value, else by what excludes ours, else ours stands alone."""
        found = self._matched()
        if found is None and isinstance(self.main.value, EntityId) and is_own(self.main.value.id):
            return self._say(verdicts.UNCOMPARED, [], UNLINKED)
        return found or self._from_other_side() or self._deprecated() or self._excluded() or self._alone()

    def _held(self, statement: Statement, of: Entity, value: Relation | None = None) -> Held:
        scale = replace(self.judge.scale, truthy=of.truthy)
        return Held(
            statement,
            value or relation(self.main, statement.main, scale, self.ours.allowed),
            in_time(self.when, when(statement), self.rule, scale),
        )

    def _say(self, verdict: str, theirs: Sequence[Held], *notes: str, via: str | None = None) -> Fact:
        statements = tuple(each.statement for each in theirs)
        said = tuple(dict.fromkeys(each for each in notes if each))
        return Fact(self.theirs.id, self.main.property, verdict, self.ours, statements, said, via)

    def _matched(self) -> Fact | None:
        same = [each for each in self.live if each.value.fits and (self.rule.single or _valued(each.statement.main))]
        if self.rule.counted:
            same = [each for each in same if self._at_once(each) is not False]
        if not same:
            return None
        best = min(same, key=self._order)
        found = united([best.value, best.time])
        return self._say(_VERDICTS[found.kind], [best], found.note, self._preferred(best))

    def _order(self, held: Held) -> tuple[int, ...]:
        """The nearest statement first: in time, in value, by the very point in time, then by rank."""
        nearness = {SAME: 0, THEIRS: 1, OURS: 2, UNKNOWN: 3, APART: 4}
        apart = held.time.kind in (APART, UNKNOWN)
        other = when(held.statement).values != self.when.values
        return apart, nearness[held.value.kind], nearness[held.time.kind], other, held.statement.rank != PREFERRED

    def _preferred(self, best: Held) -> str:
        """Theirs may have our value and prefer another one."""
        if self.rule.single is None or self.rule.counted or best.statement.rank == PREFERRED:
            return ""
        others = [h for h in self.live if h.statement.rank == PREFERRED and h.value.kind == APART]
        return "theirs prefers another value" if others else ""

    def _from_other_side(self) -> Fact | None:
        value = self.main.value
        other = self.judge.items.get(self.judge.scale.end(value.id)) if isinstance(value, EntityId) else None
        if self.rule.inverse is None or other is None:
            return None
        back = [
            self._held(each, other, Relation(SAME))
            for each in other.statements.get(self.rule.inverse, ())
            if self._is_ours(each.main) and each.rank != DEPRECATED
        ]
        if not back:
            return None
        best = min(back, key=self._order)
        note = f"theirs says it only of {other.id}, as {self.rule.inverse}"
        return self._say(_VERDICTS[best.time.kind], [best], best.time.note, note, via=other.id)

    def _is_ours(self, snak: Snak) -> bool:
        return isinstance(snak.value, EntityId) and self.judge.scale.end(snak.value.id) == self.theirs.id

    def _deprecated(self) -> Fact | None:
        """What theirs deprecates it holds to be wrong: no agreement, and nothing that it lacks."""
        same = [each for each in self.dead if each.value.fits and _valued(each.statement.main)]
        if not same:
            return None
        given = same[0].statement.qualifiers.get(REASON, ())
        because = [each.value.id for each in given if isinstance(each.value, EntityId)]
        reason = f" ({', '.join(because)})" if because else ""
        others = [each for each in self.live if self.rule.single == ALWAYS and each.value.kind == APART]
        return self._say(verdicts.DISAGREE, [*same[:1], *others], f"theirs is deprecated{reason}")

    def _excluded(self) -> Fact | None:
        none = [each for each in self.live if each.statement.main.kind == model.NONE and self._at_once(each)]
        if none:
            return self._say(verdicts.DISAGREE, none, "theirs says that there is none")
        if self.rule.single is None:
            return None
        rivals = [each for each in self.live if self.rule.single == ALWAYS or self._at_once(each)]
        if rivals:
            apart = _best([each for each in rivals if each.value.kind == APART])
            if apart:
                lower = "truthy data: theirs may have ours at a lower rank" if self.theirs.truthy else ""
                return self._say(verdicts.DISAGREE, apart, *(each.value.note for each in apart), lower)
            return self._say(verdicts.UNCOMPARED, rivals, *(each.value.note for each in rivals))
        if self.rule.single == AT_A_TIME and (vague := [h for h in self.live if self._at_once(h) is None]):
            side = "ours" if not self.when.told else "theirs"
            return self._say(verdicts.UNCOMPARED, _best(vague), f"{side} doesn't say of when its value is")
        return None

    def _at_once(self, held: Held) -> bool | None:
        """Whether ours and theirs speak of the same time; None where that isn't told."""
        mine, other = self.when, when(held.statement)
        if mine.told and other.told:
            return not span(mine).apart(span(other))
        if self.theirs.truthy and self.rule.single == AT_A_TIME:
            return None
        if not mine.told and not other.told:
            return True
        if self.rule.counted or mine.told:
            return None
        return None if other.over else not _pointed(other)

    def _alone(self) -> Fact:
        vague = [each for each in self.live if each.statement.main.kind == model.UNKNOWN]
        return self._say(
            verdicts.ONLY_OURS,
            [],
            "theirs says that there is one, and not which" if vague else "",
            "theirs has figures for other times" if self.rule.counted and self.live else "",
            "truthy data: theirs may have it at a lower rank" if self.theirs.truthy and self.live else "",
            f"{self.ours.wording}: no number that a Wikibase can hold" if self.ours.allowed else "",
            "" if self._sourced() else "only the curator says so: no document to cite",
        )

    def _sourced(self) -> bool:
        return bool(self.ours.statement.references) or self.ours.allowed is not None


def _valued(snak: Snak) -> bool:
    return snak.kind == model.VALUE


def _pointed(time: When) -> bool:
    """Whether it only tells one point in time, which says nothing of today."""
    return time.at is not None and time.start is None


def _best(held: list[Held]) -> list[Held]:
    """Those of the best rank."""
    preferred = [each for each in held if each.statement.rank == PREFERRED]
    return preferred or held
