"""What empties an answer though WHERE gives rows: HAVING, LIMIT, OFFSET, a last VALUES, a template."""

from __future__ import annotations

from collections.abc import Iterator

from kzturk_graph.explain.emptiness import aggregated
from kzturk_graph.explain.model import Clue
from kzturk_graph.explain.pieces import pieces
from kzturk_graph.explain.trials import ROWS, Trials, render


def emptied(trials: Trials) -> Iterator[Clue]:
    """A clue for each thing behind the WHERE clause that can have taken all rows away. Raises OutOfTrials."""
    query = trials.query
    rows = trials.count(render(query.where))
    told = f"{rows:,} or more rows" if rows >= ROWS else "one row" if rows == 1 else f"{rows:,} rows"
    yield Clue("modifier", f"WHERE gives {told}; what stands outside of it leaves nothing", rows=rows)
    found = pieces(query.after)
    words = {token.text.upper(): place for place, token in enumerate(found) if token.kind == "word"}
    if "HAVING" in words:
        yield Clue("modifier", "no group passes HAVING")
    for word in ("LIMIT", "OFFSET"):
        number = found[words[word] + 1].text if word in words and words[word] + 1 < len(found) else ""
        if number.isdigit() and (int(number) == 0 if word == "LIMIT" else int(number) > 0):
            yield Clue("modifier", f"{word} {number} passes over all of them")
    if "VALUES" in words:
        yield Clue("modifier", "none of them has the values of the VALUES clause at the end")
    if query.form == "CONSTRUCT":
        yield Clue("template", "no triple of the template has a value for each of its variables")
    members = list(dict.fromkeys(aggregated(query.head)))
    if members and "HAVING" not in words:
        unbound = ", ".join(f"({each})" for each in members).replace("{", "{{").replace("}", "}}")
        yield Clue("modifier", f"what is aggregated has no value in any of them: {unbound}")
