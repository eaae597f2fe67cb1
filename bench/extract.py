"""Extraction from a dump against what bounds it and against another tool, interleaved, as ratios.

usage: python bench/extract.py [ROUNDS] [MEGABYTES]

The dumps are made for the run, in a temporary folder, of the real slice in ../shared/wikidata: its entities again and
again under ids beyond Wikidata's, shortened to the 14 kB that a line of the full dump has on average, and in full
(75 kB). ``wikibase-dump-filter`` is installed for the run where npm is there; its job is to keep the entities with a
claim of Kazakhstan as country, ours the same through ``--incoming``, in two passes.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
from isal import igzip

from kzturk_graph.extract import Request, extract

SLICE = Path(__file__).resolve().parents[2] / "shared" / "wikidata" / "dump-slice.json.gz"
KAZAKHSTAN, COUNTRY = "Q232", "P17"
FIRST = 900_000_000
SEEDS = frozenset(f"Q{FIRST + number}" for number in (7, 1111, 5555, 9999))
HEAD = re.compile(rb'^\{"type":"item","id":"Q\d+"')
CLAIM = {
    "mainsnak": {
        "snaktype": "value",
        "property": COUNTRY,
        "datavalue": {
            "value": {"entity-type": "item", "numeric-id": int(KAZAKHSTAN[1:]), "id": KAZAKHSTAN},
            "type": "wikibase-entityid",
        },
        "datatype": "wikibase-item",
    },
    "type": "statement",
    "rank": "normal",
}


def entities() -> list[dict[str, dict[str, object]]]:
    """The slice's entities, but for Kazakhstan and what names it."""
    with gzip.open(SLICE) as file:
        lines = [line.strip().rstrip(b",") for line in file]
    return [orjson.loads(line) for line in lines if line not in (b"[", b"]", b"") and b'"Q232"' not in line]


def shortened(entity: dict[str, dict[str, object]], share: float) -> dict[str, object]:
    """An entity with the first so many of its names, statements and sitelinks."""
    return {
        key: dict(list(part.items())[: max(1, int(len(part) * share))]) if isinstance(part, dict) else part
        for key, part in entity.items()
    }


def make(path: Path, size: int, share: float) -> int:
    """Write a dump of about so many bytes; every thousandth entity lies in Kazakhstan. Returns the number of lines."""
    lines = [orjson.dumps(shortened(each, share)) for each in entities()]
    country = b'"claims":{"%b":[%b],' % (COUNTRY.encode(), orjson.dumps(CLAIM))
    number = written = 0
    with open(path, "wb") as file:
        file.write(b'[\n{"type":"item","id":"Q232","labels":{},"claims":{}}')
        while written < size:
            line = HEAD.sub(b'{"type":"item","id":"Q%d"' % (FIRST + number), lines[number % len(lines)])
            if number % 1000 == 0:
                line = line.replace(b'"claims":{', country, 1)
            written += file.write(b",\n" + line)
            number += 1
        file.write(b"\n]\n")
    return number


def timed(sides: dict[str, Callable[[], object]], rounds: int, size: int) -> None:
    """Run the sides in turn, and print the medians as MB/s and as ratios to the first."""
    took: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            begun = time.perf_counter()
            side()
            took[name].append(time.perf_counter() - begun)
    first = statistics.median(next(iter(took.values())))
    for name, times in took.items():
        median = statistics.median(times)
        print(f"  {name:44} {size / median / 1e6:7.0f} MB/s   time × {median / first:6.2f}")


def raw_test(path: Path) -> int:
    """A substring looked for in every line: what a search of all bytes costs."""
    with open(path, "rb") as file:
        return sum(b'"id":"Q232"' in line for line in file)


def parse_all(path: Path) -> int:
    """Every line parsed."""
    with open(path, "rb") as file:
        lines = (line.rstrip(b",\n") for line in file)
        return sum(orjson.loads(line)["id"] == KAZAKHSTAN for line in lines if line not in (b"[", b"]"))


def inflate(path: Path) -> int:
    """An archive unpacked, and nothing done with it."""
    with igzip.open(path) as file:
        return sum(len(block) for block in iter(lambda: file.read(1 << 20), b""))


def ours(
    path: Path, folder: Path, seeds: frozenset[str] = SEEDS, incoming: bool = False, workers: int = 1
) -> Callable[[], object]:
    """Our extraction: some ids, all of them with their names cut down, or whatever has Kazakhstan as its country."""
    if incoming:
        request = Request(frozenset([KAZAKHSTAN]), 1, True, properties=(COUNTRY,))
    else:
        request = Request(seeds, languages=() if seeds is SEEDS else ("en",))
    return lambda: extract(str(path), request, folder / "ours.json", workers=workers)


def dump_filter(folder: Path) -> Path | None:
    """The other tool, installed for this run; None where npm isn't there."""
    if not shutil.which("npm"):
        return None
    done = subprocess.run(["npm", "install", "--silent", "wikibase-dump-filter"], cwd=folder, check=False)
    return folder / "node_modules" / ".bin" / "wikibase-dump-filter" if done.returncode == 0 else None


def theirs(program: Path, path: Path, folder: Path) -> Callable[[], object]:
    """Its job: what has Kazakhstan as its country."""

    def run() -> None:
        with open(path, "rb") as dump, open(folder / "theirs.json", "wb") as output:
            words = [str(program), "--quiet", "--claim", f"{COUNTRY}:{KAZAKHSTAN}"]
            subprocess.run(words, stdin=dump, stdout=output, stderr=subprocess.DEVNULL, check=True)

    return run


def found(path: Path) -> Iterator[str]:
    """The ids in a result, Kazakhstan itself aside."""
    for line in path.read_bytes().splitlines():
        name = re.search(rb'"id":"(Q\d+)"', line[:200])
        if name and name[1] != b"Q232":
            yield name[1].decode()


def main(rounds: int, size: int) -> None:
    """Make the dumps, measure, take them away."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, share, bytes_ in (("14 kB", 0.19, size), ("75 kB", 1.0, size // 2)):
            dump = folder / "dump.json"
            lines = make(dump, bytes_, share)
            total = os.path.getsize(dump)
            print(f"plain, {lines:,} lines of {total / lines / 1000:.0f} kB ({label}), {total / 1e6:.0f} MB")
            timed(
                {
                    "extract, few ids": ours(dump, folder),
                    "extract, few ids, 2 processes": ours(dump, folder, workers=2),
                    "a substring in every line": lambda dump=dump: raw_test(dump),
                    "orjson on every line": lambda dump=dump: parse_all(dump),
                },
                rounds,
                total,
            )
            print("every entity, with its English names")
            every = frozenset(f"Q{FIRST + number}" for number in range(lines))
            timed(
                {f"extract, {count} processes": ours(dump, folder, every, workers=count) for count in (1, 2)},
                min(rounds, 3),
                total,
            )
            print("the entities with a claim (ours reads the dump twice)")
            sides = {
                "extract --incoming": ours(dump, folder, incoming=True),
                "extract --incoming, 2 processes": ours(dump, folder, incoming=True, workers=2),
            }
            if label == "14 kB" and (program := dump_filter(folder)):
                sides["wikibase-dump-filter"] = theirs(program, dump, folder)
            timed(sides, min(rounds, 3), total)
            if "wikibase-dump-filter" in sides:
                same = set(found(folder / "ours.json")) == set(found(folder / "theirs.json"))
                print(f"  the same entities: {'yes' if same else 'NO'}")
        with open(dump, "rb") as file, gzip.open(folder / "dump.json.gz", "wb", compresslevel=6) as packed:
            shutil.copyfileobj(file, packed, 1 << 20)
        print(f"gzip, the lines of 75 kB, {os.path.getsize(packed.name) / 1e6:.0f} MB packed")
        archive = Path(packed.name)
        timed({"unpack with isal": lambda: inflate(archive), "extract, few ids": ours(archive, folder)}, rounds, total)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(given[0] if given else 5, (given[1] if len(given) > 1 else 1000) * 1_000_000)
