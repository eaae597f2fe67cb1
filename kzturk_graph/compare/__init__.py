"""Our graph and a Wikibase's, fact by fact: where they agree, where they differ, and what each has alone."""

from kzturk_graph.compare.verb import compare

__all__ = ["compare"]
