"""Which things of two graphs are one: by identifiers, names, kinds, countries, dates and neighbours."""
