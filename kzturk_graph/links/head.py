"""The head of an SSSOM table: YAML in comment lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kzturk_graph import terms
from kzturk_graph.errors import InputError
from kzturk_graph.links.model import SEMAPV, SSSOM

BUILT_IN: Mapping[str, str] = {
    "owl": terms.PREFIXES["owl"],
    "rdf": terms.RDF,
    "rdfs": terms.RDFS,
    "semapv": SEMAPV,
    "skos": terms.SKOS,
    "sssom": SSSOM,
    "xsd": terms.XSD,
}
"""The prefixes that every SSSOM file has without a curie_map."""


def head_of(head: tuple[str, ...], path: str) -> dict[str, Any]:
    """What the lines of a head (without their ``#``) say, by key; every value as its text.

    Raises InputError, with line and column, for what isn't YAML or isn't a list of keys.
    """
    import yaml

    text = "\n".join(line.removeprefix(" ") if _indented(head) else line for line in head)
    try:
        about = yaml.load(text, yaml.BaseLoader)  # noqa: S506  every scalar as its text: a version 1.10 stays 1.10
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 2 + _indented(head)) if mark else (None, None)
        raise InputError(
            f"the head isn't YAML: {getattr(error, 'problem', None) or 'it cannot be parsed'}",
            path=path,
            line=line,
            column=column,
            hint="write it as '# key: value' lines",
        ) from None
    if about is None:
        return {}
    if not isinstance(about, dict):
        raise InputError(
            "the head isn't a list of keys", path=path, line=1, column=2, hint="write '# key: value' lines"
        )
    return about


def _indented(head: tuple[str, ...]) -> bool:
    """Whether each line has a blank behind its ``#``, which then isn't the YAML's."""
    return all(line[:1] in ("", " ") for line in head)


def prefixes_of(about: Mapping[str, Any], path: str) -> dict[str, str]:
    """The namespaces of the CURIEs: those that every file has, and those of the head's curie_map.

    Raises InputError where that isn't a list of prefixes.
    """
    declared = about.get("curie_map") or {}
    if not isinstance(declared, dict) or not all(isinstance(iri, str) for iri in declared.values()):
        raise InputError(
            "curie_map isn't a list of prefixes with their IRIs", path=path, hint="write '#   kt: https://…'"
        )
    return {**BUILT_IN, **declared}
