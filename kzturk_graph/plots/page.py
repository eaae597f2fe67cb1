"""A picture as one HTML file: the SVG, the table, the sources. No script, nothing fetched."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kzturk_graph.plots.theme import theme
from kzturk_graph.plots.wording import Words

if TYPE_CHECKING:
    from kzturk_graph.plots.model import Picture

_STYLE = """
:root {{ color-scheme: {scheme}; }}
body {{ background: {ground}; color: {ink}; font: 16px/1.5 sans-serif; max-width: 60rem; }}
body {{ margin: 1rem auto; padding: 0 1rem; }}
svg {{ max-width: 100%; height: auto; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: 0.8125rem; }}
th, td {{ border-bottom: 1px solid {faint}; padding: 0.2rem 0.6rem 0.2rem 0; text-align: left; vertical-align: top; }}
h2 {{ font-size: 1.0625rem; margin: 1.5rem 0 0.5rem; }}
li, code {{ font-size: 0.8125rem; }}
"""


def page(picture: Picture) -> str:
    """The file's text. Everything from the graph is escaped."""
    words, colours = Words(picture.language), theme(picture.theme)
    style = _STYLE.format(scheme=picture.theme, ground=colours.ground, ink=colours.ink, faint=colours.faint)
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in picture.columns)
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in picture.cells())
    sources = "\n".join(f"<li value={each.number}>{escape(each.text)}</li>" for each in picture.sources)
    asked = "\n".join(f"<li><code>{escape(each.command)}</code></li>" for each in picture.queries)
    return f"""<!doctype html>
<html lang="{picture.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(picture.title)}</title>
<style>{style}</style>
</head>
<body>
<figure class="wide" style="margin: 0">
{picture.svg()}</figure>
<h2>{escape(words("page.table"))}</h2>
<div class="wide"><table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table></div>
<h2>{escape(words("page.sources"))}</h2>
<ol>
{sources}
</ol>
<h2>{escape(words("page.queries"))}</h2>
<ul>
{asked}
</ul>
</body>
</html>
"""
