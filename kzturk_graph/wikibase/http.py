"""Asking a SPARQL endpoint over HTTP: patient within bounds that are told, polite, and clear about what goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kzturk_graph.errors import InputError
from kzturk_graph.terms import BASE

if TYPE_CHECKING:
    import urllib3

RESULTS = "application/sparql-results+json"
XML = "application/sparql-results+xml"
LONG = 1500
"""A query of more characters goes by POST, since addresses are cut by servers on the way."""

BUSY = frozenset((429, 502, 503, 504))


class TooMuch(InputError):
    """An answer that is too large, too slow or breaks off: fewer things at a time may work."""


def user_agent(contact: str | None = None) -> str:
    """How we name ourselves, after https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy: tool, version, and
    where its people can be reached (an address or an e-mail).
    """
    try:
        number = version("kzturk-graph")
    except PackageNotFoundError:
        number = "0"
    return f"kzturk-graph/{number} ({'; '.join(filter(None, (BASE, contact)))})"


class Client:
    """A connection to one endpoint.

    ``timeout`` is the time in seconds that an answer may take in all; ``tries`` how often a busy server is asked;
    ``pause`` the first wait in seconds, doubled each time, where the server doesn't say how long; ``wait`` the longest
    that it may ask for with ``Retry-After``; ``largest`` the most bytes of an answer; ``tell`` is told of each wait.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 60,
        tries: int = 4,
        pause: float = 1,
        wait: float = 60,
        largest: int = 1 << 28,
        contact: str | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        import urllib3

        self.url, self.timeout, self.tries, self.pause, self.wait = url, timeout, max(tries, 1), pause, wait
        self.largest, self.tell = largest, tell or (lambda _what: None)
        self._headers = {
            "Accept": f"{RESULTS}, {XML};q=0.5",
            "User-Agent": user_agent(contact),
            "Accept-Encoding": "gzip",
        }
        self._pool = urllib3.PoolManager(
            retries=urllib3.Retry(total=3, connect=0, read=0, status=0, other=0, raise_on_status=False),
            timeout=urllib3.Timeout(connect=min(timeout, 15), read=timeout),
        )

    def ask(self, query: str) -> bytes:
        """The answer to a query, as SPARQL results in JSON, or in XML from servers that write nothing else.

        Raises InputError (exit code 3) where the endpoint is down, refuses, is busy for too long or answers something
        else; TooMuch where the answer is too large, too slow or half.
        """
        for attempt in range(1, self.tries + 1):
            response, begun = self._send(query), time.monotonic()
            try:
                if response.status not in BUSY or _server_timeout(response):
                    return self._answer(response, begun)
                asked = _retry_after(response.headers.get("Retry-After"))
            finally:
                response.release_conn()
                response.close()
            seconds = self.pause * 2 ** (attempt - 1) if asked is None else asked
            if seconds > self.wait:
                hint = f"the longest wait is {self.wait:g} s; try again after {seconds:g} s"
                raise self._error(f"is busy ({response.status}) and asks to wait {seconds:g} s", hint)
            if attempt < self.tries:
                self.tell(f"{self.url} is busy ({response.status}); asking again in {seconds:g} s")
                time.sleep(seconds)
        raise self._error(f"is busy ({response.status}), {self.tries} times in a row", "try again later")

    def _error(self, message: str, hint: str) -> InputError:
        return InputError(message, path=self.url, hint=hint)

    def _too_much(self, message: str, hint: str) -> TooMuch:
        return TooMuch(message, path=self.url, hint=hint)

    def _send(self, query: str) -> urllib3.BaseHTTPResponse:
        import urllib3

        try:
            if len(query) <= LONG:
                joint = "&" if "?" in self.url else "?"
                address = f"{self.url}{joint}{urlencode({'query': query})}"
                return self._pool.request("GET", address, headers=self._headers, preload_content=False)
            headers = self._headers | {"Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode({"query": query})
            return self._pool.request("POST", self.url, body=body, headers=headers, preload_content=False)
        except urllib3.exceptions.HTTPError as error:
            raise self._lost(error) from None

    def _lost(self, error: Exception) -> InputError:
        """What a failure below HTTP means."""
        from urllib3 import exceptions

        cause = getattr(error, "reason", None) or error
        if isinstance(cause, exceptions.NameResolutionError):
            return self._error("there is no such host", "check the address and the network")
        if isinstance(cause, exceptions.NewConnectionError):
            return self._error("refuses the connection", "is it running, and is that its port?")
        if isinstance(cause, exceptions.ConnectTimeoutError):
            return self._error("can't be reached: nothing answers", "check the address and the network")
        if isinstance(cause, exceptions.ReadTimeoutError):
            hint = "allow it more time, or ask for less at once"
            return self._too_much(f"gave no answer within {self.timeout:g} s", hint)
        if isinstance(cause, exceptions.SSLError):
            return self._error(f"has no secure connection that can be trusted: {cause}", "check the address")
        if isinstance(cause, exceptions.LocationValueError):
            return self._error("is no address of an endpoint", "it looks like https://query.wikidata.org/sparql")
        return self._too_much(f"broke off the connection: {cause}", "try again")

    def _answer(self, response: urllib3.BaseHTTPResponse, begun: float) -> bytes:
        body = self._body(response, begun)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        html = kind in ("text/html", "application/xhtml+xml") or body[:200].lstrip().lower().startswith(
            (b"<!doctype", b"<html")
        )
        if _timed_out(body) and (response.status >= 500 or not _closed(body)):
            raise self._too_much("broke off the query, which took longer than it allows", "ask for less at once")
        if response.status >= 400:
            said = f": {_first(body)}" if body.strip() and not html else ""
            hint = {
                401: "it wants a login, which isn't supported",
                403: "it may want a contact in the user agent",
                404: "check the address: it is that of the SPARQL endpoint itself",
            }.get(response.status, "ask its people" if response.status >= 500 else "check the query and the address")
            raise self._error(f"answers with the error {response.status}{said}", hint)
        if html:
            hint = "give the address of the SPARQL endpoint itself, like https://query.wikidata.org/sparql"
            raise self._error("answers with a web page (HTML) instead of results", hint)
        if "json" not in kind and not (kind.endswith("xml") and b"<sparql" in body[:4096]):
            raise self._error(
                f"answers with {kind or 'no media type'} instead of {RESULTS}", "is it a SPARQL 1.1 endpoint?"
            )
        if not _closed(body):
            raise self._too_much(
                f"gave half a result: it ends after {len(body):,} bytes", "try again, or ask for less at once"
            )
        return body

    def _body(self, response: urllib3.BaseHTTPResponse, begun: float) -> bytes:
        import urllib3

        body = bytearray()
        try:
            for block in response.stream(1 << 16, decode_content=True):
                body += block
                if len(body) > self.largest:
                    raise self._too_much(f"gave more than {self.largest:,} bytes", "ask for less at once")
                if time.monotonic() - begun > self.timeout:
                    hint = "allow it more time, or ask for less at once"
                    raise self._too_much(f"gave no whole answer within {self.timeout:g} s", hint)
        except urllib3.exceptions.ProtocolError as error:
            got = max(len(body), getattr(error.args[-1], "partial", 0))
            message = f"gave half a result: the connection ended after {got:,} bytes"
            raise self._too_much(message, "try again, or ask for less at once") from None
        except urllib3.exceptions.HTTPError as error:
            raise self._lost(error) from None
        return bytes(body)


def _server_timeout(response: urllib3.BaseHTTPResponse) -> bool:
    """Whether a gateway gave up on the query: asking the same again would only burden it."""
    return response.status == 504 and "Retry-After" not in response.headers


def _timed_out(body: bytes) -> bool:
    return b"TimeoutException" in body[-65536:] or b"QueryTimeoutException" in body[:4096]


def _closed(body: bytes) -> bool:
    return body.rstrip().endswith((b"}", b"sparql>"))


def _first(body: bytes) -> str:
    """The first line of an error's text that says something, in a length for a terminal."""
    lines = (line.strip() for line in body.decode("utf-8", "replace").splitlines())
    text = next((line for line in lines if line), "")
    return text if len(text) <= 300 else text[:299] + "…"


def _retry_after(given: str | None) -> float | None:
    """The seconds that ``Retry-After`` asks for, told as such or as a date; None where it says nothing readable."""
    if given is None:
        return None
    if given.strip().isdigit():
        return float(given)
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return None
    return max((until - datetime.now(UTC if until.tzinfo else None)).total_seconds(), 0.0)
