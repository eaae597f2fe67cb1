"""Small documents for tests: assertions in TriG, read alone or beside the packaged data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kzturk_graph import resources, terms
from kzturk_graph.conflicts.find import find
from kzturk_graph.conflicts.model import Conflict
from kzturk_graph.graph.assertions import Corpus, read_corpus

PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in terms.PREFIXES.items())


def said(
    name: str,
    content: str,
    *,
    mode: str = "fact",
    about: str = "",
    passage: int = 1,
    stated: str | None = None,
) -> str:
    """An assertion such as ``a:901-p1`` with its passage; ``about`` is further metadata."""
    source = name.split("-", 1)[0]
    place = f"p:{source}-p{passage}"
    more = f' ; kt:statedOn "{stated}"^^edtf:EDTF ; kt:statedBasis {place}' if stated else ""
    return (
        f"{place} a kt:Passage ; kt:document doc:{source} ; kt:number {passage} ; kt:sentences 1 .\n"
        f"a:{name} kt:passage {place} ; kt:modality c:{mode}{more}{' ; ' + about if about else ''} .\n"
        f"a:{name} {{ {content} }}\n"
    )


def dated(source: str, date: str) -> str:
    """The curator's date of a document."""
    return (
        f"a:curator-date-{source} kt:modality c:fact ; kt:voice id:curator .\n"
        f'a:curator-date-{source} {{ doc:{source} kt:statementDate "{date}"^^edtf:EDTF . }}\n'
    )


def written(folder: Path, *texts: str) -> list[Path]:
    """The assertions of the texts, each document in a file of its own, the curator's in another."""
    by: dict[str, str] = {}
    for text in texts:
        source = text[text.index("a:") + 2 :].split("-", 1)[0]
        by[source] = by.get(source, PREFIXES) + text
    for source, text in by.items():
        (folder / f"{source}.trig").write_text(text, encoding="utf-8")
    return [folder / f"{source}.trig" for source in sorted(by)]


def alone(folder: Path, *texts: str) -> Corpus:
    """A corpus of these texts alone."""
    return read_corpus(written(folder, *texts))


def beside(folder: Path, *texts: str) -> Corpus:
    """A corpus of the packaged data and these texts."""
    return read_corpus([*resources.data_files(), *written(folder, *texts)])


def trade(name: str, period: str, value: str, qualifier: str = "", more: str = "") -> str:
    """A report of the trade between Kazakhstan and Türkiye."""
    qualified = f"kt:qualifier c:{qualifier} ; " if qualifier else ""
    return (
        f"n:{name} a qb:Observation ; kt:measure c:trade-turnover ; kt:between id:kz-tr ; kt:unit cur:USD ; "
        f'{qualified}{more}kt:period "{period}"^^edtf:EDTF ; kt:value {value} .'
    )


def rules_met(found: Iterable[Conflict]) -> list[tuple[str, tuple[str, ...]]]:
    """The rule of each conflict and the documents that take a side."""
    return [(each.rule, each.documents) for each in found]


def met(folder: Path, *texts: str) -> list[tuple[str, tuple[str, ...]]]:
    """The conflicts of these texts alone: rule and documents."""
    return rules_met(find(alone(folder, *texts)))
