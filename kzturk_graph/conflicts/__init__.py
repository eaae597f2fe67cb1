"""Where assertions disagree, and how many independent witnesses a fact has; the rules are data."""
