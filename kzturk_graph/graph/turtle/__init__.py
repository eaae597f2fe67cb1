"""Turtle and TriG as people write them: tokens, lines, a canonical writer, a comment-keeping formatter."""

from kzturk_graph.graph.turtle.format import format_text
from kzturk_graph.graph.turtle.lexer import Kind, Token, TurtleSyntaxError, tokens
from kzturk_graph.graph.turtle.locate import locate
from kzturk_graph.graph.turtle.order import sort_key
from kzturk_graph.graph.turtle.writer import write_trig, write_turtle

__all__ = [
    "Kind",
    "Token",
    "TurtleSyntaxError",
    "format_text",
    "locate",
    "sort_key",
    "tokens",
    "write_trig",
    "write_turtle",
]
