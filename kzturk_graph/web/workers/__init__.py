"""Where strangers' queries run: sealed processes that can be killed at any time."""
