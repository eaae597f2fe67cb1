"""The declared passages against the documents in a folder: which are the same, moved, changed or gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kzturk_graph.errors import InputError
from kzturk_graph.graph.files import read_text
from kzturk_graph.sources.declared import Passage
from kzturk_graph.sources.passages import fingerprint, passages, sentences


@dataclass(frozen=True)
class Finding:
    """What became of a passage: ``same``, ``moved`` (its text stands at ``now``), ``changed``, ``missing``; or ``new``
    for a line of the file that no passage declares. ``sentences`` is the count found where it isn't the declared one.
    """

    document: str
    number: int
    outcome: str
    now: int | None = None
    sentences: int | None = None


def file_of(document: str, folder: Path) -> Path | None:
    """The one text file in the folder whose name begins with the document's slug; None where there is none.

    Raises InputError where there are several.
    """
    found = sorted(path for path in folder.glob(f"{document}*") if path.suffix in (".txt", ".md", ""))
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise InputError(f"several files begin with {document}: {names}", path=str(folder), hint="leave one of them")
    return found[0] if found else None


def check(declared: Iterable[Passage], folder: Path) -> Iterator[Finding]:
    """Compare all declared passages with the files in ``folder``.

    Raises InputError where the folder isn't one, or holds none of the documents.
    """
    if not folder.is_dir():
        raise InputError("is not a folder", path=str(folder), hint="name the folder that holds the documents' texts")
    by_document = {key: list(group) for key, group in groupby(declared, key=lambda passage: passage.document)}
    files = {document: file_of(document, folder) for document in by_document}
    if not any(files.values()):
        raise InputError(
            "holds none of the documents",
            path=str(folder),
            hint=f"a document's file begins with its number: {', '.join(sorted(by_document))}",
        )
    for document, known in sorted(by_document.items()):
        path = files[document]
        yield from compare(known, read_text(path) if path else "")


def compare(declared: list[Passage], text: str) -> Iterator[Finding]:
    """Compare one document's declared passages with a text; a text without lines has all of them missing."""
    lines = passages(text)
    prints = [fingerprint(line) for line in lines]
    places: dict[str, int] = {}
    for place, each in enumerate(prints, 1):
        places.setdefault(each, place)
    taken: set[int] = set()
    for passage in declared:
        here = prints[passage.number - 1] if passage.number <= len(prints) else None
        now = passage.number if here == passage.sha256 else places.get(passage.sha256)
        if now is not None:
            taken.add(now)
            found = len(sentences(lines[now - 1]))
            yield Finding(
                passage.document,
                passage.number,
                "same" if now == passage.number else "moved",
                None if now == passage.number else now,
                None if found == passage.sentences else found,
            )
        elif here is not None and here not in {each.sha256 for each in declared}:
            taken.add(passage.number)
            yield Finding(passage.document, passage.number, "changed")
        else:
            yield Finding(passage.document, passage.number, "missing")
    if lines and declared:
        for place in range(1, len(lines) + 1):
            if place not in taken:
                yield Finding(declared[0].document, place, "new")
