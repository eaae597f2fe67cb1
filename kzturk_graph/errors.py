"""The errors that a person can meet, one small tree with one base."""

from __future__ import annotations

DONE = 0
FINDINGS = 1
USAGE = 2
UNREADABLE = 3


class KzturkError(Exception):
    """Something a person asked for can't be done: what is wrong, and what to do about it.

    ``message`` names the object and the problem, ``hint`` says what to do; ``exit_code`` is what the
    command line ends with (0 done, 1 findings, 2 wrong usage, 3 input that can't be read or parsed).
    """

    exit_code = USAGE

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class UsageError(KzturkError):
    """A name, option or value that the command doesn't know."""


class InputError(KzturkError):
    """A file or text that can't be read or parsed; ``line`` and ``column`` count from 1."""

    exit_code = UNREADABLE

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        source: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.path, self.line, self.column, self.source = path, line, column, source

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        if self.source is not None and self.line is not None:
            text += caret(self.source, self.line, self.column)
        return f"{text}\n  {self.hint}" if self.hint else text


class UnknownName(UsageError):
    """A name that isn't one of those allowed; the nearest ones are offered."""

    def __init__(self, what: str, name: str, allowed: list[str]) -> None:
        import difflib

        near = difflib.get_close_matches(name, allowed, n=3, cutoff=0.5)
        if near:
            hint = f"did you mean {' or '.join(near)}?"
        elif len(allowed) <= 30:
            hint = f"allowed: {', '.join(sorted(allowed))}" if allowed else "there are none"
        else:
            hint = f"there are {len(allowed)} of them"
        super().__init__(f"unknown {what} {name!r}", hint)


class AmbiguousName(UsageError):
    """A name that several entities bear; the candidates are listed."""

    def __init__(self, name: str, candidates: list[str]) -> None:
        listed = "\n    ".join(candidates)
        super().__init__(f"{name!r} names several entities", f"say which one:\n    {listed}")


def caret(source: str, line: int, column: int | None) -> str:
    """The line of ``source`` numbered ``line`` with a caret below ``column``, both from 1; '' past the end."""
    lines = source.splitlines()
    if not 0 < line <= len(lines):
        return ""
    text = lines[line - 1].expandtabs(1)
    mark = f"\n    {' ' * (column - 1)}^" if column else ""
    return f"\n    {text}{mark}"
