"""The graph over HTTP: pages, SPARQL protocol, linked data, reconciliation. Needs the extra ``web``."""
