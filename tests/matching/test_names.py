"""Names: taken apart, made comparable, compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzturk_graph.matching.index import words
from kzturk_graph.matching.likeness import likeness
from kzturk_graph.matching.reconcile import match
from kzturk_graph.matching.rules import lexicon
from kzturk_graph.matching.text import bare, hint, initials, roman, sound, split
from kzturk_graph.matching.words import kind

TAGS = {tag for phrases in lexicon().values() for tag in phrases.values()}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("İstanbul", "ISTANBUL"),
        ("Istanbul", "ıstanbul"),
        ("Çalık Holding", "Calik Holding"),
        ("Әбдірұлы", "Абдирулы"),
        ("Ғабит Мүсірепов", "Габит Мусирепов"),
        ("Өскемен Ұлытау Үстірт", "Оскемен Улытау Устирт"),
        ("Шыңғыс Айтматов һәм", "Шынгыс Айтматов хам"),
        ("Baku–Tbilisi–Kars railway", "Baku-Tbilisi-Kars Railway"),
        ("Türkiye’nin", "Türkiye'nin"),
    ],
)
def test_spellings_of_one_name_are_the_same(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs, {}) == 1.0


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Nursultan Nazarbayev", "Нұрсұлтан Назарбаев"),
        ("Nursultan Nazarbayev", "Нурсултан Назарбаев"),
        ("Zhanseit Tuimebayev", "Жансеит Туймебаев"),
        ("Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев"),
        ("Çalık Holding", "Чалык Холдинг"),
        ("Türk Eximbank", "Turk Exim Bank"),
        ("Embassy of Kazakhstan in Ankara", "Embassy of Kazakhstan, Ankara"),
        ("Mersin", "Mersin (il)"),
        ("Tokayev, Kassym-Jomart", "Kassym-Jomart Tokayev"),
    ],
)
def test_other_scripts_and_orders_are_alike(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs, {}) > 0.95


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Astana Process", "Astana"),
        ("Mersin", "Mersin Province"),
        ("Embassy of Kazakhstan in Ankara", "Embassy of Turkey, Astana"),
        ("Expo 2017", "Expo 2020"),
        ("COP29", "COP28"),
        ("ECO", "EKO Holding"),
        ("SCO", "SKO"),
        ("AVİM", "AVM"),
        ("Gaziantep University", "Gaziantep"),
        ("President of Türkiye", "President of Kazakhstan"),
    ],
)
def test_other_names_are_not_alike(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs, {}) < 0.85


def test_our_parentheses_are_part_of_the_name_and_theirs_are_not() -> None:
    assert likeness("Mersin", "Mersin (il)", {}) == 1.0
    assert likeness("Yunus Emre Institute (Kazakhstan)", "Yunus Emre Institute", {}) < 0.9


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    weights = {roman("university"): 0.4}
    assert likeness("Gaziantep University", "Gaziantep Academy", weights) > likeness(
        "Gaziantep University", "Astana University", weights
    )


def test_parentheses_are_a_hint() -> None:
    assert (bare("Mersin (il)"), hint("Mersin (il)")) == ("Mersin", "il")
    assert (bare("Mersin"), hint("Mersin")) == ("Mersin", None)


def test_initials_need_three_words() -> None:
    assert initials("Organization of Turkic States") == "OTS"
    assert initials("Turkic Council") is None


def test_sounds_are_shared_by_spellings_and_not_by_abbreviations() -> None:
    assert sound("назарбаев") == sound("nazarbaev") == sound("nazarbayev")
    assert sound("казахстан") == sound("kazakistan") == sound("qazaqstan")
    assert sound("osce") != sound("oic")


@pytest.mark.parametrize(
    "name", ["Ankara", "İstanbul (il)", "«Дала қыраны»", "Türkiye'nin", "Гагарин-стрит № 5", "O.E.C.D.", "Ёлки, иней"]
)
def test_the_quick_way_to_words_is_the_same(name: str) -> None:
    assert words(name) == split(bare(name))


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other, {}) <= 1.0
    assert words(one) == words(one.strip())
    assert all(0 <= each.score <= 100 for each in match(one))
    assert {kind(other, language) for language in ("en", "tr")} <= {None, *TAGS}
