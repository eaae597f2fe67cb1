"""Whether the query would have rows if other assertions counted: planned, denied, erroneous, left out.

The parts are tried again with each triple taken from any assertion too that isn't in the default graph; which
one it is then tells how its content is held, and why it doesn't count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.explain.culprit import ENDLESS
from kzturk_graph.explain.model import Clue, Witness
from kzturk_graph.explain.parts import Part
from kzturk_graph.explain.trials import Solution, Trials
from kzturk_graph.explain.uses import CLASS_OF, Names
from kzturk_graph.graph.selection import CURATOR, Selection

TRIED = 200
MODALITY = terms.kt("modality")
_GRAPH, _MODE = "graphNotCounted", "modeNotAskedFor"


class Widened:
    """A group written anew so that each of its triples may come from an assertion that isn't counted."""

    def __init__(self, trials: Trials, kept: set[int] | None = None) -> None:
        self.trials, self.kept = trials, kept
        self.every = trials.everything is not trials.store
        self.names = Names(trials.query.prologue)
        self.graphs: list[str] = []
        self.subjects: list[str] = []
        self.fresh = 0
        self.modes: list[str] = []
        asked = [part.triple[2] for part in trials.query.walk() if part.triple and self._is_mode(part.triple[1])]
        self.asks = bool(asked)
        self.free = {value[1:] for value in asked if value[:1] in "?$"}
        self.text = self._group(trials.query.where)

    def _group(self, parts: Sequence[Part], in_graph: str = "") -> str:
        return " ".join(filter(None, (self._part(part, in_graph) for part in parts)))

    def _part(self, part: Part, in_graph: str) -> str:
        if part.kind in ("group", "graph", "union"):
            return self._braces(part, in_graph)
        if self.kept is not None and part.start not in self.kept:
            return ""
        if part.kind == "optional" and part.parts:
            return f"OPTIONAL {{ {self._inside(part, in_graph)} }}"
        if part.kind == "filter" and self.trials.names(part.text) & self.free:
            return ""  # it asks for a mode
        if part.parts and part.kind in ("filter", "minus"):
            graphs, text = list(self.graphs), self._inside(part, in_graph)
            self.graphs = graphs  # what is absent has no assertion to show
            return f"{part.head} {{ {text} }}"
        return self._triple(part, in_graph) if part.triple else part.text + (" ." if part.kind == "triple" else "")

    def _inside(self, part: Part, in_graph: str) -> str:
        """All of a part's inner parts: what is kept is said of the whole."""
        kept, self.kept = self.kept, None
        text = self._group(part.parts, in_graph)
        self.kept = kept
        return text

    def _braces(self, part: Part, in_graph: str) -> str:
        if part.kind == "union":
            if self.kept is not None and part.start not in self.kept:
                return ""
            kept, self.kept = self.kept, None
            text = " UNION ".join(
                f"{{ {self._group(each.parts, in_graph)} }}" if each.kind == "group" else each.text
                for each in part.parts
            )
            self.kept = kept
            return text
        head = part.head.partition(" ")[2].strip() if part.kind == "graph" else in_graph
        inner = self._group(part.parts, head)
        if not inner:
            return ""
        if part.kind == "graph" and head[:1] in "?$" and head[1:] not in self.graphs:
            self.graphs.append(head[1:])
        return f"{part.head} {{ {inner} }}"

    def _is_mode(self, verb: str) -> bool:
        node = self.names.text(verb)
        return node is not None and node.value == MODALITY

    def _triple(self, part: Part, in_graph: str) -> str:
        assert part.triple is not None  # only simple triples come here
        subject, verb, value = part.triple
        if subject[:1] in "?$" and subject[1:] not in [*self.subjects, *self.trials.parameters]:
            self.subjects.append(subject[1:])
        if in_graph or ENDLESS.search(verb):
            return f"{part.text} ."
        if self._is_mode(verb):
            self.fresh += 1
            fresh = f"{_MODE}{self.fresh}"
            self.modes.append(value)
            return f"{part.text} ." if value[:1] in "?$" else f"{subject} {verb} ?{fresh} ."
        self.fresh += 1
        graph = f"{_GRAPH}{self.fresh}"
        self.graphs.append(graph)
        if verb in CLASS_OF and value[:1] not in "?$":
            # the types that follow from a class stand in the default graph alone
            lower = f"?{graph}class"
            elsewhere = f"{subject} a {lower} }} {lower} <{terms.RDFS}subClassOf>* {value}"
        else:
            elsewhere = f"{part.text} }}"
        stated = f"GRAPH ?{graph} {{ {elsewhere}"
        if self.every:  # the default graph of everything doesn't tell what the selection leaves out
            return f"{{ {part.text} FILTER NOT EXISTS {{ {stated} }} }} UNION {{ {stated} }}"
        return f"{{ {part.text} }} UNION {{ {stated} FILTER NOT EXISTS {{ {part.text} }} }}"


def other_assertions(trials: Trials, selection: Selection, culprits: Sequence[int]) -> Iterator[Clue]:
    """Clues on the assertions that would give the query rows, else on those that match the failing parts.

    ``culprits`` are the places where those parts begin. Raises OutOfTrials.
    """
    whole = True
    found = _witnesses(trials, Widened(trials), selection)
    if not found and culprits:
        whole = False
        found = _witnesses(trials, Widened(trials, set(culprits)), selection)
    grouped: dict[str, dict[str, Witness]] = {}
    for kind, witness in found:
        grouped.setdefault(kind, {})[witness.assertion] = witness
    if "selection" in grouped:  # what is held otherwise wouldn't count without the selection either
        grouped = {kind: grouped[kind] for kind in ("denied", "selection") if kind in grouped}
    for kind in ("denied", "modality", "asked", "erroneous", "selection"):
        if kind in grouped:
            yield _clue(kind, tuple(grouped[kind][name] for name in sorted(grouped[kind])), whole)


def _clue(kind: str, witnesses: tuple[Witness, ...], whole: bool) -> Clue:
    what = "the query" if whole else "what fails"
    modes = sorted({each.modality for each in witnesses})
    messages = {
        "denied": "a stated negative answers it: a passage says that this is not so",
        "modality": f"only what is held as {' or '.join(modes)} matches {what}, not a fact"
        f" (--modality {','.join(modes)} counts it)",
        "asked": f"the query asks for another modality: what matches {what} is held as {' or '.join(modes)}",
        "erroneous": f"only what a curator has marked erroneous matches {what}",
        "selection": f"what matches {what} is left out by the selection",
    }
    return Clue("modality" if kind == "asked" else kind, messages[kind], witnesses=witnesses)


def _witnesses(trials: Trials, widened: Widened, selection: Selection) -> list[tuple[str, Witness]]:
    """(kind of clue, assertion) of the rows that lean on the fewest assertions that aren't counted."""
    if not widened.graphs:
        return []
    rows = trials.solutions(
        "DISTINCT " + " ".join(f"?{name}" for name in dict.fromkeys([*widened.graphs, *widened.subjects])),
        widened.text,
        TRIED,
        trials.everything,
    )
    rests = [rest for row in rows if (rest := _left_out(trials, row, widened, selection))]
    fewest = min((len(rest) for rest in rests), default=0)
    return [pair for rest in rests if len(rest) == fewest for pair in rest]


def _left_out(trials: Trials, row: Solution, widened: Widened, selection: Selection) -> list[tuple[str, Witness]]:
    """The assertions of a row that the query doesn't count, each with its reason."""
    found = {}
    modes = (widened.names.text(trials.bound(mode)) for mode in widened.modes)
    asked = {mode.value for mode in modes if mode is not None}
    things = {node.value for name in widened.subjects if isinstance(node := row[name], ox.NamedNode)}
    for name in widened.graphs:
        graph = row[name]
        if not isinstance(graph, ox.NamedNode) or graph.value in found:
            continue
        said = _said(trials.everything, graph)
        if widened.every and not _stands(trials.store, graph):
            kind, reason = _reason(graph, said, selection)
        elif name.startswith(_GRAPH):
            if _mode(said) in selection.modalities and terms.ERRONEOUS not in said["status"] and widened.every:
                continue
            kind, reason = _reason(graph, said, selection)
        elif widened.asks and f"{terms.CONCEPT}{_mode(said)}" not in asked:
            kind, reason = ("denied" if _mode(said) == "denied" else "asked"), _mode(said)
        else:
            continue
        found[graph.value] = (kind, _witness(trials.everything, graph, said, reason, things))
    return list(found.values())


def _reason(graph: ox.NamedNode, said: dict[str, list[str]], selection: Selection) -> tuple[str, str]:
    """(kind of clue, words) for why an assertion isn't in the default graph."""
    mode, source = _mode(said), terms.local(graph.value).split("-", 1)[0]
    if mode == "denied" and mode not in selection.modalities:
        return "denied", mode
    if mode not in selection.modalities:
        return "modality", mode
    if terms.ERRONEOUS in said["status"]:
        return "erroneous", "marked erroneous"
    if source != CURATOR and selection.sources and source not in selection.sources:
        return "selection", "left out by --source"
    if source in selection.without:
        return "selection", "left out by --without"
    if source != CURATOR and selection.voices and not selection.voices & set(said["voice"]):
        return "selection", "left out by --voice"
    if selection.as_of is not None:
        return "selection", f"left out by --as-of {selection.as_of.isoformat()}"
    return "selection", "left out of the default graph"


def _stands(store: ox.Store, graph: ox.NamedNode) -> bool:
    """Whether an assertion is in a store at all."""
    return next(iter(store.quads_for_pattern(None, None, None, graph)), None) is not None


def _mode(said: dict[str, list[str]]) -> str:
    return terms.local(said["modality"][0]) if said["modality"] else ""


def _said(store: ox.Store, graph: ox.NamedNode) -> dict[str, list[str]]:
    """What is said of an assertion, by the properties' last parts."""
    said: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(graph, None, None, ox.DefaultGraph()):
        said[terms.local(quad.predicate.value)].append(quad.object.value)  # type: ignore[union-attr]
    return said


def _witness(
    store: ox.Store, graph: ox.NamedNode, said: dict[str, list[str]], reason: str, things: set[str]
) -> Witness:
    about = {quad.subject.value for quad in store.quads_for_pattern(None, None, None, graph)}  # type: ignore[union-attr]
    voices = [each for each in sorted(said["voice"]) if not each.startswith(terms.DOCUMENT)]
    return Witness(
        graph.value,
        tuple(sorted(said["passage"])),
        _mode(said),
        voices[0] if voices else None,
        reason,
        tuple(sorted(about & things or about))[:3],
        said["statedOn"][0] if said["statedOn"] else _document_date(store, graph) if "--as-of" in reason else None,
    )


def _document_date(store: ox.Store, graph: ox.NamedNode) -> str | None:
    document = ox.NamedNode(terms.DOCUMENT + terms.local(graph.value).split("-", 1)[0])
    quads = store.quads_for_pattern(document, ox.NamedNode(terms.kt("statementDate")), None)
    return next((quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)), None)
