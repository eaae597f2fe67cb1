"""The graph as files in the formats of the Semantic Web: the facts alone, the graphs, or statement nodes."""
