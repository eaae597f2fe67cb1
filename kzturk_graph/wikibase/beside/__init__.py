"""Our graph with Wikibase data beside it in one store, and queries in the query service's idiom over both."""
