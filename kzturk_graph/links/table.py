"""The tables of links: where they lie, reading them, and changing them so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kzturk_graph import atomic, resources
from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.graph.files import read_text
from kzturk_graph.links.model import Links
from kzturk_graph.links.sssom import FIELDS, parse, write

TERMS = "terms.sssom.tsv"
"""The table of our classes and properties, beside that of our things."""

_NEW = """\
curie_map:
  cur: http://qudt.org/vocab/currency/
  id: https://w3id.org/kzturk/id/
  kzturk: https://w3id.org/kzturk/
  wikidata: http://www.wikidata.org/entity/
  wikidatawiki: https://www.wikidata.org/wiki/
license: https://creativecommons.org/publicdomain/zero/1.0/
mapping_set_id: https://w3id.org/kzturk/links/entities
subject_source: kzturk:dataset
"""


def packaged(name: str = "") -> Path:
    """The table of links among the data in use, or the one of this name beside it."""
    return resources.links_file().with_name(name) if name else resources.links_file()


def read_links(path: str | Path | None = None) -> Links:
    """The links of a file, or those among the data in use; none where that data has no such table.

    Raises InputError, with line and column, for what can't be read.
    """
    if path is None:
        path = packaged()
        if not path.exists():
            return empty()
    return parse(read_text(Path(path)), str(path))


def empty() -> Links:
    """A table without rows, ready to be written."""
    return parse("".join(f"# {line}\n" for line in _NEW.splitlines()) + "\t".join(FIELDS) + "\n")


def writable(path: str | Path | None = None) -> Path:
    """The file that decisions go to. Raises UsageError for the packaged table of an installed wheel."""
    if path is not None:
        return Path(path)
    if resources.is_installed():
        raise UsageError(
            "the packaged table of links can't be changed: an update would undo it",
            "name a table of your own with --links my.sssom.tsv (it starts as a copy), or a folder with KZTURK_DATA",
        )
    return packaged()


def current(path: str | Path | None = None) -> Links:
    """The links of a table to decide on: its own where the file is there, else those that it will start with."""
    return read_links(path if path is not None and Path(path).exists() else None)


def update(change: Callable[[Links], Links], path: str | Path | None = None) -> Links:
    """Change a table: it is read anew, changed and replaced whole, while other processes that do so wait.

    A file that isn't there yet starts as a copy of the table among the data in use. Returns the links as written.
    Raises InputError where the table can't be read or written, UsageError where it mustn't be changed; it then stays
    as it is.
    """
    file = writable(path)
    try:
        if path is None:
            file.parent.mkdir(exist_ok=True)
        with atomic.alone(file):
            before = current(file)
            after = change(before)
            if after is not before:
                text = write(after)
                parse(text, str(file))  # what we couldn't read again must not take the place of what we could
                atomic.replace(file, text.encode())
    except OSError as error:
        raise InputError(
            f"can't be written: {error.strerror}", path=str(file), hint="name a file in a folder you may write to"
        ) from None
    return after
