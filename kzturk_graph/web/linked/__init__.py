"""Linked data: the addresses of things, and the data behind them by what a client accepts."""
