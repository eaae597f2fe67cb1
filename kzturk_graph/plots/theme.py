"""The colours and sizes of pictures, on light and on dark ground.

The hues are Okabe and Ito's (https://jfly.uni-koeln.de/color/), which the colour-blind tell apart, darkened or
lightened until each has a contrast of 3:1 or more with its ground; texts have 4.5:1 or more. Nothing is told by hue
alone.
"""

from __future__ import annotations

from typing import NamedTuple

from kzturk_graph.errors import UnknownName

FONT = "sans-serif"
WIDTH = 860
MARGIN = 16


class Theme(NamedTuple):
    """The colours of one ground, in CSS's hexadecimal form."""

    ground: str
    ink: str
    soft: str
    line: str
    faint: str
    fact: str
    aim: str
    third: str
    fourth: str
    fifth: str
    land: str

    @property
    def hues(self) -> tuple[str, ...]:
        """The colours that set kinds apart, in the order of their use."""
        return (self.fact, self.aim, self.third, self.fourth, self.fifth)


THEMES = {
    "light": Theme(
        "#ffffff", "#1b1f24", "#565d66", "#8a919a", "#e3e6ea",
        "#0067a8", "#b84a00", "#00765a", "#a3427a", "#8a6d00", "#f0efe9",
    ),
    "dark": Theme(
        "#14171b", "#e6e8eb", "#a9b1bb", "#717983", "#2a3037",
        "#5ab4ef", "#f08a4b", "#35c49c", "#dc8fbd", "#d9be4a", "#23282d",
    ),
}  # fmt: skip


def theme(name: str) -> Theme:
    """The theme of this name. Raises UnknownName where there is none."""
    if name not in THEMES:
        raise UnknownName("theme", name, list(THEMES))
    return THEMES[name]
