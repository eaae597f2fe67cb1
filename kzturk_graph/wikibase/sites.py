"""Wikimedia's sites by the names that sitelinks have for them: ``kkwiki``, ``enwikiquote``, ``commonswiki``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kzturk_graph.wikibase.rdf_terms import PROJECTS, SITES

_HOSTS = {name: host for host, name in SITES.items()}
_ENDINGS = {ending: project for project, ending in PROJECTS.items()}
_SPOKEN = {"simple": "en", "no": "nb", "als": "gsw", "zh-classical": "lzh", "zh-min-nan": "nan", "zh-yue": "yue"}
_NAME = re.compile(r"([a-z][a-z0-9_]*?)(" + "|".join(sorted(_ENDINGS, key=len, reverse=True)) + ")")


class Site(NamedTuple):
    """A site: its address with a slash behind it, and the language that its pages are in."""

    address: str
    language: str


@cache
def site_of(name: str) -> Site | None:
    """The site of a name; None for one that isn't known.

    >>> site_of("kkwiki")
    Site(address='https://kk.wikipedia.org/', language='kk')
    """
    found = _NAME.fullmatch(name)
    if name in _HOSTS:
        code = _HOSTS[name].split(".")[0]
        return Site(f"https://{_HOSTS[name]}/", code if code == "be-tarask" else "en")
    if not found:
        return None
    code = found[1].replace("_", "-")
    return Site(f"https://{code}.{_ENDINGS[found[2]]}.org/", _SPOKEN.get(code, code))
