"""Our facts as Wikibase entities: which things become items, by which rules facts become statements."""
