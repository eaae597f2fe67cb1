"""Generated queries: every construct that citations have to work through."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.citations.small import CLASSES, NUMBER, PROPERTIES, THINGS

NAMES = [f"kt:{each.value.rsplit('/', 1)[1]}" for each in PROPERTIES]
IDS = [f"id:{each.value.rsplit('/', 1)[1]}" for each in THINGS]
KINDS = [f"kt:{each.value.rsplit('/', 1)[1]}" for each in CLASSES]
AGE = f"kt:{NUMBER.value.rsplit('/', 1)[1]}"
VARIABLES = ["?a", "?b", "?c", "?d"]
COLUMNS = [
    ("DISTINCT ?a ?b", "ORDER BY ?a ?b"),
    ("DISTINCT ?a", "ORDER BY ?a"),
    ("DISTINCT ?a ?n", "ORDER BY ?a ?n"),
    ("DISTINCT ?a (STR(?b) AS ?text)", "ORDER BY ?a STR(?b)"),
    ("?a ?b", "ORDER BY ?b"),
    ("*", "ORDER BY ?a"),
]
"""Columns, and an order of theirs; where ties may stand, LIMIT leaves it to the engine which row it gives."""
KEYS = ["", "GROUP BY ?a", "GROUP BY ?a", "GROUP BY (STR(?a) AS ?key)", "GROUP BY STR(?a)"]
AGGREGATES = [
    "COUNT(*)",
    "COUNT(?b)",
    "COUNT(DISTINCT ?b)",
    "SUM(?n)",
    "MIN(?n)",
    "MAX(?n)",
    'GROUP_CONCAT(STR(?b); SEPARATOR=" ")',
]


@st.composite
def pattern(draw: st.DrawFn, subject: str | None = None) -> str:
    who = subject or draw(st.sampled_from(["?a", *VARIABLES]))
    kind = draw(st.integers(0, 19))
    if kind == 0:
        return f"{who} a {draw(st.sampled_from(KINDS))} ."
    if kind == 1:
        return f"{who} skos:prefLabel ?label ."
    if kind <= 4:
        return f"{who} {AGE} ?n ."
    if kind <= 6:
        return f"{who} {draw(path())} {draw(st.sampled_from(VARIABLES + IDS[:2]))} ."
    if kind == 7:
        return f"{who} {draw(st.sampled_from(NAMES))} [ {AGE} ?n ] ."
    return f"{who} {draw(st.sampled_from(NAMES))} {draw(st.sampled_from([*VARIABLES, *VARIABLES, IDS[0]]))} ."


@st.composite
def path(draw: st.DrawFn) -> str:
    first, second = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    shapes = [
        f"{first}/{second}",
        f"{first}|^{second}",
        f"{first}+",
        f"{first}*/{second}",
        f"^{first}",
        f"({first}|{second})+",
        f"!({first}|^{second})",
        f"{first}?",
    ]
    return draw(st.sampled_from(shapes))


@st.composite
def simple(draw: st.DrawFn, most: int = 2) -> str:
    return " ".join(draw(st.lists(pattern(), min_size=1, max_size=most)))


@st.composite
def test(draw: st.DrawFn, depth: int) -> str:
    kind = draw(st.integers(0, 9))
    if kind <= 1:
        return f"?n {draw(st.sampled_from(['>', '=', '!=']))} {draw(st.integers(1, 3))}"
    if kind == 2:
        return f"?a != {draw(st.sampled_from(VARIABLES[1:]))}"
    if kind == 3:
        return f"!BOUND({draw(st.sampled_from(['?c', '?d', '?n']))})"
    if kind <= 6:
        return f"{draw(st.sampled_from(['', 'NOT ']))}EXISTS {{ {draw(group(depth - 1))} }}"
    if kind == 7:
        return f"{draw(test(depth - 1))} || {draw(test(depth - 1))}" if depth > 0 else "true"
    if kind == 8:
        return f"!({draw(test(depth - 1))} && {draw(test(depth - 1))})" if depth > 0 else "true"
    return f"IF(BOUND(?d), {draw(test(depth - 1))}, true)" if depth > 0 else "BOUND(?a)"


@st.composite
def element(draw: st.DrawFn, depth: int) -> str:
    kind = draw(st.integers(0, 11)) if depth > 0 else 0
    if kind <= 2:
        return draw(simple())
    if kind <= 4:
        return f"OPTIONAL {{ {draw(group(depth - 1))} }}"
    if kind == 5:
        return f"{{ {draw(group(depth - 1))} }} UNION {{ {draw(group(depth - 1))} }}"
    if kind == 6:
        return f"MINUS {{ {draw(group(depth - 1))} }}"
    if kind <= 8:
        return f"FILTER ({draw(test(depth - 1))})"
    if kind == 9:
        return f"VALUES ?a {{ {' '.join(draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3)))} }}"
    if kind == 10:
        inner = draw(simple())
        return f"GRAPH ?g{draw(st.integers(1, 2))} {{ {inner} }}"
    return f"{{ {draw(sub_query(depth - 1))} }}"


@st.composite
def group(draw: st.DrawFn, depth: int) -> str:
    return " ".join([draw(simple()), *draw(st.lists(element(depth), max_size=2))])


@st.composite
def sub_query(draw: st.DrawFn, depth: int) -> str:
    inner = draw(group(depth))
    if draw(st.booleans()):
        return f"SELECT DISTINCT ?a ?b WHERE {{ {inner} }}"
    return f"SELECT ?a (COUNT({draw(st.sampled_from(['*', '?b', 'DISTINCT ?c']))}) AS ?count) WHERE {{ {inner} }} GROUP BY ?a"


@st.composite
def queries(draw: st.DrawFn) -> str:
    inner = draw(group(2))
    if draw(st.integers(0, 4)) == 0:
        inner += f" BIND ({draw(st.sampled_from(['?n + 1', 'STR(?b)', 'COALESCE(?n, 0)']))} AS ?made)"
    form = draw(st.integers(0, 9))
    if form <= 3:
        columns, order = draw(st.sampled_from(COLUMNS))
        limit = f"{order} LIMIT 2" if "DISTINCT" in columns else ""
        tail = draw(st.sampled_from(["", "", order, f"{order} OFFSET 1", limit]))
        return f"SELECT {columns} WHERE {{ {inner} }} {tail}"
    if form <= 6:
        call = draw(st.sampled_from(AGGREGATES))
        keys = draw(st.sampled_from(KEYS))
        key = "?a" if keys == "GROUP BY ?a" else "?key" if "?key" in keys else ""
        having = draw(st.sampled_from(["", "HAVING (COUNT(*) > 1)"])) if keys else ""
        return f"SELECT {key} ({call} AS ?value) WHERE {{ {inner} }} {keys} {having}"
    if form == 7:
        return f"ASK {{ {inner} }}"
    return f"CONSTRUCT {{ ?a kt:knows ?b . ?a {AGE} ?n }} WHERE {{ {inner} }}"
