"""The entities that a slice starts from: those of our links, some ids, or a file of ids."""

from __future__ import annotations

import re
from pathlib import Path

from kzturk_graph.errors import InputError, UsageError

LINKS = "links"
ID = re.compile(r"[QPLqpl][1-9][0-9]*")
PROPERTY = re.compile(r"P[1-9][0-9]*")
HINT = "ids look like Q232, separated by commas or spaces; IRIs of Wikidata's entities will do too"


def seeds(text: str) -> frozenset[str]:
    """The ids that ``text`` asks for: ``links`` for all accepted links, ids with commas between, or a file of ids.

    In a file they stand on lines of their own or with spaces or commas between; what follows a ``#`` is a remark.
    Raises UsageError for what is none of these, InputError for a file that has something else, with its line.
    """
    if text == LINKS:
        return _linked()
    words = [word for word in re.split(r"[,\s]+", text.strip()) if word]
    if words and all(_id(word) for word in words):
        return frozenset(_id(word) for word in words)
    if Path(text).is_file():
        return _read(text)
    raise UsageError(f"{text!r} is neither 'links' nor ids nor a file", HINT)


def properties(text: str) -> tuple[str, ...]:
    """Property ids with commas between. Raises UsageError for what isn't one."""
    names = tuple(word.upper() for word in re.split(r"[,\s]+", text.strip()) if word)
    for name in names:
        if not PROPERTY.fullmatch(name):
            raise UsageError(f"{name!r} is no property's id", "ids look like P31, separated by commas")
    return names


def _linked() -> frozenset[str]:
    from kzturk_graph.links.table import packaged, read_links

    found = frozenset(name for name in read_links().targets if ID.fullmatch(name))
    if not found:
        raise InputError("no link to Wikidata is accepted", path=str(packaged()), hint="name ids, or link things first")
    return found


def _read(path: str) -> frozenset[str]:
    found = set()
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't be read: {error}", path=path, hint=HINT) from None
    for number, line in enumerate(lines, 1):
        for match in re.finditer(r"[^,\s]+", _remark_cut(line)):
            name = _id(match[0])
            if not name:
                raise InputError(
                    f"{match[0]!r} is no entity's id", path=path, line=number, column=match.start() + 1, hint=HINT
                )
            found.add(name)
    if not found:
        raise InputError("has no ids", path=path, hint=HINT)
    return frozenset(found)


def _remark_cut(line: str) -> str:
    return re.split(r"(?:^|\s)#", line, maxsplit=1)[0]


def _id(word: str) -> str:
    from kzturk_graph.links.model import target_id, target_iri

    short = target_id(target_iri(word))
    return short.upper() if ID.fullmatch(short) else ""
