"""Conflicts among many reports: the CPU time of one search, and its ratio to reading the same reports.

usage: python bench/conflicts.py [REPORTS]      60,000 where no number is given; one in fifty clashes
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from kzturk_graph import terms
from kzturk_graph.conflicts.find import find
from kzturk_graph.graph.assertions import read_corpus

DOCUMENTS = 60
MEASURES = ("trade-turnover", "military-trade", "market-size", "project-value")
YEARS = range(1900, 2026)


def write(folder: Path, reports: int) -> list[Path]:
    """The reports, over all documents; every fiftieth gives a neighbour's figure another value."""
    texts = ["".join(f"@prefix {name}: <{iri}> .\n" for name, iri in terms.PREFIXES.items())] * DOCUMENTS
    parts: list[list[str]] = [[text] for text in texts]
    for number in range(reports):
        source, pair = f"{100 + number % DOCUMENTS}", number // 2  # two documents report each figure
        name = f"{source}-p{number}"
        value = 1_000_000 + pair + (500_000 if number % 50 == 1 else 0)
        measure, year = MEASURES[pair % len(MEASURES)], YEARS[pair % len(YEARS)]
        parts[number % DOCUMENTS].append(
            f"a:{name} kt:modality c:fact ; kt:passage p:{name} .\n"
            f"a:{name} {{ n:{name} a qb:Observation ; kt:measure c:{measure} ; kt:between id:pair-{pair} ; "
            f'kt:unit cur:USD ; kt:period "{year}"^^edtf:EDTF ; kt:value {value}.0 . }}\n'
        )
    for place, text in enumerate(parts):
        (folder / f"{100 + place}.trig").write_text("".join(text), encoding="utf-8")
    return sorted(folder.glob("*.trig"))


def main() -> None:
    """Time reading and searching, and print a Markdown table."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder), reports)
        begin = time.process_time()
        corpus = read_corpus(files)
        read = time.process_time() - begin
        begin = time.process_time()
        found = find(corpus)
        searched = time.process_time() - begin
    expected = len(range(1, reports, 50))
    if len(found) != expected:
        raise SystemExit(f"{len(found)} conflicts where {expected} were planted")
    print("| reports | conflicts | read, CPU s | search, CPU s | search / read |")
    print("| --- | --- | --- | --- | --- |")
    print(f"| {reports:,} | {len(found):,} | {read:.2f} | {searched:.2f} | {searched / read:.2f} |")


if __name__ == "__main__":
    main()
