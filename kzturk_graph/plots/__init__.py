"""Pictures of the graph: Vega specifications, rendered to SVG on this machine, each with the table that it shows."""

from kzturk_graph.plots.catalogue import plot

__all__ = ["plot"]
