"""What differs between two states of the data: facts, where they come from, and what is said about the
sources."""
