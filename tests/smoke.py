"""What a person meets first, on an installed wheel: ``python smoke.py BIN-FOLDER [--web]``.

Alone it is the wheel without anything else; with ``--web`` the extra is there, too.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import urllib.request
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
    assert "Q232" in ran(folder, "kzturk", "link", "list", "--status", "linked")
    with tempfile.TemporaryDirectory() as scratch:
        item = {"type": "item", "id": "Q232", "labels": {"ru": {"language": "ru", "value": "Казахстан"}}}
        (Path(scratch) / "items.json").write_text(json.dumps(item))
        assert "0 violations" in ran(folder, "kzturk", "link", "check", str(Path(scratch) / "items.json"))
        ran(
            folder, "kzturk", "link", "suggest", str(Path(scratch) / "items.json"), code=1
        )  # linked: nothing to suggest
        ran(folder, "kzturk", "compare", str(Path(scratch) / "items.json"))
    ran(folder, "kzturk", "sparql", "--with", "wikibase", "SELECT ?x { wd:Q232 wdt:P463 ?x }")
    ran(folder, "kzturk", "serve", code=2)  # the extra isn't there
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


def served(folder: Path) -> None:
    """The site's first page, with the editor that the build brought, and a picture from the command line."""
    assert ran(folder, "kzturk", "plot", "trade").startswith("<svg")
    started = subprocess.Popen([str(folder / "kzturk"), "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout is not None
        address = started.stdout.readline().split()[0].rstrip("/")
        for path, wanted in (("/", "<html"), ("/query", "editor.js"), ("/sparql?query=ASK%7B%7D", "true")):
            with urllib.request.urlopen(address + path) as answer:
                assert wanted in answer.read().decode(), f"{path} has no {wanted!r}"
    finally:
        started.terminate()
        started.wait()
    print("the wheel serves its pages")


if __name__ == "__main__":
    served(Path(sys.argv[1])) if "--web" in sys.argv else main(Path(sys.argv[1]))
