"""What cog pastes into README and guides: real output of real commands, at a fixed width."""

from __future__ import annotations

import shlex
import subprocess
import sys

import cog


def shell(command: str, lines: int | None = None) -> None:
    """Paste a ``kzturk`` command and its output; ``lines`` cuts a long one, and says so."""
    words = shlex.split(command)
    code = "from kzturk_graph.cli.main import main; main()"
    found = subprocess.run([sys.executable, "-c", code, *words[1:]], capture_output=True, text=True, check=False)
    output = (found.stdout + found.stderr).rstrip("\n").split("\n")
    cut = output if lines is None or len(output) <= lines else [*output[:lines], f"… {len(output) - lines} more lines"]
    cog.outl("```text\n$ " + command + "\n" + "\n".join(cut) + "\n```")
