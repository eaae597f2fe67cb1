"""The wheel's build: derive the store and the query index from the files, so that a question is answered at once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``kzturk_graph/_built`` before the wheel is packed; the code that reads it checks that it still fits."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build store and index for a wheel or an editable install; an sdist carries the sources alone."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from kzturk_graph.built import write_all

            write_all()
        finally:
            sys.path.remove(str(root))

    def clean(self, versions: list[str]) -> None:
        """Take away what an earlier build left."""
        shutil.rmtree(Path(self.root) / "kzturk_graph" / "_built", ignore_errors=True)
