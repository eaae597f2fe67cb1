"""Going on after an interruption: the same bytes as without one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kzturk_graph.errors import KzturkError, UsageError
from kzturk_graph.extract import Progress

from .conftest import ANKARA, BAKU, KAZAKHSTAN, TURKEY, Dump, layout, line
from .test_reading import FAR, PACKERS, many

SEEDS = ("Q232", f"Q{FAR + 8}", f"Q{FAR + 250}")
WAY = {"hops": 2, "incoming": True}
KILLED = """
import os, signal, sys
from kzturk_graph.extract import Request, extract
dump, output, pieces, workers, *seeds = sys.argv[1:]
left = [int(pieces)]
def tell(progress):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
extract(dump, Request(frozenset(seeds), 2, True), output, workers=int(workers), tell=tell, piece=1500, every=0)
"""


def killed(dump: Dump, pieces: int, workers: int = 1) -> None:
    """An extraction in a process that is killed after so many pieces."""
    words = [sys.executable, "-c", KILLED, str(dump.path), str(dump.output), str(pieces), str(workers), *SEEDS]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    assert not dump.output.exists()


@pytest.mark.parametrize("packing", ["plain", *PACKERS])
def test_killed_and_resumed_gives_the_same_bytes(dump: Dump, packing: str) -> None:
    lines = many(300)
    lines[40] = b"{broken"
    raw = layout(lines)
    dump.path.write_bytes(PACKERS[packing](raw) if packing != "plain" else raw)
    whole = dump.extract(*SEEDS, **WAY, piece=1500)
    expected = dump.output.read_bytes()
    pieces = 3 * -(-len(raw) // 1500) if packing == "plain" else 45
    for after in (1, pieces // 4, pieces // 2, pieces - 4):
        dump.output.unlink()
        killed(dump, after)
        resumed = dump.extract(*SEEDS, **WAY, resume=True, piece=1500)
        assert dump.output.read_bytes() == expected
        assert resumed.passes == whole.passes
        assert resumed.entities == whole.entities
        assert [str(each) for each in resumed.problems] == [str(each) for each in whole.problems]
        assert not (dump.folder / "slice.json.partial").exists()


def test_killed_twice_and_resumed_with_other_pieces(dump: Dump) -> None:
    dump.write(many(300)).extract(*SEEDS, **WAY)
    expected = dump.output.read_bytes()
    dump.output.unlink()
    killed(dump, 5)
    body = dump.folder / "slice.json.partial" / "body"
    with open(body, "ab") as file:
        file.write(b"what the last state doesn't know of")
    dump.extract(*SEEDS, **WAY, resume=True, piece=333, workers=2)
    assert dump.output.read_bytes() == expected


def test_processes_dont_outlive_a_killed_one(dump: Dump) -> None:
    dump.write(many(300))
    killed(dump, 3, workers=2)
    until = time.monotonic() + 120
    while left := _processes_with(str(dump.path)):
        assert time.monotonic() < until, left
        time.sleep(0.05)


def _processes_with(word: str) -> list[str]:
    """The processes whose command line has this word."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("needs /proc")
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            try:
                words = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if word.encode() in words:
                found.append(process.name)
    return found


def interrupted(dump: Dump, **options: object) -> None:
    """An extraction that is stopped at the terminal after its first piece, its state saved."""
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dump.extract("Q232", hops=1, tell=stop, every=0, piece=100, **options)


def test_what_is_unfinished_is_never_thrown_away_unasked(dump: Dump) -> None:
    interrupted(dump)
    with pytest.raises(UsageError, match="--resume"):
        dump.extract("Q232", hops=1)
    dump.extract("Q232", hops=1, resume=True)
    assert dump.ids() == ["Q232", "Q1520", "Q43"]


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"hops": 2}, "hops"),
        ({"hops": 1, "languages": ("en",)}, "languages"),
        ({"hops": 1, "properties": ("P17",)}, "properties"),
        ({"hops": 1, "incoming": True}, "incoming"),
        ({"hops": 1, "format": "nt"}, "format"),
    ],
)
def test_other_options_are_refused(dump: Dump, other: dict[str, object], named: str) -> None:
    interrupted(dump)
    with pytest.raises(UsageError, match=f"another {named}"):
        dump.extract("Q232", resume=True, **other)
    with pytest.raises(UsageError, match="another seeds"):
        dump.extract("Q43", hops=1, resume=True)


def test_another_dump_is_refused(dump: Dump) -> None:
    interrupted(dump)
    raw = dump.path.read_bytes()
    dump.path.write_bytes(raw.replace(b"Baku", b"BAKU"))
    with pytest.raises(UsageError, match="another dump"):
        dump.extract("Q232", hops=1, resume=True)


def test_a_damaged_state_is_said(dump: Dump) -> None:
    interrupted(dump)
    (dump.folder / "slice.json.partial" / "state.json").write_text("{")
    with pytest.raises(UsageError, match="damaged"):
        dump.extract("Q232", hops=1, resume=True)


def test_two_at_once_are_refused(dump: Dump) -> None:
    def again(_progress: object) -> None:
        with pytest.raises(UsageError, match="another process"):
            dump.extract("Q232", hops=1, resume=True)

    dump.extract("Q232", hops=1, tell=again)
    assert dump.ids() == ["Q232", "Q1520", "Q43"]


def test_resume_without_anything_to_resume_begins(dump: Dump) -> None:
    dump.extract("Q232", resume=True)
    assert dump.ids() == ["Q232"]


def test_an_earlier_output_stays_until_the_new_one_is_whole(dump: Dump) -> None:
    dump.output.write_text("before")
    interrupted(dump)
    assert dump.output.read_text() == "before"
    dump.extract("Q232", hops=1, resume=True)
    assert dump.ids() == ["Q232", "Q1520", "Q43"]


def test_what_was_found_is_kept_when_the_dump_goes_bad(dump: Dump) -> None:
    dump.write(map(line, [KAZAKHSTAN, TURKEY, BAKU, ANKARA]))

    def gone(_progress: object) -> None:
        dump.path.unlink(missing_ok=True)

    with pytest.raises(KzturkError) as error:
        dump.extract("Q232", hops=1, tell=gone, every=0)
    assert "dump.json" in str(error.value)
    assert (dump.folder / "slice.json.partial" / "body").read_bytes() == b"[\n" + line(KAZAKHSTAN)


def test_a_full_disk_is_said_and_gone_on_from(dump: Dump) -> None:
    resource = pytest.importorskip("resource")
    seeds = [f"Q{FAR + number}" for number in range(12)]
    dump.write(many(300)).extract(*seeds, **WAY)
    expected = dump.output.read_bytes()
    dump.output.unlink()
    words = [sys.executable, "-m", "kzturk_graph.cli.main", "wikidata", "extract", str(dump.path), "--hops", "2"]
    words += ["--incoming", "--seeds", ",".join(seeds), "-o", str(dump.output)]
    full = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)),
    )
    assert full.returncode == 3
    assert "File too large" in full.stderr
    assert "go on with --resume" in full.stderr
    assert "Traceback" not in full.stderr
    assert not dump.output.exists()
    assert subprocess.run([*words, "--resume"], check=False).returncode == 0
    assert dump.output.read_bytes() == expected


def test_an_interrupt_at_the_terminal_is_quiet(dump: Dump) -> None:
    dump.write(many(300))
    words = [sys.executable, "-m", "kzturk_graph.cli.main", "wikidata", "extract", "-", "--workers", "2"]
    words += ["--seeds", "Q232", "-o", str(dump.output)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(dump.path.read_bytes() * 20)
        process.stdin.flush()
        until = time.monotonic() + 120
        while not (dump.folder / "slice.json.partial" / "ids").exists():
            assert time.monotonic() < until
            time.sleep(0.05)
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait(20) == 130
    assert "Traceback" not in said
    assert "Stopped." in said
