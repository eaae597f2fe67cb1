"""The W3C's four formats for the rows of a query: JSON, XML, CSV and TSV.

https://www.w3.org/TR/sparql11-results-json/, https://www.w3.org/TR/rdf-sparql-XMLres/,
https://www.w3.org/TR/sparql11-results-csv-tsv/. The engine writes them only from an answer that isn't read yet.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.queries.run import Answer

Term = ox.NamedNode | ox.Literal | ox.BlankNode


def to_json(answer: Answer, beside: Mapping[str, Any] | None = None) -> str:
    """SPARQL 1.1 Query Results JSON, pretty; ``beside`` are more members of the document."""
    if answer.truth is not None:
        return _document({"head": {}, "boolean": answer.truth, **(beside or {})})
    rows = [
        {name: _binding(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.solutions
    ]
    whole = {"head": {"vars": list(answer.columns)}, "results": {"bindings": rows}}
    return _document({**whole, **(beside or {})})


def _document(whole: Mapping[str, Any]) -> str:
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _binding(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    found: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != terms.XSD + "string":
        found["datatype"] = term.datatype.value
    return found


def to_xml(answer: Answer) -> str:
    """SPARQL Query Results XML."""
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in answer.columns)
    if answer.truth is not None:
        body = f"<boolean>{str(answer.truth).lower()}</boolean>"
    else:
        body = "<results>\n" + "".join(_xml_row(answer.columns, row) for row in answer.solutions) + "</results>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>{head}</head>\n{body}\n</sparql>\n'
    )


def _xml_row(columns: tuple[str, ...], row: tuple[Term | None, ...]) -> str:
    cells = [
        f"  <binding name={quoteattr(name)}>{_xml_term(term)}</binding>\n"
        for name, term in zip(columns, row, strict=True)
        if term is not None
    ]
    return "<result>\n" + "".join(cells) + "</result>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if term.language:
        mark = f" xml:lang={quoteattr(term.language)}"
    else:
        plain = term.datatype.value == terms.XSD + "string"
        mark = "" if plain else f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{mark}>{escape(term.value)}</literal>"


def to_csv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results CSV: values without type, lines ended by CR LF as the specification wants."""
    if answer.truth is not None:
        return f"{str(answer.truth).lower()}\r\n"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(answer.columns)
    writer.writerows(["" if term is None else term.value for term in row] for row in answer.solutions)
    return text.getvalue()


def to_tsv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results TSV: terms as Turtle writes them."""
    if answer.truth is not None:
        return f"{str(answer.truth).lower()}\n"
    lines = ["\t".join(f"?{name}" for name in answer.columns)]
    lines += ["\t".join(_tsv_term(term) for term in row) for row in answer.solutions]
    return "\n".join(lines) + "\n"


def _tsv_term(term: Term | None) -> str:
    if term is None:
        return ""
    bare = {terms.XSD + "integer", terms.XSD + "decimal", terms.XSD + "double"}
    if isinstance(term, ox.Literal) and not term.language and term.datatype.value in bare:
        return term.value
    return str(term).replace("\t", "\\t")


def with_labels(answer: Answer, language: str) -> Answer:
    """The answer with a column ``…_label`` beside each column that holds things."""
    things = [
        any(isinstance(row[place], ox.NamedNode) for row in answer.solutions) for place in range(len(answer.columns))
    ]
    columns: list[str] = []
    for name, thing in zip(answer.columns, things, strict=True):
        columns += [name, f"{name}_label"] if thing else [name]
    rows = []
    for row in answer.solutions:
        cells: list[Term | None] = []
        for term, thing in zip(row, things, strict=True):
            cells.append(term)
            if thing:
                named = isinstance(term, ox.NamedNode)
                cells.append(ox.Literal(lookup.label(answer.store, term, language)) if named else None)  # type: ignore[arg-type]
        rows.append(tuple(cells))
    return replace(answer, columns=tuple(columns), solutions=tuple(rows))


WRITERS: dict[str, Callable[[Answer], str]] = {"json": to_json, "xml": to_xml, "csv": to_csv, "tsv": to_tsv}
