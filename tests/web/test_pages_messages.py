"""The catalogues of messages are complete, and dates and numbers come in words of the language."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

pytest.importorskip("markupsafe", reason="needs the extra 'web': pip install '.[web]'")

from kzturk_graph import terms
from kzturk_graph.queries.catalogue import catalogue as queries
from kzturk_graph.queries.header import TOPICS
from kzturk_graph.web.pages import templating, wording
from kzturk_graph.web.pages.messages import LANGUAGES, Messages, catalogue

pytestmark = pytest.mark.needs("web")
OTHERS = [language for language in LANGUAGES if language != "en"]


def test_the_site_has_the_languages_of_the_graph() -> None:
    assert tuple(LANGUAGES) == terms.LANGUAGES


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_there_in_every_language(language: str) -> None:
    assert set(catalogue(language)) == set(catalogue("en"))


@pytest.mark.parametrize("language", OTHERS)
def test_a_message_has_the_same_places_in_every_language(language: str) -> None:
    for key, text in catalogue("en").items():
        assert set(re.findall(r"{(\w+)}", catalogue(language)[key])) == set(re.findall(r"{(\w+)}", text)), key


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_translated(language: str) -> None:
    same = [key for key, text in catalogue("en").items() if len(text) > 30 and catalogue(language)[key] == text]
    assert same == []


def test_every_message_that_a_template_names_is_there() -> None:
    for path in templating.FOLDER.glob("*.html"):
        for key in re.findall(r"say\('([a-z_]+\.[a-z_]+)'(?=[,)])", path.read_text(encoding="utf-8")):
            assert key in catalogue("en"), (path.name, key)


def test_every_saved_query_and_topic_has_a_title() -> None:
    assert {f"query.{name}" for name in queries()} <= set(catalogue("en"))
    assert {f"topics.{topic}" for topic in TOPICS} <= set(catalogue("en"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2012", "2012"),
        ("2009-10", "October 2009"),
        ("2012-05-23", "23 May 2012"),
        ("2012-10-11/2012-10-12", "11–12 October 2012"),
        ("2015-04-30/2015-05-02", "30 April 2015 – 2 May 2015"),
        ("[..1992-10]", "by October 1992"),
        ("[2019-01-01..2026-11-21]", "between 1 January 2019 and 21 November 2026"),
        ("[2012,2014]", "one of 2012, 2014"),
        ("2003/", "from 2003, end unknown"),
        ("2003/..", "since 2003"),
        ("/2025", "until 2025, start unknown"),
        ("2012~", "about 2012"),
        ("spring 2012", "spring 2012"),
    ],
)
def test_dates_in_words(text: str, words: str) -> None:
    assert wording.date(text, Messages("en")) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("tr", "23 Mayıs 2012"), ("kk", "2012 ж. 23 мамыр"), ("ru", "23 мая 2012")],
)
def test_a_day_in_each_language(language: str, words: str) -> None:
    assert wording.date("2012-05-23", Messages(language)) == words


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "1,234,567.5"), ("tr", "1.234.567,5"), ("kk", "1\u202f234\u202f567,5"), ("ru", "1\u202f234\u202f567,5")],
)
def test_numbers_in_each_language(language: str, text: str) -> None:
    assert wording.number(Decimal("1234567.50"), language) == text
