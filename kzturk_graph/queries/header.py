"""Saved queries: a ``.rq`` file that is valid SPARQL as it stands, with a YAML header in its ``#+`` comment lines.

The header is read as grlc reads it (https://github.com/CLARIAH/grlc). It says what the query is for, which parameters
it takes, what its columns mean, and in which order the rows come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzturk_graph.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

TYPES = ("entity", "date", "year", "integer", "decimal", "text", "language", "choice")
TOPICS = (
    "relations", "missions", "visits", "councils", "treaties", "offices", "organizations", "trade", "investment",
    "companies", "projects", "education", "tourism", "defence", "transport", "positions", "documents", "graph",
    "wikidata",
)  # fmt: skip


class Parameter(NamedTuple):
    """A value that a query takes: its name and type, what it defaults to, what it may be, and what it is for.

    ``of`` is the class that an entity must be of (a local name such as ``State``), ``scheme`` the concept scheme that a
    choice is taken from, ``choices`` the values listed. ``many`` says that several values may be given. A parameter
    without default is required where ``required`` is true, else it restricts nothing until it is given.
    """

    name: str
    type: str
    help: str
    default: str | None = None
    required: bool = False
    many: bool = False
    of: str | None = None
    scheme: str | None = None
    choices: tuple[str, ...] = ()


class Column(NamedTuple):
    """A column of the answer: the variable's name, its type, and what it means."""

    name: str
    type: str
    help: str


class SavedQuery(NamedTuple):
    """A query with a name: what it answers, what it takes, what it gives, and its SPARQL.

    ``needs`` says which data must stand beside ours (``--with``) for it to find anything; empty where none must.
    ``pieces`` is the text split for binding, where the build has done that ahead.
    """

    name: str
    summary: str
    topic: str
    text: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    order: tuple[str, ...] = ()
    path: str = ""
    pieces: tuple[tuple[str, str], ...] = ()
    needs: str = ""

    @property
    def bindable(self) -> set[str]:
        """The variables that its parameters may be put in place of."""
        dates = [each.name for each in self.parameters if each.type == "date"]
        dated = {f"{name}_{side}" for name in dates for side in ("earliest", "latest")}
        return dated | {each.name for each in self.parameters}

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of this name; None where the query has none."""
        return next((each for each in self.parameters if each.name == name), None)

    def as_json(self) -> dict[str, Any]:
        """Name, summary, topic, description, parameters, columns and order, for listings."""
        row = self._asdict()
        del row["text"], row["path"], row["pieces"]
        if not self.needs:
            del row["needs"]
        row["columns"] = [each._asdict() for each in self.columns]
        row["parameters"] = [
            {key: value for key, value in each._asdict().items() if value not in (None, (), False)}
            for each in self.parameters
        ]
        return row


def read_query(path: Path) -> SavedQuery:
    """Read one saved query; its name is the file's. Raises InputError where the header isn't one."""
    import yaml

    from kzturk_graph.graph.files import read_text

    text = read_text(path)
    header = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    try:
        fields = yaml.safe_load(header)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            f"the header is not YAML: {getattr(error, 'problem', error)}",
            path=str(path),
            line=mark.line + 1 if mark else None,
            column=mark.column + 4 if mark else None,
        ) from None
    if not isinstance(fields, dict):
        raise InputError("has no header", path=str(path), hint="begin it with lines such as '#+ summary: …'")
    return from_fields(path.stem, text, fields, str(path))


def from_fields(name: str, text: str, fields: dict[str, Any], path: str = "") -> SavedQuery:
    """A saved query from its header's fields. Raises InputError for a field that is missing or unknown."""
    known = {"summary", "description", "topic", "parameters", "columns", "order", "needs"}
    missing, unknown = {"summary", "topic", "columns"} - set(fields), set(fields) - known
    if missing or unknown:
        what = f"lacks {', '.join(sorted(missing))}" if missing else f"has unknown {', '.join(sorted(unknown))}"
        raise InputError(f"the header {what}", path=path, hint=f"fields are: {', '.join(sorted(known))}")
    try:
        parameters = tuple(_parameter(key, value) for key, value in (fields.get("parameters") or {}).items())
        columns = tuple(Column(key, value["type"], value["help"]) for key, value in fields["columns"].items())
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"the header's parameters or columns are malformed: {error}", path=path) from None
    for each in parameters:
        if each.type not in TYPES:
            raise InputError(f"parameter {each.name} has the unknown type {each.type}", path=path)
    if fields["topic"] not in TOPICS:
        raise InputError(f"unknown topic {fields['topic']}", path=path, hint=f"topics are: {', '.join(TOPICS)}")
    order = fields.get("order") or ()
    return SavedQuery(
        name,
        str(fields["summary"]).strip(),
        fields["topic"],
        text,
        str(fields.get("description") or "").strip(),
        parameters,
        columns,
        tuple([order] if isinstance(order, str) else order),
        path,
        needs=str(fields.get("needs") or "").strip(),
    )


def _parameter(name: str, fields: dict[str, Any]) -> Parameter:
    given = dict(fields)
    default = given.pop("default", None)
    choices = tuple(str(value) for value in given.pop("choices", ()))
    return Parameter(name=name, default=None if default is None else str(default), choices=choices, **given)
