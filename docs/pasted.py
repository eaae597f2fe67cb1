"""What cog pastes into README and guides: real output of real commands, at a fixed width."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import cog


def shell(command: str, lines: int | None = None) -> None:
    """Paste a ``kzturk`` command and its output; ``lines`` cuts a long one, and says so."""
    words = shlex.split(command)
    code = "from kzturk_graph.cli.main import main; main()"
    found = subprocess.run(
        [sys.executable, "-c", code, *words[1:]],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "120"},
    )
    output = (found.stdout + found.stderr).rstrip("\n").split("\n")
    cut = output if lines is None or len(output) <= lines else [*output[:lines], f"… {len(output) - lines} more lines"]
    cog.outl("```text\n$ " + command + "\n" + "\n".join(cut) + "\n```")


def data(file: str, passage: str) -> None:
    """Paste the part of a data file that belongs to a passage: its own block, and those of its assertions."""
    text = (Path(__file__).resolve().parent.parent / "data" / file).read_text(encoding="utf-8")
    blocks = text.split("\n\n")
    found = next(block for block in blocks if block.lstrip().startswith(f"p:{passage} a kt:Passage"))
    cog.outl("```turtle\n" + found.strip("\n") + "\n```")
