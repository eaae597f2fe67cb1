"""Wikibase's data model: read from JSON, RDF and endpoints, written as JSON, RDF and QuickStatements."""
