"""The layouts in which Wikibase's JSON comes, all read as one stream of documents.

After https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html: one entity; ``{"entities": {…}}`` as
Special:EntityData and the API's wbgetentities give it; an array, with one entity on a line as in the dumps or written
in any other way; and entities one after another, with or without line ends between them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from kzturk_graph.errors import InputError
from kzturk_graph.wikibase.problems import Foreign, Problems

HEAD = BLOCK = 1 << 20
LONGEST = 1 << 29
"""The longest document in bytes; a quote that is missing would otherwise take in all that follows."""

BLANK = b" \t\r\n"
HINT = 'Wikibase JSON is an entity, an array or lines of them, or {"entities": …}'

# whole texts and all between them are taken at once; a lone quote begins a text that goes on in the next block
_TEXTS = rb'(?:[^"%(marks)s]*+"[^"\\]*+(?:\\.[^"\\]*+)*+")*+[^"%(marks)s]*+(["%(marks)s])'
_WITHIN = re.compile(_TEXTS % {b"marks": rb"{}"}, re.DOTALL)
_OUTSIDE = re.compile(_TEXTS % {b"marks": rb"{}\[\]"}, re.DOTALL)
_FIRST_ID = re.compile(rb'\{(?:"type":"[a-z]+",)?"id":"([A-Z][0-9]+)"')


def documents(
    stream: io.BufferedReader, name: str, problems: Problems, keep: Callable[[bytes], bool] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every entity document of a stream with the line that it begins on, whatever the layout.

    Lines that can't be parsed are counted in ``problems`` and passed over. Where each document has a line of its own,
    those whose bytes ``keep`` doesn't want are passed over unparsed. Raises InputError where the stream isn't
    Wikibase JSON at all, where several layouts follow one another, and where nothing of it could be read.
    """
    found, head = False, _head(stream)
    read = _by_line(stream, name, problems, keep) if _lines(head) else _by_braces(stream, name, problems)
    for line, document in read:
        inner = list(entities(document, name, line))
        if not inner and not _empty(document):
            reason = f"isn't a Wikibase entity: {described(document)}"
            if not found:
                raise Foreign(reason, path=name, line=line, hint=HINT)
            problems.add(name, line, reason)
        found = True
        for each in inner:
            yield line, each
    if not found and not problems.count and keep is None and head.translate(None, b"[] \t\r\n"):
        raise Foreign(f"holds no entity: {shown(head)}", path=name, hint=HINT)
    if not found and problems.count:
        first = problems.shown[0]
        raise InputError(f"nothing could be read: {first.reason}", path=name, line=first.line, hint=HINT)


def only(ids: frozenset[str]) -> Callable[[bytes], bool]:
    """What ``documents`` may keep where only some ids are wanted: lines that begin with one of them, or otherwise."""
    wanted = {each.encode() for each in ids}
    return lambda line: (found := _FIRST_ID.match(line)) is None or found[1] in wanted


def entities(document: Any, name: str = "", line: int | None = None) -> Iterator[dict[str, Any]]:
    """The entity documents in one JSON value: itself, or those of an ``entities`` map or list; missing ones aside.

    Raises InputError where the value is an API's error.
    """
    if not isinstance(document, dict):
        return
    if isinstance(error := document.get("error"), dict) and "entities" not in document:
        info = error.get("info") or error.get("code") or "unknown"
        raise InputError(f"holds an error of the API: {info}", path=name, line=line, hint="ask the API again")
    if "entities" not in document:
        if is_entity(document) and "missing" not in document:
            yield document
        return
    inner = document["entities"]
    pairs = inner.items() if isinstance(inner, dict) else ((None, each) for each in inner or ())
    for key, each in pairs:
        if not isinstance(each, dict) or "missing" in each:
            continue
        known = {"id": key, **each} if key else each
        if isinstance(moved := each.get("redirects"), dict) and "from" in moved:
            yield {"entity": moved["from"], "redirect": moved.get("to", known.get("id"))}
        if is_entity(known):
            yield known


def is_entity(document: dict[str, Any]) -> bool:
    """Whether a JSON object is an entity or a redirect, be it only a stub with an id."""
    if isinstance(document.get("redirect"), str) and isinstance(document.get("entity"), str):
        return True
    known = document.get("id", document.get("title"))
    return isinstance(known, str) and _ID.fullmatch(known) is not None


_ID = re.compile(r"(?:[A-Za-z]\w*:)?[QPLMEqplme][1-9]\d*(?:-[FSfs]\d+)?|KT/[a-z]+/\S+")  # or one of our own


def _empty(document: Any) -> bool:
    """Whether there is rightly no entity in it: null, an empty answer, or only missing ones."""
    return (
        document is None
        or document == {}
        or (isinstance(document, dict) and ("entities" in document or "missing" in document))
    )


def described(document: Any) -> str:
    """What a JSON value is, for a person: GeoJSON, SPARQL results, an object with such keys."""
    if not isinstance(document, dict):
        return {list: "an array", str: "a text", bool: "a truth value"}.get(type(document), "a number")
    kind = document.get("type")
    if kind in ("FeatureCollection", "Feature", "Point", "Polygon", "MultiPolygon", "GeometryCollection", "LineString"):
        return f"GeoJSON ({kind})"
    if "head" in document and ("results" in document or "boolean" in document):
        return "results of a SPARQL query"
    if "@context" in document or "@graph" in document:
        return "JSON-LD"
    keys = sorted(map(str, document))
    return f"an object with {', '.join(map(repr, keys[:4]))}{', …' if len(keys) > 4 else ''}"


def foreign(head: bytes) -> str | None:
    """What a text that begins so is, where it is neither JSON nor RDF; None where it may be."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(BLANK)
    low = text[:512].lower()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16 text; save it as UTF-8"
    if low.startswith((b"<!doctype html", b"<html")) or (b"<html" in low[:400] and b"rdf:rdf" not in low):
        return "HTML: a web page, maybe an error message instead of the data"
    if b"\0" in text[:4096]:
        return "binary data of an unknown kind"
    return None


def _head(stream: io.BufferedReader) -> bytes:
    return stream.peek(HEAD)[:HEAD].removeprefix(b"\xef\xbb\xbf")


def _lines(head: bytes) -> bool:
    """Whether each document is on a line of its own: the dumps' layout, or entities line by line."""
    whole, end, rest = head.rpartition(b"\n")
    if not end:
        return False
    seen = 0
    for line in whole.split(b"\n"):
        bare = line.strip(BLANK).strip(b",")
        if bare in (b"", b"[", b"]", b"null"):
            continue
        if bare.startswith(b"[{") and bare.endswith(b"}"):
            bare = bare[1:]
        if (line.startswith((b"{", b"[{")) or not seen) and isinstance(_parsed(bare), dict):
            return True
        seen += 1
        if seen == 50:
            return False
    # one line after "[" that is longer than all of the head
    return not seen and rest.lstrip(BLANK).startswith(b'{"')


def _parsed(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _by_line(
    stream: io.BufferedReader, name: str, problems: Problems, keep: Callable[[bytes], bool] | None = None
) -> Iterator[tuple[int, Any]]:
    """Documents one on a line. A comma at the end and the array's brackets don't matter, but nothing follows ``]``."""
    opened = closed = 0
    number = 0
    while line := stream.readline(LONGEST):
        number += 1
        bare = line.strip(BLANK)
        if number == 1:
            bare = bare.removeprefix(b"\xef\xbb\xbf")
        bare = bare.strip(b",")
        if not bare:
            continue
        if closed:
            message = f"more follows after the array that ended on line {closed}"
            raise InputError(message, path=name, line=number, hint="two layouts in one file: split it there")
        if bare.startswith(b"[") and not opened:
            opened, bare = number, bare[1:].lstrip(BLANK)
        if opened and bare.endswith(b"]"):
            closed, bare = number, bare[:-1].rstrip(BLANK)
        if not bare or (keep is not None and not keep(bare)):
            continue
        try:
            yield number, orjson.loads(bare)
        except orjson.JSONDecodeError as error:
            yield from _broken(bare, line, number, str(error), name, problems)
    if opened and not closed:
        problems.note(f"{name}: the array that begins on line {opened} isn't closed; the file may have been cut there")


def _broken(
    bare: bytes, line: bytes, number: int, message: str, name: str, problems: Problems
) -> Iterator[tuple[int, Any]]:
    """What a line that isn't one JSON value may still be: several; or another format, which ends the reading."""
    if bare == b"{":
        message = "a document over several lines begins, but those before have a line each"
        raise InputError(message, path=name, line=number, hint="two layouts in one file: split it there")
    if bare.startswith((b"<", b"@prefix", b"PREFIX ", b"_:")):
        what = "RDF or XML" if not foreign(bare) else "HTML"
        raise InputError(
            f"is {what}, but the file began as JSON", path=name, line=number, hint="split it: a file has one format"
        )
    several = list(_objects(io.BytesIO(bare), Problems(), name)) if bare.startswith(b"{") else []
    if len(several) > 1 and all(isinstance(each, dict) for _, each in several):
        for _, each in several:
            yield number, each
    elif not line.endswith(b"\n"):
        problems.add(name, number, "the last line is cut off within a document")
    else:
        problems.add(name, number, f"isn't JSON: {message}")


def _by_braces(stream: io.BufferedReader, name: str, problems: Problems) -> Iterator[tuple[int, Any]]:
    """Documents by their braces: arrays in any layout, documents over several lines or one right after another."""
    head = _head(stream).lstrip(BLANK)
    if not head.startswith((b"{", b"[")):
        what = foreign(head) or ("an empty file" if not head else f"text that begins {shown(head)}")
        raise Foreign(f"isn't Wikibase JSON: {what}", path=name, hint=HINT)
    yield from _objects(stream, problems, name)


def shown(head: bytes) -> str:
    """The beginning of some text, for a person."""
    return repr(head[:40].decode("utf-8", "replace").split("\n", 1)[0])


def _objects(stream: io.BufferedIOBase, problems: Problems, name: str) -> Iterator[tuple[int, Any]]:
    """The outermost objects of a stream, an array around them put aside; memory is bounded by the longest of them."""
    text, at, begun, depth = b"", 0, -1, 0
    line, counted = 1, 0  # the line at which text[counted] is
    array = arrays = 0  # how deep in brackets, objects aside, and how many arrays have begun

    def place(position: int) -> int:
        nonlocal line, counted
        line, counted = line + text.count(b"\n", counted, position), position
        return line

    def check(position: int) -> None:
        if array > 1 or arrays > 1 or (arrays and not array):
            message = "an array within an array" if array > 1 else "more follows after the array's end"
            hint = "two layouts in one file: split it there"
            raise InputError(message, path=name, line=place(position), hint=hint)

    while block := stream.read1(BLOCK):
        text += block
        while (token := (_WITHIN if depth else _OUTSIDE).match(text, at)) and (mark := token[1]) != b'"':
            at = token.end()
            if not depth and mark == b"]":
                array -= 1
            elif not depth and mark == b"[":
                array, arrays = array + 1, arrays + 1
                check(at - 1)
            elif mark == b"{":
                if not depth:
                    check(begun := at - 1)
                depth += 1
            elif mark == b"}" and depth:
                depth -= 1
                if not depth:
                    try:
                        yield place(begun), orjson.loads(text[begun:at])
                    except orjson.JSONDecodeError as error:
                        problems.add(name, line, f"isn't JSON: {error}")
                    begun = -1
        at = token.start(1) if token else len(text)  # where a text goes on in the next block
        keep = begun if begun >= 0 else at
        place(keep)
        text, at, begun, counted = text[keep:], at - keep, min(begun, 0), 0
        if len(text) > LONGEST:
            hint = "a quote or a brace is missing there"
            raise InputError(f"a document of more than {LONGEST:,} bytes", path=name, line=line, hint=hint)
    if depth:
        problems.add(name, line, "the last document is cut off")
    elif array:
        problems.note(f"{name}: the array isn't closed; the file may have been cut there")
