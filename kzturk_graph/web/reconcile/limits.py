"""How much one request may ask for; its size in bytes is the site's own limit."""

from __future__ import annotations

BATCH = 50
"""Questions in a batch; the manifest tells."""
CANDIDATES, USUAL = 100, 5
"""Candidates for a question at most, and where it doesn't say."""
CONDITIONS = 20
"""Properties or conditions of a question, and its types."""
VALUES = 50
"""Values of all properties of a question."""
NAMES = 10
"""Names of a question."""
LETTERS = 500
"""Letters of a name or value."""
THINGS, COLUMNS = 500, 50
"""Things and properties of a request for values."""
CELLS = 1_000
"""Values of a thing's property."""
SUGGESTED = 20
"""Suggestions at once; ``cursor`` gets further ones."""
PROPOSED = 200
"""Properties proposed for a type."""
