"""The walk through one document in docs/curating.md: its commands run, and they print what the page says."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "curating.md"
STEP = re.compile(r"```sh\n(?P<commands>.*?)```(?:\n\n```text\n(?P<printed>.*?)```)?", re.DOTALL)
MARK = "== step =="


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a curator works on, in a git repository of its own."""
    root = tmp_path_factory.mktemp("curating") / "checkout"
    for name in ("data", "ontology", "queries"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(ROOT / "docs" / "examples", root / "docs" / "examples")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    subprocess.run(["git", "add", "."], cwd=root, check=True)
    subprocess.run(["git", "commit", "--quiet", "-m", "Data"], cwd=root, check=True, env=environment(root))
    return root


def environment(root: Path) -> dict[str, str]:
    """Ours, with the commands ``kzturk`` and ``python`` of this interpreter, and somebody who commits."""
    tools = root.parent / "bin"
    tools.mkdir(exist_ok=True)
    python = f'exec "{sys.executable}"'
    for name, words in (("python", '"$@"'), ("kzturk", '-m kzturk_graph.cli.main "$@"')):
        (tools / name).write_text(f"#!/bin/sh\n{python} {words}\n")
        (tools / name).chmod(0o755)
    people = {
        f"GIT_{who}_{what}": "curator@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    found = {**os.environ, **people, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    found.pop("KZTURK_DATA", None)
    return found


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_the_page_runs_as_it_stands(checkout: Path) -> None:
    steps = [match.groupdict() for match in STEP.finditer(PAGE.read_text(encoding="utf-8"))]
    script = "".join(f"{step['commands']}echo '{MARK}'\n" for step in steps)
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"exec 2>&1\n{script}"],
        cwd=checkout,
        env=environment(checkout),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    printed = ran.stdout.split(f"{MARK}\n")
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for step, got in zip(steps, printed, strict=False):
        if step["printed"]:
            assert doctest.OutputChecker().check_output(step["printed"], got, flags), f"{step['commands']}{got}"
    assert (checkout / "data" / "documents" / "900.trig").is_file()
    log = subprocess.run(["git", "status", "--short"], cwd=checkout, capture_output=True, text=True, check=True)
    assert log.stdout == "", "everything that the page wrote is committed"
