"""From a Vega specification to SVG and PNG, by vl-convert: no browser, no network."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from kzturk_graph.errors import UsageError
from kzturk_graph.plots.model import Spec

_KAZAKH = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһ]")
_GENERIC, _NAMED = 'font-family="sans-serif"', 'font-family="Noto Sans, DejaVu Sans, sans-serif"'


def svg(spec: Spec, title: str, description: str, language: str) -> str:
    """The SVG, with its title, description and language; texts stay texts, in a family that every system has.

    The first call of a process takes half a second more, for the engine to start; each takes a tenth to four tenths,
    most of it for measuring texts. It keeps the interpreter to itself meanwhile: a server keeps what it has drawn.

    Raises UsageError where vl-convert isn't installed.
    """
    drawn: str = _engine().vega_to_svg(spec, allowed_base_urls=[])
    head, rest = drawn.split(">", 1)
    told = f'<title id="title">{escape(title)}</title><desc id="desc">{escape(description)}</desc>'
    return f'{head} role="img" aria-labelledby="title desc" lang="{language}" xml:lang="{language}">{told}{rest}\n'


def png(drawn: str, scale: float) -> bytes:
    """An SVG as PNG. Raises UsageError where vl-convert isn't installed or the scale isn't one."""
    if not 0 < scale <= 8:
        raise UsageError(f"a picture can't be scaled by {scale:g}", "give a number above 0, at most 8")
    # the renderer's own sans-serif lacks the letters that Kazakh adds, and it would take a serif for all of a text
    named = drawn.replace(_GENERIC, _NAMED) if _KAZAKH.search(drawn) else drawn
    made: bytes = _engine().svg_to_png(named, scale=scale)
    return made


def _engine() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise UsageError(
            "pictures are drawn by vl-convert, which isn't installed", "pip install 'kzturk-graph[plot]'"
        ) from None
    return vl_convert
