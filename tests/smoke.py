"""What a person meets first, on an installed wheel without anything else: ``python smoke.py BIN-FOLDER``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def ran(folder: Path, *command: str, code: int = 0) -> str:
    """The output of a command of the installed package; ends the run where its exit code isn't ``code``."""
    found = subprocess.run([str(folder / command[0]), *command[1:]], capture_output=True, text=True, check=False)
    if found.returncode != code or "Traceback" in found.stderr:
        sys.exit(f"{command} ended with {found.returncode}, not {code}:\n{found.stdout}{found.stderr}")
    return found.stdout


def main(folder: Path) -> None:
    """Ask, show, search, export, validate and fail, from a folder that isn't the checkout."""
    assert "2012-10-11/2012-10-12" in ran(folder, "kzturk", "run", "council-sessions")
    rows = json.loads(ran(folder, "kzturk", "sparql", "SELECT * { id:hlscc ?p ?o }", "--format", "json"))
    assert rows["results"]["bindings"]
    assert len(json.loads(ran(folder, "kzturk", "queries", "--format", "json"))) >= 45
    assert "Nazarbayev" in ran(folder, "kzturk", "search", "назарбаев")
    assert "id:kazakhstan" in ran(folder, "kzturk", "export", "--format", "turtle")
    ran(folder, "kzturk", "validate")
    ran(folder, "kzturk", "run", "no-such-query", code=2)
    ran(folder, "kzturk", "sparql", "SELECT * { ?s ?p }", code=3)
    code = "import sys, kzturk_graph as k; assert k.run('council-sessions'); assert 'rdflib' not in sys.modules"
    ran(folder, "python", "-c", code)
    packages = ran(folder, "python", "-m", "pip", "list").lower()
    assert "pytest" not in packages
    assert "hypothesis" not in packages
    built = ran(folder, "python", "-c", "from kzturk_graph.graph.store import _built; print(_built() is not None)")
    assert built.strip() == "True", "the wheel's own store isn't used"
    print("the wheel answers by itself")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
