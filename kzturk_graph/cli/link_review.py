"""``kzturk link review``: proposed links one by one at the terminal."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kzturk_graph import terms
from kzturk_graph.cli.link import links_option, started
from kzturk_graph.errors import UsageError

if TYPE_CHECKING:
    from kzturk_graph.links.proposals import Proposal
    from kzturk_graph.links.review import Review

HELP = "[a]ccept  [r]eject  [s]kip  [o]pen  [u]ndo  [q]uit"


@click.command("review")
@click.argument("suggestions", metavar="SUGGESTIONS|DATA|ENDPOINT")
@links_option
def command(suggestions: str, table: str | None) -> None:
    """Decide on proposed links one by one.

    SUGGESTIONS is a file that kzturk link suggest -o wrote; for DATA or an ENDPOINT, suggestions are looked for first.

    \b
    a  accept: the two are one
    r  reject: they are not, and nobody proposes it again
    s  skip: decide nothing; it is asked next time
    o  open the item's page, or show its address
    u  undo the last step
    q  quit

    Each decision is written at once, so that the review can be left at any time and goes on where it was left. Keys
    can also come from a pipe, a letter each.
    """
    from kzturk_graph.links.review import Review
    from kzturk_graph.links.table import writable

    writable(table)  # an installed table is refused before anything is asked
    review = Review(_proposals(suggestions, table), table)
    started(table)
    with _terminal():
        _walk(review, _keys())
    counts = review.counts()
    click.echo(
        f"{counts['accept']} accepted, {counts['reject']} rejected, {counts['skip']} skipped;"
        f" {review.left(skipped=True)} undecided"
    )


def _walk(review: Review, keys: Iterator[str]) -> None:
    """Ask until all is answered or the person quits; at the end the last answer can still be taken back."""
    while True:
        proposal = review.next()
        if proposal is not None:
            _show(proposal, review.left())
            if not _answer(review, proposal, keys):
                return
            continue
        if not review.steps:
            click.echo("Nothing is left to decide.")
            return
        click.echo("\nAll are decided or skipped.  [u]ndo  [q]uit > ", nl=False)
        if next(keys, "q") != "u":
            return
        review.undo()
        click.echo("taken back")


def _answer(review: Review, proposal: Proposal, keys: Iterator[str]) -> bool:
    """Take keys until the proposal is answered; False to quit."""
    for key in keys:
        try:
            if key == "q":
                return False
            if key == "o":
                _open(proposal.object)
            elif key == "a":
                review.accept()
                click.echo("accepted")
                return True
            elif key == "r":
                review.reject()
                click.echo("rejected")
                return True
            elif key == "s":
                review.skip()
                return True
            elif key == "u":
                if review.undo():
                    click.echo("taken back")
                    return True
                click.echo("there is nothing to take back")
            else:
                click.echo(f"{key!r} is no answer: {HELP}")
        except UsageError as error:  # the table stands against it; nothing was written
            click.echo(f"not done: {error}")
        _prompt()
    return False


@contextmanager
def _terminal() -> Iterator[None]:
    """Let a terminal give each key as it is typed, until the end; what was typed ahead isn't lost."""
    try:
        import termios
        import tty
    except ImportError:  # not on Windows
        yield
        return
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin, termios.TCSANOW)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _keys() -> Iterator[str]:
    """The letters that are typed, without a return key at a terminal; else those of standard input until it ends."""
    if sys.stdin.isatty():
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        while data := _key():
            for key in decoder.decode(data):
                if key == "\x04":  # end of input, as a terminal has it
                    return
                if key.isprintable():
                    click.echo(key)
                    yield key.lower()
        return
    for line in sys.stdin:
        for key in "".join(line.split()):
            click.echo(key)
            yield key.lower()


def _key() -> bytes:
    if os.name == "nt":
        return click.getchar().encode()
    return os.read(sys.stdin.fileno(), 1)


def _show(proposal: Proposal, left: int) -> None:
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.links.keys import keys, kinds
    from kzturk_graph.links.model import target_id

    store = open_store()
    ours = keys(store, proposal.subject)
    score = "" if proposal.score is None else f", score {proposal.score:.2f}"
    click.echo(f"\n{left} left{score}")
    click.echo(f"ours    {proposal.subject_label or terms.curie(proposal.subject)}  ({terms.curie(proposal.subject)})")
    lines = {"kind": ", ".join(kinds(store, proposal.subject))}
    lines |= {language or "name": " · ".join(names) for language, names in ours.names.items()}
    lines |= {"codes": ", ".join(ours.codes), "pages": ", ".join(ours.sites), "in": ", ".join(ours.places)}
    _lines(lines)
    click.echo(f"theirs  {proposal.object_label or '(no label)'}  ({target_id(proposal.object)})")
    _lines(proposal.theirs)
    if proposal.features:
        click.echo("because")
        _lines({name: str(value) for name, value in proposal.features.items()})
    _prompt()


def _lines(about: object) -> None:
    for name, text in dict(about).items():  # type: ignore[call-overload]
        if text:
            click.echo(f"  {name:<12}  {text}")


def _prompt() -> None:
    click.echo(f"{HELP} > ", nl=False)


def _open(iri: str) -> None:
    import webbrowser

    from kzturk_graph.wikibase.model import WIKIDATA

    url = iri.replace(WIKIDATA, "https://www.wikidata.org/wiki/") if iri.startswith(WIKIDATA) else iri
    click.echo(url)
    if sys.stdin.isatty():
        webbrowser.open(url)


def _proposals(text: str, table: str | None) -> list[Proposal]:
    from kzturk_graph.links.proposals import is_proposals, read_proposals

    if is_proposals(Path(text)):
        return read_proposals(Path(text))
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.links.proposals import of_suggestions
    from kzturk_graph.links.table import current
    from kzturk_graph.matching.ours import records
    from kzturk_graph.matching.suggest import suggest
    from kzturk_graph.wikibase.source import open_source

    source, links = open_source(text), current(table)
    click.echo("Looking for suggestions …", err=True)
    found = suggest(source, records(open_store(), links.accepted), links=links)
    return of_suggestions(found, source.version or source.name)
