"""The words of the interface, from one catalogue for each language (``i18n/*.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "i18n"
LANGUAGES: dict[str, str] = {"en": "English", "tr": "Türkçe", "kk": "Қазақша", "ru": "Русский"}
"""The languages of the site, each with its own name for itself."""

AUTONYMS = LANGUAGES | {"kk-latn": "Qazaqşa"}
"""The languages in which things have names, each with its own name for itself."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The messages of a language by key, such as ``entity.facts``: a table's name and a name in it."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file)))


def _flat(table: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{head}{name}.")
        else:
            yield f"{head}{name}", value


class Messages:
    """The messages of one language: called with a key and the values of its places, it gives the text."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.texts = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key``. Raises KeyError where the catalogue lacks it."""
        text = self.texts[key]
        return text.format(**values) if values else text

    def get(self, key: str, otherwise: str) -> str:
        """The text of ``key``, or ``otherwise`` where the catalogue has none."""
        return self.texts.get(key, otherwise)
