"""The templates' environment."""

from __future__ import annotations

from pathlib import Path

import jinja2

from kzturk_graph import terms
from kzturk_graph.web.pages.messages import AUTONYMS, LANGUAGES

AT_ONCE = 10
"""How many values of one property stand open; more of them are behind a word to click."""
FOLDER = Path(__file__).parent / "templates"


def environment() -> jinja2.Environment:
    """Everything is escaped, whatever a template is called, and a name that isn't there is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["curie"] = terms.curie
    made.filters["local"] = terms.local
    made.globals |= {"LANGUAGES": LANGUAGES, "AUTONYMS": AUTONYMS}
    made.globals["AT_ONCE"] = AT_ONCE
    return made
