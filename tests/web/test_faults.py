"""What goes wrong on purpose; after each fault the next request is answered."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.client import ask, opened, sparql
from tests.web.conftest import Served, start, stop
from tests.web.test_limits import ENDLESS, QUERY

pytestmark = [pytest.mark.needs("web"), pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]

BOMBS = {
    "memory": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a",
    "distinct": "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "group": "SELECT (GROUP_CONCAT(STR(?c)) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path": "SELECT * { ?a (!<x:y>)* ?b . ?c (!<x:y>)* ?d }",
    "replace": "SELECT (REPLACE(REPLACE(REPLACE(REPLACE(?a, '.', ?a), '.', ?a), '.', ?a), '.', ?a) AS ?x)"
    " { VALUES ?a { 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } }",
    "regex": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?s2 ?p2 ?o2 FILTER REGEX(STR(?o), '(a*)*(b*)*(c*)*d') }",
}


def processes(of: int) -> list[int]:
    """The processes below one, children's children too."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == of:
            found += [int(path.parent.name), *processes(int(path.parent.name))]
    return found


def workers(served: Served) -> list[int]:
    """The processes that run queries: those with no file but their line and /dev/null."""
    found = []
    for pid in processes(served.process.pid):
        try:
            limit = Path(f"/proc/{pid}/limits").read_text()
        except OSError:
            continue
        if any(line.split()[3:5] == ["0", "0"] for line in limit.splitlines() if line.startswith("Max open files")):
            found.append(pid)
    return found


def answers(served: Served) -> bool:
    return sparql(served.url, f"SELECT (COUNT(*) AS ?n{random.randrange(10**9)}) {{ ?s a kt:State }}").status == 200


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_its_process_alone(small: Served, name: str) -> None:
    got = sparql(small.url, BOMBS[name])
    assert got.status in (500, 504) or (got.status == 200 and "x-kzturk-truncated" in got.headers)
    assert answers(small)


def test_killed_workers_are_replaced(small: Served) -> None:
    assert answers(small)
    for _ in range(3):
        before = workers(small)
        assert before
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert answers(small)
    assert len(awaited(lambda: set(workers(small)), 3)) == 3


def test_a_worker_killed_at_its_query_is_told(site: str, server: Served) -> None:
    import threading

    got = []
    thread = threading.Thread(target=lambda: got.append(sparql(site, ENDLESS)))
    thread.start()
    awaited(lambda: busy(server), 1)
    for pid in workers(server):
        os.kill(pid, signal.SIGKILL)
    thread.join(60)
    assert got[0].status == 500
    assert answers(server)


def test_a_query_whose_client_is_gone_is_stopped() -> None:
    patient = start("--query-seconds", "600")  # long enough that no time-out stops a query
    try:
        assert answers(patient)
        body = ENDLESS.encode()
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nContent-Length: {len(body)}\r\n\r\n"
        lines = [opened(patient.url) for _ in range(2)]  # as many as run at once
        for line in lines:
            line.sendall(head.encode() + body)
        running = awaited(lambda: busy(patient), 2)
        for line in lines:
            line.close()
        assert answers(patient)
        assert awaited(lambda: running - set(workers(patient)), 2) == running
    finally:
        stop(patient)


def busy(served: Served) -> set[int]:
    """The workers that have used a fifth of a second of the processor or more since they opened nothing anymore."""
    ticks = {}
    for pid in workers(served):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks[pid] = int(fields[11]) + int(fields[12])
    return {pid for pid, used in ticks.items() if used >= _AT_REST.setdefault(pid, used) + 20}


_AT_REST: dict[int, int] = {}


def awaited(found: Callable[[], set[int]], count: int) -> set[int]:
    """What is found once there are so many; the test fails where a minute doesn't bring them."""
    for _ in range(600):
        if len(found()) >= count:
            return found()
        time.sleep(0.1)
    raise AssertionError(f"{len(found())} found, not {count}")


def test_workers_open_nothing(server: Served) -> None:
    assert answers(server)
    for pid in workers(server):
        files = {os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir()}
        assert all(each == "/dev/null" or each.startswith(("socket:", "pipe:")) for each in files), files
        limits = Path(f"/proc/{pid}/limits").read_text()
        assert "Max file size             0" in limits


def test_a_sealed_process_reaches_nothing() -> None:
    code = """
import os, socket, subprocess
from kzturk_graph.web.workers.seal import seal
out = os.dup(1)
seal(2**30)
def tried(do):
    try: do()
    except OSError as error: return type(error).__name__
    except MemoryError: return 'MemoryError'
    return 'done'
found = [tried(lambda: open('/etc/passwd')), tried(socket.socket), tried(os.pipe), tried(lambda: subprocess.run(['true'])),
         tried(lambda: bytearray(2**31))]
os.write(out, ' '.join(found).encode())
"""
    got = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    assert got.stdout.split() == ["OSError", "OSError", "OSError", "OSError", "MemoryError"]


def test_no_code_is_loaded_after_the_seal() -> None:
    """A module that is first imported for some query couldn't be read any more."""
    code = """
import sys
from kzturk_graph.web.workers import engine
from kzturk_graph.web.workers.jobs import Job, job_of, outcome_of
engine.load()
before = set(sys.modules)
many = 'SELECT * { ?s ?p ?o } LIMIT 300'
for form in ('json', 'xml', 'csv', 'tsv'):
    for packed in (None, 'gzip', 'zstd'):
        for rows in (10, 1000):
            outcome_of(engine.answer(job_of(Job(many, rows_format=form, compression=packed, rows=rows).encoded)).encoded())
    engine.answer(Job('SELECT ?on { id:recognition-of-kazakhstan kt:date ?on }', rows_format=form, cite='all', language='tr'))
for form in ('turtle', 'jsonld', 'ntriples', 'rdfxml', 'trig'):
    engine.answer(Job('DESCRIBE id:kazakhstan', graph_format=form))
    engine.answer(Job('CONSTRUCT WHERE { ?s ?p ?o }', graph_format=form, rows=10))
for given in ({'as_of': '2015'}, {'as_of': '2015-13'}, {'as_of': '1990/..'}, {'voices': ('kazakhstan',)}, {'sources': ('001', 'x')},
              {'without': ('003',), 'undated': 'include'}, {'modalities': ('all',)}, {'modalities': ('perhaps',)}):
    engine.answer(Job(many, **given))
    engine.answer(Job('SELECT * { id:hlscc ?p ?o }', cite='witnesses', **given))
for text in ('', 'SELECT', 'SELECT * { ?s no:such ?o }', 'SELECT * { ' + '(' * 500, '\\x00', 'SELECT (STRDT("x", <x:y>) AS ?x) {}',
             'SELECT (NOW() AS ?n) (UUID() AS ?u) (MD5("x") AS ?m) (SHA512("x") AS ?s) (RAND() AS ?r) (REGEX("a", "[ab]") AS ?e) {}',
             'SELECT * { ?s kt:date ?d FILTER(?d > "2000"^^xsd:gYear) }', 'SELECT * FROM a:x FROM a:y FROM NAMED <z> { ?s ?p ?o }'):
    for cite in (None, 'witnesses'):
        engine.answer(Job(text, cite=cite))
print(sorted(set(sys.modules) - before))
"""
    got = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert got.stdout.strip() == "[]"


def test_random_bytes_are_never_an_answer(site: str, server: Served) -> None:
    """Ten thousand bodies on a few lines; whatever they are, the line goes on and the server answers."""
    import http.client
    from urllib.parse import urlsplit

    chance = random.Random(5)
    place = urlsplit(site)
    statuses = set()
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    for number in range(10_000):
        body = chance.randbytes(chance.randrange(1, 60))
        if number % 3 == 0:
            body = b"SELECT * { " + bytes(chance.choice(b"?sx:<>\"'#{}()|&\\.;,^*+ \n") for _ in range(40))
        line.request("POST", "/sparql", body, {"Content-Type": QUERY})
        got = line.getresponse()
        got.read()
        statuses.add(got.status)
    line.close()
    assert statuses <= {200, 400, 403}
    assert 400 in statuses
    assert answers(server)


def test_random_bytes_instead_of_http(small: Served) -> None:
    chance = random.Random(6)
    for _ in range(200):
        with opened(small.url) as line:
            line.sendall(chance.randbytes(200) + b"\r\n\r\n")
    assert answers(small)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "ASK " + "{" * 3000 + "}" * 3000,
        "ASK { FILTER(" + "||".join(["?x"] * 10_000) + ") }", "ASK { FILTER(" + "!" * 5000 + "?x) }",
        "ASK { " + "FILTER NOT EXISTS { " * 1000 + "}" * 1001, "ASK { ?s " + "/".join(["<p:p>"] * 5000) + " ?o }",
        "ASK { " + " UNION ".join(["{ ?a ?b ?c }"] * 3000) + " }", "ASK { FILTER(" + "-" * 5000 + "?x) }",
    ],
    ids=["brackets", "groups", "or", "not", "exists", "path", "union", "minus"],
)  # fmt: skip
def test_deep_nesting_is_refused(site: str, server: Served, query: str) -> None:
    got = ask(site, "/sparql", "POST", query.encode(), Content_Type=QUERY)
    assert got.status == 400
    assert "nest" in got.json()["message"] or "chain" in got.json()["message"]
    assert answers(server)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(number: signal.Signals) -> None:
    served = start()
    assert answers(served)
    children = processes(served.process.pid)
    assert len(children) >= 3
    served.process.send_signal(number)
    assert served.process.wait(10) == 0
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_a_port_in_use_is_told(server: Served) -> None:
    port = server.url.rpartition(":")[2]
    got = subprocess.run(
        [sys.executable, "-m", "kzturk_graph.cli.main", "serve", "--port", port],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert got.returncode == 2
    assert f"port {port} is in use" in got.stderr
    assert "Traceback" not in got.stderr


def test_without_the_extra_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['starlette'] = None; sys.argv = ['kzturk', 'serve']; from kzturk_graph.cli.main import main; main()"
    got = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False)
    assert got.returncode == 2
    assert "pip install 'kzturk-graph[web]'" in got.stderr
    assert "Traceback" not in got.stderr
