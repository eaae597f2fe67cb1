"""The wheel's build: derive the store and the query index from the files, so that a question is answered at once,
and bundle the SPARQL editor.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``kzturk_graph/_built`` before the wheel is packed; the code that reads it checks that it still fits."""

    def dependencies(self) -> list[str]:
        """Node, where the editor is asked for and the machine has none."""
        if self.target_name != "wheel":
            return []
        found: list[str] = _bundle(Path(self.root)).requirements()
        return found

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build store, index and editor for a wheel or an editable install; an sdist carries the sources alone."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from kzturk_graph.built import write_all

            write_all()
        finally:
            sys.path.remove(str(root))
        self.app.display_info(_bundle(root).build(root / "kzturk_graph" / "_built"))

    def clean(self, versions: list[str]) -> None:
        """Take away what an earlier build left."""
        shutil.rmtree(Path(self.root) / "kzturk_graph" / "_built", ignore_errors=True)


def _bundle(root: Path) -> Any:
    """The module of ``web-src``, which isn't part of the package."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("kzturk_bundle", root / "web-src" / "bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
