"""Kinds: told by words, classes and properties, and compared."""

from __future__ import annotations

import pytest

from kzturk_graph.matching import kinds
from kzturk_graph.matching.classes import Classes
from kzturk_graph.matching.theirs import own_kinds, record, site_language
from kzturk_graph.matching.words import kind
from kzturk_graph.wikibase.json_reader import entity
from tests.matching import wikibase
from tests.matching.wikibase import item


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("capital city of Kazakhstan", "en", "place.city"),
        ("city in Mersin Province, Turkey", "en", "place.city"),
        ("province of Turkey", "en", "place.region"),
        ("district of Ankara Province, Turkey", "en", "place.district"),
        ("railway company in Kazakhstan", "en", "organization.company"),
        ("Turkish politician and diplomat", "en", "person"),
        ("Wikimedia disambiguation page", "en", "wiki"),
        ("2018 film by a director", "en", "work"),
        ("university in Ankara, Turkey", "en", "organization.university"),
        ("Türkiye'nin bir ilinin ilçesi", "tr", "place.district"),
        ("Ankara'da bir üniversite", "tr", "organization.university"),
        ("Türk siyasetçi", "tr", "person"),
        ("город в Казахстане", "ru", "place.city"),
        ("область Казахстана", "ru", "place.region"),
        ("страница значений", "ru", "wiki"),
        ("Қазақстандағы облыс", "kk", "place.region"),
        ("something else", "en", None),
        ("Stadt in der Türkei", "de", None),
    ],
)
def test_descriptions_tell_kinds(text: str, language: str, told: str | None) -> None:
    assert kind(text, language) == told


@pytest.mark.parametrize(
    ("ours", "theirs", "degree"),
    [
        ("place.city", "place.city", kinds.SAME),
        ("place.city", "place.region", kinds.RIVAL),
        ("place", "place.city", kinds.FAMILY),
        ("organization.research", "organization.foundation", kinds.FAMILY),
        ("organization.university", "place.city", kinds.OTHER),
        ("project", "event", kinds.NEAR),
        ("person", "office", kinds.OTHER),
        ("person", "name", kinds.OTHER),
        ("place", "wiki", kinds.OTHER),
    ],
)
def test_kinds_agree_by_degrees(ours: str, theirs: str, degree: str) -> None:
    assert kinds.compare({ours}, {theirs}).degree == degree


def test_nothing_known_excludes_nothing() -> None:
    assert kinds.compare({"place.city"}, set()).degree == kinds.UNKNOWN


def test_a_page_of_a_wiki_is_nothing_else_too() -> None:
    assert kinds.compare({"place.city"}, {"place.city", "wiki"}).degree == kinds.OTHER


def test_every_class_of_the_rules_is_one_of_ours(dataset) -> None:  # type: ignore[no-untyped-def]
    from kzturk_graph import terms
    from kzturk_graph.matching.rules import rules

    known = {terms.local(str(each)) for each in dataset.subjects()} | {
        terms.local(str(each)) for each in dataset.objects()
    }
    named = {part for each in rules().ours for part in each.split("/")}
    assert named <= known


def test_classes_of_the_reviewed_table_tell_kinds() -> None:
    known = kinds.wikidata_classes()
    assert known[wikibase.HUMAN] == "person"
    assert known[wikibase.CITY] == "place.city"
    assert known[wikibase.UNIVERSITY] == "organization.university"


def test_properties_tell_what_nothing_else_does() -> None:
    assert own_kinds(entity(item(1, {"en": "A B"}, P569="+1970"))) == {"person"}
    assert own_kinds(entity(item(1, {"en": "A"}, P36=wikibase.ANKARA))) == {"place.region"}
    assert own_kinds(entity(item(1, {"en": "A"}))) == frozenset()


def test_a_title_in_parentheses_tells_the_kind() -> None:
    assert own_kinds(entity(item(1, {"tr": "Hatay"}, titles={"trwiki": "Hatay (il)"}))) == {"place.region"}


def test_chains_of_subclasses_are_followed() -> None:
    classes = Classes()
    for each in wikibase.CLASSES:
        classes.add(entity(each))
    assert classes.tags([wikibase.BIG_CITY, wikibase.PROVINCE_TR, "Q900000077"]) == {
        wikibase.BIG_CITY: {"place.city"},
        wikibase.PROVINCE_TR: {"place.region"},
    }


def test_a_loop_of_subclasses_ends() -> None:
    classes = Classes()
    for one, other in ((1, 2), (2, 1)):
        classes.add(entity(item(one, {}, P279=f"Q{wikibase.FIRST + other}")))
    assert classes.tags([f"Q{wikibase.FIRST + 1}"]) == {}


def test_sites_have_languages() -> None:
    assert [site_language(each) for each in ("kkwiki", "zh_min_nanwiki", "commonswiki", "https://ru.wikipedia.org/")] == [
        "kk", "zh-min-nan", "", "ru",
    ]  # fmt: skip


def test_an_item_becomes_a_record() -> None:
    known = record(entity(wikibase.FOUND["kz-embassy-ankara"]))
    assert known.countries == {wikibase.TURKIYE}
    assert {wikibase.KAZAKHSTAN, wikibase.ANKARA} <= known.neighbours
    assert known.kinds == {"mission.embassy"}
    assert known.label("tr") == "Kazakistan'ın Ankara Büyükelçiliği"
