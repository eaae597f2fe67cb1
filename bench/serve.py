"""``kzturk serve`` beside ``oxigraph serve-read-only`` on the same quads and queries, interleaved; and how fast pages come.

usage: python bench/serve.py [ROUNDS]     needs the extras 'web' and 'test', and takes Debian's wrk where it is installed
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.store import open_store
from kzturk_graph.queries.catalogue import catalogue

SECONDS = 4
CLIENTS = (8, 64)
ACCEPT = "application/sparql-results+json"
IDS = terms.ENTITY
SIMPLE = [
    "ASK {}",
    f"SELECT ?p ?o {{ <{IDS}kazakhstan> ?p ?o }}",
    f"SELECT ?s {{ ?s a <{terms.kt('State')}> }}",
    f"SELECT ?name {{ <{IDS}hlscc> <{terms.PREF_LABEL}> ?name }}",
    f"SELECT (COUNT(*) AS ?n) {{ ?s a <{terms.kt('Treaty')}> }}",
]
LUA = """
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local next = 0
request = function()
  next = next % #paths + 1
  return wrk.format("GET", paths[next], {["Accept"] = os.getenv("ACCEPT")})
end
"""


ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As after an installation, which leaves the bytecode beside the code; it goes into a folder of its own here."""


class Server:
    """A process that serves HTTP, from its start until ``stop``."""

    def __init__(self, command: list[str], port: int, path: str) -> None:
        began = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
        self.url = f"http://127.0.0.1:{port}"
        while True:
            try:
                urllib.request.urlopen(self.url + path).read()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.005)
        self.first = time.perf_counter() - began

    def cpu(self) -> float:
        """The seconds that it and its children have computed so far."""
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(int(each) for pid in family(self.process.pid) for each in stat(pid)[11:15]) / ticks

    def settle(self) -> None:
        """Wait until it computes no more: some go on with a query when nobody waits for it any longer."""
        before = -1.0
        while self.cpu() > before + 0.02:
            before = self.cpu()
            time.sleep(0.3)

    def stop(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


def stat(pid: int) -> list[str]:
    """The fields of a process after its name, see proc(5)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = [child for each in Path(f"/proc/{pid}/task").glob("*/children") for child in each.read_text().split()]
    return [pid, *(each for child in children for each in family(int(child)))]


def kzturk(port: int, *options: str, path: str = "/sparql?query=ASK%7B%7D") -> Server:
    """``kzturk serve``."""
    command = [str(Path(sys.executable).with_name("kzturk")), "serve", "--port", str(port), *options]
    return Server(command, port, path)


def real_queries(url: str) -> list[str]:
    """The saved queries as they stand, but for those whose answers the limits cut."""
    kept = []
    for query in catalogue().values():
        with urllib.request.urlopen(f"{url}/sparql?query={quote(query.text)}") as got:
            if "X-Kzturk-Truncated" not in got.headers:
                kept.append(query.text)
    return kept


def throughput(url: str, queries: list[str], clients: int) -> float:
    """Answers a second, all of them whole; the queries in turn over that many connections."""
    paths = [f"{urlsplit(url).path}?query={quote(text)}" for text in queries]
    if shutil.which("wrk") is None:
        place = urlsplit(url)
        counted, _ = asyncio.run(load(place.hostname or "", place.port or 0, paths, clients, SECONDS))
        assert set(counted) == {200}, counted
        return counted[200] / SECONDS
    with tempfile.TemporaryDirectory() as folder:
        script, listed = Path(folder, "paths.lua"), Path(folder, "paths")
        script.write_text(LUA)
        listed.write_text("\n".join(paths))
        command = ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "-s", str(script), url]
        said = subprocess.run(
            command,
            env={**os.environ, "PATHS": str(listed), "ACCEPT": ACCEPT},
            capture_output=True,
            text=True,
            check=True,
        )
    assert "Non-2xx" not in said.stdout, said.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said.stdout)
    assert found is not None
    return float(found[1])


async def load(
    host: str, port: int, paths: list[str], clients: int, seconds: float, pause: float = 0
) -> tuple[Counter[int], list[float]]:
    """Ask over that many connections for so long: answers by status, and how long each took."""
    counted: Counter[int] = Counter()
    taken: list[float] = []
    end = time.perf_counter() + seconds
    turn = iter(range(10**9))

    async def client() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        due = time.perf_counter()
        while time.perf_counter() < end:
            path = paths[next(turn) % len(paths)]
            began = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {ACCEPT}, text/html\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length else 0)
            taken.append(time.perf_counter() - began)
            counted[int(head.split(b" ", 2)[1])] += 1
            due += pause
            await asyncio.sleep(max(0, due - time.perf_counter()) if pause else 0)
        writer.close()

    await asyncio.gather(*[client() for _ in range(clients)])
    return counted, taken


def percentile(taken: list[float], part: float) -> float:
    """Milliseconds below which that part of the times lies."""
    return sorted(taken)[int(part * (len(taken) - 1))] * 1000


def compare(rounds: int) -> None:
    """Throughput beside oxigraph's, with and without answers kept."""
    with tempfile.TemporaryDirectory() as folder:
        store = ox.Store(folder)
        store.bulk_extend(open_store())
        store.optimize()
        store.flush()
        del store
        oxigraph = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
        theirs = Server(
            [oxigraph, "serve-read-only", "-l", folder, "-b", "127.0.0.1:7901"], 7901, "/query?query=ASK%7B%7D"
        )
        kept, fresh = kzturk(7902, "--queue", "100"), kzturk(7903, "--queue", "100", "--cache-bytes", "0")
        servers = {"oxigraph": (theirs, "/query"), "fresh": (fresh, "/sparql"), "kept": (kept, "/sparql")}
        real = real_queries(kept.url)
        print(
            f"{len(SIMPLE)} simple queries, {len(real)} saved queries as they stand; answers a second, medians of {rounds}\n"
        )
        print(
            "| queries | clients | oxigraph | kzturk, each computed | × | kzturk, answers kept | × | CPU ms an answer |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for name, queries in (("simple", SIMPLE), ("saved", real)):
            for clients in CLIENTS:
                rates: dict[str, list[float]] = {each: [] for each in servers}
                used: dict[str, list[float]] = {each: [] for each in servers}
                for _ in range(rounds):
                    for each, (server, path) in servers.items():
                        before = server.cpu()
                        rates[each].append(throughput(server.url + path, queries, clients))
                        used[each].append((server.cpu() - before) / (rates[each][-1] * SECONDS) * 1000)
                        server.settle()
                other, computed, again = (statistics.median(rates[each]) for each in servers)
                cpu = " / ".join(f"{statistics.median(each):.3f}" for each in used.values())
                ratios = f"{computed:.0f} | {computed / other:.2f} | {again:.0f} | {again / other:.2f}"
                print(f"| {name} | {clients} | {other:.0f} | {ratios} | {cpu} |", flush=True)
        for each in (theirs, kept, fresh):
            each.stop()


def crowd() -> None:
    """64 clients at once on the default limits: who is served, who is sent away, how soon."""
    server = kzturk(7904, "--cache-bytes", "0")
    paths = [f"/sparql?query={quote(text)}" for text in real_queries(server.url)]
    counted, taken = asyncio.run(load("127.0.0.1", 7904, paths, 64, SECONDS))
    server.stop()
    told = ", ".join(f"{count} × {status}" for status, count in sorted(counted.items()))
    print(
        f"\n64 clients, queue of 8: {told}; p50 {percentile(taken, 0.5):.1f} ms, p99 {percentile(taken, 0.99):.1f} ms"
    )


def pages() -> None:
    """Entity pages at 50 requests a second, each page asked for anew and again."""
    server = kzturk(7905)
    rows = open_store().query(
        "SELECT DISTINCT ?s { ?s a ?class FILTER STRSTARTS(STR(?s), $ids) }".replace("$ids", f"'{IDS}'")
    )
    paths = [f"/page/{terms.local(row['s'].value)}" for row in rows][:200]
    asyncio.run(load("127.0.0.1", 7905, ["/"], 1, 0.1))
    counted, taken = asyncio.run(load("127.0.0.1", 7905, paths, 5, 10, pause=0.1))
    server.stop()
    print(
        f"entity pages at 50 a second ({sum(counted.values())} requests, {len(paths)} pages, {dict(counted)}): "
        f"p50 {percentile(taken, 0.5):.1f} ms, p99 {percentile(taken, 0.99):.1f} ms"
    )


def first_page() -> None:
    """From the start of the command to the first page."""
    taken = []
    for port in range(7906, 7911):
        server = kzturk(port, path="/")
        taken.append(server.first)
        server.stop()
    print(
        f"first page {statistics.median(taken) * 1000:.0f} ms after the command (5 starts, slowest {max(taken) * 1000:.0f} ms)"
    )


def main() -> None:
    """Print all of it."""
    with tempfile.TemporaryDirectory() as bytecode:
        ENVIRONMENT["PYTHONPYCACHEPREFIX"] = bytecode
        _main()


def _main() -> None:
    compare(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    crowd()
    pages()
    first_page()


if __name__ == "__main__":
    main()
