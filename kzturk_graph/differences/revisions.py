"""States that git keeps: a revision's data, or a file or folder of a revision, read without a checkout."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import resources
from kzturk_graph.differences.reading import chosen, no_files, parse
from kzturk_graph.errors import InputError

_DATA = "data"


def read_revision(name: str) -> Iterator[ox.Quad]:
    """The quads of what ``name`` stands for in git's own syntax (gitrevisions(7)): of a commit or tag its
    ``data/``, of ``REV:path`` that file or folder.

    It is looked up in the repository of the current folder where that holds ``data/``, else in the checkout
    that the tool runs from. Raises InputError where there is no such thing.
    """
    where = _repository(name)
    sha = _resolved(where, name)
    if sha is None:
        raise _unknown(where, name)
    if _kind(where, sha) == "tag":
        sha = _resolved(where, f"{sha}^{{}}") or sha
    kind = _kind(where, sha)
    if kind == "blob":
        yield from parse(_contents(where, [sha])[0], Path(name))
    elif kind == "commit":
        data = _resolved(where, f"{sha}:{_DATA}")
        if data is None:
            raise InputError(f"the revision {name} holds no {_DATA}/", hint=f"name what to read of it: {name}:PATH")
        yield from _tree(where, data, f"{name}:{_DATA}/")
    else:
        yield from _tree(where, sha, f"{name}/" if ":" in name.rstrip(":") else f"{name.rstrip(':')}:")


def _tree(where: Path, sha: str, shown: str) -> Iterator[ox.Quad]:
    blobs = dict(_blobs(where, sha))
    files = chosen(blobs)
    if not files:
        raise no_files(shown)
    contents = _contents(where, [blobs[path] for path in files])
    for path, data in zip(files, contents, strict=True):
        yield from parse(data, Path(shown + path), path)


def _repository(name: str) -> Path:
    """The folder in which git is to look. Raises InputError outside a repository."""
    here = Path.cwd()
    top = _top(here)
    if top and ((top / _DATA).is_dir() or ":" in name):
        return here
    if _top(resources.ROOT) == resources.ROOT:
        return resources.ROOT
    if top:
        return here
    raise InputError(
        f"there is no file or folder {name!r}, and no git repository here to look for a revision in",
        hint="name a file or folder, or run it in the checkout whose revisions are meant",
    )


def _top(folder: Path) -> Path | None:
    done = _git(folder, "rev-parse", "--show-toplevel")
    return Path(done.stdout.decode(errors="surrogateescape").rstrip("\n")) if done.returncode == 0 else None


def _resolved(where: Path, name: str) -> str | None:
    done = _git(where, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return done.stdout.decode().strip() or None if done.returncode == 0 else None


def _unknown(where: Path, name: str) -> InputError:
    revision, colon, path = name.partition(":")
    if colon and revision and _resolved(where, revision):
        return InputError(
            f"the revision {revision} holds no {path!r}", hint=f"see: git ls-tree -r --name-only {revision}"
        )
    return InputError(
        f"{name!r} is neither a file, nor a folder, nor a git revision",
        hint="a revision is a commit, tag or branch such as HEAD~1, or a part of it: HEAD~1:data/documents",
    )


def _kind(where: Path, sha: str) -> str:
    return _must(where, "cat-file", "-t", sha).decode().strip()


def _blobs(where: Path, tree: str) -> Iterator[tuple[str, str]]:
    """(place in the tree, object) of its files; links and submodules are no files."""
    listed = _must(where, "ls-tree", "-r", "-z", "--full-tree", tree).decode(errors="surrogateescape")
    for line in filter(None, listed.split("\0")):
        about, _, path = line.partition("\t")
        mode, kind, sha = about.split()[:3]
        if kind == "blob" and mode.startswith("100"):
            yield path, sha


def _contents(where: Path, shas: list[str]) -> list[bytes]:
    """The bytes of objects, by one process for all of them."""
    answer = _must(where, "cat-file", "--batch", given="".join(f"{sha}\n" for sha in shas).encode())
    found, at = [], 0
    for _ in shas:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[2])
        found.append(answer[end + 1 : end + 1 + size])
        at = end + size + 2
    return found


def _must(where: Path, *words: str, given: bytes = b"") -> bytes:
    done = _git(where, *words, given=given)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or f"it ended with {done.returncode}"
        raise InputError(f"git {words[0]} failed: {said}")
    return done.stdout


def _git(where: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise InputError("there is no such file or folder, and git, which could know it as a revision, isn't installed")
    return subprocess.run([program, "-C", str(where), *words], input=given, capture_output=True, check=False)
