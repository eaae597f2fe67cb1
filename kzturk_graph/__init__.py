"""A sourced knowledge graph of Kazakhstan–Türkiye relations, and the tool to ask it questions.

>>> import kzturk_graph
>>> kzturk_graph.run("council-sessions")[0]["date"].text
'2012-10-11/2012-10-12'
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kzturk_graph.api import (
        cite,
        compare,
        conflicts,
        dataset,
        export,
        queries,
        run,
        search,
        select,
        show,
        sparql,
        store,
        validate,
    )
    from kzturk_graph.errors import AmbiguousName, InputError, KzturkError, UnknownName, UsageError

__all__ = [
    "AmbiguousName",
    "InputError",
    "KzturkError",
    "UnknownName",
    "UsageError",
    "cite",
    "compare",
    "conflicts",
    "dataset",
    "export",
    "queries",
    "run",
    "search",
    "select",
    "show",
    "sparql",
    "store",
    "validate",
]

_ERRORS = frozenset({"AmbiguousName", "InputError", "KzturkError", "UnknownName", "UsageError"})


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("kzturk_graph.errors" if name in _ERRORS else "kzturk_graph.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Verb(ModuleType):
    """A module that bears the name of a function of the front door, and can be called as that function."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        from kzturk_graph import api

        return getattr(api, self.__name__.rpartition(".")[2])(*args, **options)


class _Package(ModuleType):
    """This package: Python puts the module ``search`` in the place of the function once it is imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in __all__ and isinstance(value, ModuleType):
            value.__class__ = _Verb
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
