"""The declared passages against the documents in a folder: which version is it, and what changed?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kzturk_graph.errors import InputError
from kzturk_graph.sources.align import Mark, align
from kzturk_graph.sources.declared import Passage
from kzturk_graph.sources.passages import fingerprint, sentences
from kzturk_graph.sources.reading import HTML_ENDINGS, TEXT_ENDINGS, read_document

OUTCOMES = ("same", "moved", "changed", "missing", "new")
AS_READ, OTHER, ABSENT = "the version read", "a later or other version", "no file"


@dataclass(frozen=True)
class Finding:
    """What became of a passage: ``same``, ``moved`` (the same text under another number), ``changed``
    (edited), ``missing`` (gone from the text); or ``new``, a passage of the file that nothing declares.

    ``now`` is its number in the file where that differs, ``sentences`` their count where it isn't the
    declared one.
    """

    document: str
    number: int
    outcome: str
    now: int | None = None
    sentences: int | None = None


@dataclass(frozen=True)
class Comparison:
    """A document against its file (None: there is none), passage by passage, the new ones last."""

    document: str
    path: Path | None
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """Whether the file is the version that was read: ``AS_READ``, ``OTHER`` or ``ABSENT``."""
        if self.path is None:
            return ABSENT
        return AS_READ if all(each.outcome == "same" for each in self.findings) else OTHER

    @property
    def counts(self) -> dict[str, int]:
        """How many passages have each outcome, in the order of ``OUTCOMES``."""
        found = Counter(each.outcome for each in self.findings)
        return {outcome: found[outcome] for outcome in OUTCOMES}


def file_of(document: str, folder: Path) -> Path | None:
    """The one text or page in the folder whose name begins with the document's slug; None: there is none.

    Raises InputError where there are several.
    """
    own = re.compile(rf"{re.escape(document)}(?![0-9])")
    endings = TEXT_ENDINGS + HTML_ENDINGS
    found = sorted(p for p in folder.iterdir() if own.match(p.name) and p.suffix.lower() in endings and p.is_file())
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise InputError(f"several files begin with {document}: {names}", path=str(folder), hint="leave one of them")
    return found[0] if found else None


def check(declared: Iterable[Passage], folder: Path) -> list[Comparison]:
    """Compare all declared passages with the files in ``folder``, document by document.

    Raises InputError where the folder isn't one, or holds none of the documents, and where a file is no
    readable text.
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
    return [
        Comparison(document, path, tuple(compare(known, read_document(path).passages if path else ())))
        for document, known in sorted(by_document.items())
        for path in [files[document]]
    ]


def compare(declared: Sequence[Passage], texts: Sequence[str]) -> Iterator[Finding]:
    """Compare one document's declared passages, in the order of their numbers, with the passages of a text.

    A text without passages has all of them missing.
    """
    new = [Mark(fingerprint(text), len(sentences(text))) for text in texts]
    for pair in align([Mark(passage.sha256, passage.sentences) for passage in declared], new):
        if pair.old is not None:
            yield _finding(declared[pair.old], pair.new, new, same=pair.same)
        elif declared and pair.new is not None:
            yield Finding(declared[0].document, pair.new + 1, "new")


def _finding(passage: Passage, place: int | None, new: Sequence[Mark], *, same: bool) -> Finding:
    if place is None:
        return Finding(passage.document, passage.number, "missing")
    elsewhere = place + 1 != passage.number
    outcome = "changed" if not same else "moved" if elsewhere else "same"
    count = new[place].sentences
    return Finding(
        passage.document,
        passage.number,
        outcome,
        place + 1 if elsewhere else None,
        None if count == passage.sentences else count,
    )
