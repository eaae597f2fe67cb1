"""Whole processes from a cold start, interleaved: medians, and ratios to a bare ``python -c pass``.

usage: python bench/cold.py [ROUNDS]      run it in an environment where kzturk-graph is installed from its wheel
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
KZTURK = str(Path(sys.executable).with_name("kzturk"))
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import click": [sys.executable, "-c", "import click"],
    "kzturk run council-sessions": [KZTURK, "run", "council-sessions"],
    "kzturk show hlscc": [KZTURK, "show", "hlscc"],
    "kzturk export --format turtle": [KZTURK, "export", "--format", "turtle"],
    "kzturk search ankara": [KZTURK, "search", "ankara"],
    "rdflib script, same rows": [sys.executable, str(HERE / "rdflib_script.py")],
}


def seconds(command: list[str]) -> float:
    """The time of one whole process; its output is read and thrown away."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONSAFEPATH": "1"})
    return time.perf_counter() - begin


def main() -> None:
    """Time each command in turn, as often as asked, and print a Markdown table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for command in COMMANDS.values():
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    bare = statistics.median(times["python -c pass"])
    print("| command | median ms | × bare |\n| --- | --- | --- |")
    for name, each in times.items():
        median = statistics.median(each)
        print(f"| `{name}` | {median * 1000:.0f} | {median / bare:.1f} |")


if __name__ == "__main__":
    main()
