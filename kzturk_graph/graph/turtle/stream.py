"""Tokens one by one, with the comments passed on the way and what each of them belongs to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from kzturk_graph.graph.turtle.lexer import Kind, Token, TurtleSyntaxError, tokens


class Stream:
    """The tokens of a text; comments passed on the way wait in ``passed`` until someone takes them."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.position = 0
        self.passed: list[Token] = []

    def peek(self) -> Token:
        """The next token that isn't a comment; it stays."""
        while self.tokens[self.position].kind is Kind.COMMENT:
            self.passed.append(self.tokens[self.position])
            self.position += 1
        return self.tokens[self.position]

    def next(self) -> Token:
        """The next token that isn't a comment; END as often as asked for."""
        token = self.peek()
        if token.kind is not Kind.END:
            self.position += 1
        return token

    def at(self, text: str) -> bool:
        """Whether this punctuation stands next."""
        token = self.peek()
        return token.kind is Kind.PUNCTUATION and token.text == text

    def accept(self, text: str) -> bool:
        """Whether this punctuation stands next; it's read if so, with the comment behind it on its line."""
        if not self.at(text):
            return False
        self.pass_comment(self.next().line)
        return True

    def expect(self, text: str) -> None:
        """Read this punctuation. Raises TurtleSyntaxError where something else stands."""
        token = self.peek()
        if not self.accept(text):
            raise unexpected(token, repr(text))

    def pass_comment(self, line: int) -> None:
        """Pass a comment that stands next if it's on this line: it belongs to what came before."""
        following = self.tokens[self.position]
        if following.kind is Kind.COMMENT and following.line == line:
            self.passed.append(following)
            self.position += 1

    def take(self) -> list[Token]:
        """The comments passed since the last call."""
        taken, self.passed = self.passed, []
        return taken


def unexpected(token: Token, wanted: str) -> TurtleSyntaxError:
    """The error that this token stands where ``wanted`` would have to."""
    found = repr(token.text) if token.text else "the end of the text"
    return TurtleSyntaxError(f"{found} stands where {wanted} is needed", token.line, token.column)


def header_split(comments: list[Token], following: Token) -> tuple[list[Token], list[Token]]:
    """Comments before the first block, split by the last blank line: the file's header, the block's own."""
    cut = 0
    for i, (token, after) in enumerate(itertools.pairwise((*comments, following)), 1):
        if after.line > token.line + 1:
            cut = i
    return comments[:cut], comments[cut:]


def paragraphs(comments: Sequence[Token]) -> tuple[str, ...]:
    """The comments' texts, with an empty one wherever lines lie between two of them."""
    out: list[str] = []
    for i, token in enumerate(comments):
        if i and token.line > comments[i - 1].line + 1:
            out.append("")
        out.append(token.text.rstrip())
    return tuple(out)


def texts(comments: Sequence[Token]) -> tuple[str, ...]:
    """The comments' texts, without blank lines between them."""
    return tuple(token.text.rstrip() for token in comments)
