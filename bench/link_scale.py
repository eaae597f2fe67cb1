"""``kzturk link suggest`` over more and more items: time of the pass and after it, time for each item, peak memory.

Own CPU is set against parsing such lines with orjson in the same process, so that a busy machine doesn't matter.
The items are made up from the shapes of the real dump slice: its languages, its statements, its words (mixed with words
that don't exist), one in a thousand with a word of ours. A process of its own makes them and hands them over by a pipe, so
that no disk is needed; where both cores are busy, the pass waits for it, and "made alone" tells how long making takes.

usage: python bench/link_scale.py [--sizes 10000,100000,1000000] [--bytes 4000] [SLICE]     SLICE: dump-slice.json.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orjson

SLICE = Path(__file__).resolve().parents[2] / "shared" / "wikidata" / "dump-slice.json.gz"
SYLLABLES = [a + b for a in "bcdfghjklmnprstvyz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "un")]
RARE = ("P279", "P297", "P298")  # of classes and of states, which most items aren't
LANGUAGES = ("en", "de", "fr", "es", "ru", "nl", "it", "tr", "kk", "pl", "sv", "zh", "ar", "ja", "uk", "az")


def lines(path: Path, count: int, size: int, seed: int = 1):  # type: ignore[no-untyped-def]
    """Lines of a dump of ``count`` items with about ``size`` bytes each."""
    chance = random.Random(seed)
    labels, statements = _parts(path)
    words = sorted({word for label in labels for word in label.split() if word.isalpha()})
    ours = ["Kazakhstan", "Ankara", "Astana", "Türkiye", "Казахстан", "Council", "Turkic", "University", "Nazarbayev"]
    for number in range(count):
        made = [_word(chance, words) for _ in range(chance.randint(1, 4))]
        if not chance.randrange(1000):
            made[0] = chance.choice(ours)
        name = " ".join(made)
        known = chance.sample(LANGUAGES, chance.choice((1, 1, 2, 3, 6, 12)))
        called = {language: name if chance.random() < 0.7 else _word(chance, words) for language in known}
        body, at = [], chance.randrange(len(statements))
        length = 0
        while length < size - 700:
            body.append(statements[at % len(statements)])
            length += len(body[-1])
            at += 1
        claims = {json.loads(f'"{each[1 : each.index(chr(34), 1)]}"'): each for each in body}
        texts = json.dumps(
            {key: {"language": key, "value": text} for key, text in called.items()}, separators=(",", ":")
        )
        sites = json.dumps(
            {
                f"{key}wiki": {"site": f"{key}wiki", "title": text, "badges": []}
                for key, text in list(called.items())[:2]
            },
            separators=(",", ":"),
        )
        yield (
            f'{{"type":"item","id":"Q{700_000_000 + number}","labels":{texts},"descriptions":{{}},"aliases":{{}},'
            f'"claims":{{{",".join(claims.values())}}},"sitelinks":{sites}}},\n'
        )


def _word(chance: random.Random, words: list[str]) -> str:
    if chance.random() < 0.3:
        return chance.choice(words)
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).title()


def _parts(path: Path) -> tuple[list[str], list[str]]:
    """The labels of the real items, and their statements, each as ``"P31":[…]``; few are longer than 3 kB."""
    labels: list[str] = []
    statements: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            bare = line.strip().rstrip(",")
            if len(bare) < 3:
                continue
            document = json.loads(bare)
            labels += [each["value"] for each in document["labels"].values()]
            for name, said in document["claims"].items():
                text = f'"{name}":{json.dumps(said, separators=(",", ":"))}'
                if len(text) < 3000 and name not in RARE:
                    statements.append(text)
    return labels, statements


def write(path: Path, count: int, size: int, out: str) -> None:
    """Make the items and write them to ``out``, array and all."""
    with open(out, "w", encoding="utf-8", buffering=1 << 20) as file:
        file.write("[\n")
        file.writelines(lines(path, count, size))
        file.write("{}]\n")


def suggested(count: int, size: int, path: Path) -> None:
    """Suggest links for all our things against so many items, in this process; print a row."""
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.links.table import read_links
    from kzturk_graph.matching import suggest as module
    from kzturk_graph.matching.ours import records
    from kzturk_graph.wikibase.source import FileSource

    links = read_links()
    known = records(open_store(), links.accepted)
    with tempfile.TemporaryDirectory() as folder:
        pipe = os.path.join(folder, "items.json")
        os.mkfifo(pipe)
        maker = subprocess.Popen(
            [sys.executable, __file__, "--make", pipe, "--sizes", str(count), "--bytes", str(size), str(path)]
        )
        passed: list[float] = []
        after = module._Gathered.suggestions
        module._Gathered.suggestions = lambda *given: (passed.append(time.perf_counter()), after(*given))[1]  # type: ignore
        begin, work = time.perf_counter(), time.process_time()
        found = module.suggest(FileSource(pipe), known, links=links, again=True)
        end, worked = time.perf_counter(), time.process_time()
        maker.wait()
    sample = [line.rstrip(",\n").encode() for line in lines(path, 3000, size, seed=2)]
    begun = time.process_time()
    for line in sample:
        orjson.loads(line)
    parsing = (time.process_time() - begun) / len(sample)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    held = sum(len(each.candidates) for each in found)
    print(
        f"| {count:,} | {passed[0] - begin:.1f} | {end - passed[0]:.2f} | {(worked - work) / count * 1e6:.1f} "
        f"| {(worked - work) / count / parsing:.2f} "
        f"| {peak:.0f} | {len(found)} | {held} |"
    )


def main() -> None:
    """Run each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--bytes", type=int, default=4000)
    parser.add_argument("--make", metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("slice", nargs="?", type=Path, default=SLICE)
    given = parser.parse_args()
    sizes = [int(each) for each in given.sizes.split(",")]
    if given.make:
        return write(given.slice, sizes[0], given.bytes, given.make)
    if given.one:
        return suggested(sizes[0], given.bytes, given.slice)
    print(
        "| items | pass s | after it s | own CPU µs an item | × parsing it with orjson | peak MB | of ours | candidates told |"
    )
    print("| --- " * 8 + "|", flush=True)
    for size in sizes:
        command = [
            sys.executable,
            __file__,
            "--one",
            "--sizes",
            str(size),
            "--bytes",
            str(given.bytes),
            str(given.slice),
        ]
        subprocess.run(command, check=True)
    return None


if __name__ == "__main__":
    main()
