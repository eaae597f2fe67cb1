"""How long the site takes for a page: every entity's written anew, and asked for over HTTP at 50 requests a second.

``python bench/pages.py [--rate 50]`` prints medians and tails in milliseconds, and the time from the command to the first page.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from starlette.requests import Request

from kzturk_graph import terms
from kzturk_graph.graph.store import is_fresh
from kzturk_graph.web.pages.desk import Desk
from kzturk_graph.web.pages.page import Page
from kzturk_graph.web.pages.things import thing
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site


def told(name: str, seconds: Iterable[float]) -> None:
    """Print the median and the tails of some times."""
    times = sorted(seconds)
    at = {share: 1000 * times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.9, 0.99)}
    print(f"{name:<34} n {len(times):>4}   p50 {at[0.5]:6.1f}   p90 {at[0.9]:6.1f}   p99 {at[0.99]:6.1f} ms")


def written(desk: Desk, names: list[str], language: str) -> list[float]:
    """The time to write each entity's page, none of it kept from before."""
    found = []
    for name in names:
        scope = {
            "type": "http", "method": "GET", "path": f"/page/{quote(name)}", "headers": [], "path_params": {"name": name},
            "query_string": f"lang={language}".encode(),
        }  # fmt: skip
        start = time.perf_counter()
        thing(Page(desk, Request(scope)))
        found.append(time.perf_counter() - start)
    return found


def asked(url: str, names: list[str], rate: float) -> list[float]:
    """The time of each page over one connection, at a steady rate."""
    place = urlsplit(url)
    line = http.client.HTTPConnection(place.hostname or "", place.port)
    found, begun = [], time.perf_counter()
    for number, name in enumerate(names):
        time.sleep(max(0, begun + number / rate - time.perf_counter()))
        start = time.perf_counter()
        line.request("GET", f"/page/{quote(name)}")
        line.getresponse().read()
        found.append(time.perf_counter() - start)
    return found


def main() -> None:
    """Run all of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rate", type=float, default=50, help="requests a second")
    rate = options.parse_args().rate
    if not is_fresh():
        print("the built store is stale: python -m kzturk_graph.built", file=sys.stderr)
    desk = Desk(Site(Settings()))
    names = list(desk.index.slugs[terms.ENTITY])
    random.Random(1).shuffle(names)
    written(desk, names[:5], "en")
    for language in ("en", "kk"):
        told(f"entity page written ({language})", written(desk, names, language))

    start = time.perf_counter()
    words = [sys.executable, "-m", "kzturk_graph.cli.main", "serve", "--port", "0"]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert server.stdout is not None
    url = server.stdout.readline().split()[0]
    place = urlsplit(url)
    line = http.client.HTTPConnection(place.hostname or "", place.port)
    line.request("GET", "/")
    line.getresponse().read()
    print(f"first page after the command        {time.perf_counter() - start:.2f} s")
    try:
        told(f"over HTTP, {rate:g}/s, first visits", asked(url, names, rate))
        told(f"over HTTP, {rate:g}/s, again", asked(url, names, rate))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(10)


if __name__ == "__main__":
    main()
