"""Suggestions over a made-up Wikibase that has both what we look for and what is easily mistaken for it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kzturk_graph import terms
from kzturk_graph.links.model import Link, Links, target_iri
from kzturk_graph.links.table import read_links
from kzturk_graph.matching import ours
from kzturk_graph.matching.records import Record
from kzturk_graph.matching.suggest import Suggestion, suggest
from kzturk_graph.wikibase.json_reader import entity
from kzturk_graph.wikibase.model import Entity
from kzturk_graph.wikibase.source import open_source
from tests.conftest import WIKIDATA
from tests.endpoints import endpoint
from tests.matching import wikibase
from tests.matching.wikibase import FIRST, item


@pytest.fixture(scope="module")
def links() -> Links:
    return read_links()


@pytest.fixture(scope="module")
def known(store, links: Links) -> tuple[Record, ...]:  # type: ignore[no-untyped-def]
    return ours.records(store, links.accepted)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wikibase.write(tmp_path_factory.mktemp("wikibase") / "dump.json", wikibase.documents())


@pytest.fixture(scope="module")
def found(data: Path, known: tuple[Record, ...], links: Links) -> dict[str, Suggestion]:
    """Everything of ours looked for as if nothing were linked, by slug."""
    return by_slug(suggest(open_source(str(data)), known, links=links, again=True))


def by_slug(suggestions: list[Suggestion]) -> dict[str, Suggestion]:
    return {terms.local(each.entity): each for each in suggestions}


def suggested(suggestion: Suggestion) -> str | None:
    return suggestion.candidates[0].record.id if suggestion.decision == "suggest" else None


def only(known: tuple[Record, ...], slug: str) -> list[Record]:
    return [each for each in known if terms.local(each.id) == slug]


def looked_for(tmp_path: Path, known: tuple[Record, ...], slug: str, *items: dict, **options) -> Suggestion:  # type: ignore[no-untyped-def,type-arg]
    path = wikibase.write(tmp_path / "items.json", [*wikibase.CLASSES, *items])
    return suggest(open_source(str(path)), only(known, slug), **options)[0]


SAYS_LESS = {"sagintayev", "diplomatic-relations"}
"""Of one of them only the name is known; the other is a part of what their item is about."""


@pytest.mark.parametrize("slug", sorted(wikibase.FOUND.keys() - SAYS_LESS))
def test_what_is_there_is_suggested(found: dict[str, Suggestion], slug: str) -> None:
    assert suggested(found[slug]) == wikibase.FOUND[slug]["id"]


def test_nothing_else_is_suggested(found: dict[str, Suggestion]) -> None:
    others = {slug: suggested(each) for slug, each in found.items() if slug not in wikibase.FOUND and suggested(each)}
    assert others == {"erdogan": f"Q{FIRST + 219}"}


def test_of_a_person_a_name_alone_is_not_enough(found: dict[str, Suggestion]) -> None:
    for slug in ("eren", "gotev", "sagintayev"):
        assert found[slug].decision == "unsure"
        assert "nothing but the name agrees" in found[slug].candidates[0].reasons


def test_what_is_nearly_the_same_is_told_as_unsure(found: dict[str, Suggestion]) -> None:
    best = found["diplomatic-relations"].candidates[0]
    assert (best.record.id, best.decision) == (wikibase.FOUND["diplomatic-relations"]["id"], "unsure")
    assert best.comparison.has("states")


def test_a_namesake_from_elsewhere_is_not_taken(found: dict[str, Suggestion]) -> None:
    assert found["bobrov"].decision == "unsure"
    best, other = found["zeybekci"].candidates[:2]
    assert (best.record.id, other.record.id) == (f"Q{FIRST + 108}", f"Q{FIRST + 204}")
    assert best.comparison.logit - other.comparison.logit > 2


def test_a_city_is_not_its_province(known: tuple[Record, ...], tmp_path: Path) -> None:
    """Where only the province is in the data, nothing is suggested for the city, and the other way round."""
    province = next(each for each in wikibase.NEAR_MISSES if each["labels"]["en"]["value"] == "Mersin Province")
    assert looked_for(tmp_path, known, "mersin", province).decision != "suggest"
    city = next(each for each in wikibase.NEAR_MISSES if each["labels"]["en"]["value"] == "Antakya")
    assert looked_for(tmp_path, known, "hatay", city).decision != "suggest"


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        ("astana", "Astana"),
        ("turkistan", "Turkistan"),
        ("turkistan-region", "Turkistan"),
        ("kazakhstan", "Kazakhstan"),
        ("ankara", "Ankara"),
        ("hatay", "Hatay"),
        ("sabah", "Sabah"),
        ("milliyet", "Category:Milliyet"),
        ("yesevi", "Yesevi"),
        ("yesevi-university", "Yesevi"),
        ("aselsan", "Aselsanspor"),
        ("idef-2025", "IDEF"),
        ("expo-2017", "Expo 2020"),
        ("tr-branch-office-astana", "Embassy of Turkey, Astana"),
        ("kz-embassy-ankara", "Embassy of Turkey, Astana"),
        ("president-of-turkiye", "Recep Tayyip Erdoğan"),
        ("kz-honorary-consulate-bursa", "Honorary consulate of Kazakhstan"),
    ],
)
def test_films_ships_names_and_pages_are_not_suggested(
    known: tuple[Record, ...], tmp_path: Path, slug: str, label: str
) -> None:
    misses = [each for each in wikibase.NEAR_MISSES if each["labels"]["en"]["value"] == label]
    assert misses
    for each in misses:
        assert looked_for(tmp_path, known, slug, each).decision != "suggest"


def test_two_that_fit_alike_are_told_and_none_is_chosen(known: tuple[Record, ...], tmp_path: Path) -> None:
    twins = [item(number, {"en": "Daily Sabah"}, "Turkish newspaper", P17="Q43") for number in (1, 2)]
    best = looked_for(tmp_path, known, "daily-sabah", *twins).candidates[0]
    assert best.decision == "unsure"
    assert any("fits nearly as well" in reason for reason in best.reasons)
    assert any(feature.name == "namesakes" for feature in best.comparison.features)


def test_identifiers_come_before_names(known: tuple[Record, ...], tmp_path: Path) -> None:
    strange = item(1, {"fa": "اسرائیل"}, "country in the Middle East", P297="IL", P298="ISR")
    named = item(2, {"en": "Israel"}, "country of a novel", P297="XX")
    suggestion = looked_for(tmp_path, known, "israel", strange, named)
    assert suggestion.candidates[0].record.id == f"Q{FIRST + 1}"
    assert suggestion.candidates[0].comparison.features[1].name == "identifier"


def test_an_official_site_is_found_without_a_name(known: tuple[Record, ...], tmp_path: Path) -> None:
    centre = item(1, {"fr": "Centre eurasien"}, "think tank in Turkey", P856="https://www.avim.org.tr/", P17="Q43")
    best = looked_for(tmp_path, known, "avim", centre).candidates[0]
    assert best.comparison.has("site")


def test_neighbours_that_are_linked_count(known: tuple[Record, ...], tmp_path: Path) -> None:
    near = item(1, {"en": "COP29"}, P276="Q9248")
    far = item(2, {"en": "COP29"})
    best, other = looked_for(tmp_path, known, "cop29", far, near).candidates
    assert (best.record.id, best.comparison.has("neighbours")) == (f"Q{FIRST + 1}", True)
    assert not other.comparison.has("neighbours")


def test_rejected_pairs_are_not_proposed_again(known: tuple[Record, ...], data: Path) -> None:
    record = only(known, "aselsan")
    rejected = Links((Link(record[0].id, target_iri(f"Q{FIRST + 104}"), negated=True),))
    assert not [
        candidate
        for candidate in suggest(open_source(str(data)), record, links=rejected)[0].candidates
        if candidate.record.id == f"Q{FIRST + 104}"
    ]


def test_what_is_linked_is_not_looked_for(known: tuple[Record, ...], data: Path, links: Links) -> None:
    slugs = by_slug(suggest(open_source(str(data)), known, links=links))
    assert "mersin" not in slugs
    assert "aselsan" in slugs


def test_an_item_that_is_taken_is_told_whose_it_is(known: tuple[Record, ...], data: Path) -> None:
    taken = Links((Link(terms.ENTITY + "eximbank", target_iri(f"Q{FIRST + 104}")),))
    best = suggest(open_source(str(data)), only(known, "aselsan"), links=taken)[0].candidates[0]
    assert best.decision == "unsure"
    assert any("eximbank" in reason for reason in best.reasons)


def test_an_item_is_suggested_for_one_thing_alone(known: tuple[Record, ...], data: Path) -> None:
    twin = replace(only(known, "aselsan")[0], id=terms.ENTITY + "another-aselsan", countries=frozenset({"Q43"}))
    first, second = suggest(open_source(str(data)), [*only(known, "aselsan"), twin])
    assert (first.decision, second.decision) == ("unsure", "suggest")
    assert any("another-aselsan better" in reason for reason in first.candidates[0].reasons)


def test_a_higher_threshold_makes_more_unsure(known: tuple[Record, ...], data: Path) -> None:
    counts = [
        sum(each.decision == "suggest" for each in suggest(open_source(str(data)), known, threshold=least, again=True))
        for least in (0.5, 0.9, 0.995)
    ]
    assert counts[0] >= counts[1] > counts[2]


class Whole:
    """A source whose lines can't be looked at before they are parsed."""

    name, version = "whole", None

    def __init__(self, items: list[dict]) -> None:  # type: ignore[type-arg]
        self.items = items

    def entities(self):  # type: ignore[no-untyped-def]
        return map(entity, self.items)


def test_the_sieve_loses_nothing(found: dict[str, Suggestion], known: tuple[Record, ...], links: Links) -> None:
    parsed = by_slug(suggest(Whole(wikibase.documents()), known, links=links, again=True))  # type: ignore[arg-type]
    assert parsed == found


def test_the_order_of_the_data_does_not_matter(found: dict[str, Suggestion], known: tuple[Record, ...]) -> None:
    turned = by_slug(suggest(Whole(wikibase.documents()[::-1]), known, again=True))  # type: ignore[arg-type]
    assert {slug: suggested(each) for slug, each in turned.items()} == {
        slug: suggested(each) for slug, each in found.items()
    }


def test_lines_without_our_names_are_not_parsed(known: tuple[Record, ...]) -> None:
    from kzturk_graph.matching.index import Index
    from kzturk_graph.matching.sieve import Sieve

    sieve = Sieve(Index(known))
    plain = json.dumps(item(1, {"en": "Quite another thing", "zh": "東西"}, P31="Q5"), separators=(",", ":")).encode()
    named = json.dumps(item(2, {"ru": "Аселсан"}), separators=(",", ":")).encode()
    titled = json.dumps(item(3, {}, titles={"trwiki": "Aselsan (şirket)"}), separators=(",", ":")).encode()
    coded = json.dumps(item(4, {"en": "X"}, P297="SY"), separators=(",", ":")).encode()
    above = json.dumps(item(5, {"en": "sort of thing"}, P279="Q5"), separators=(",", ":")).encode()
    assert [sieve(each) for each in (plain, named, titled, coded, above)] == [False, True, True, True, True]
    assert (sieve.seen, sieve.kept) == (5, 4)


def test_a_line_laid_out_otherwise_is_parsed(known: tuple[Record, ...]) -> None:
    from kzturk_graph.matching.index import Index
    from kzturk_graph.matching.sieve import Sieve

    assert Sieve(Index(known))(b'{"id":"Q900000001","claims":{},"labels":{"en":{"language":"en","value":"No"}}}')
    assert Sieve(Index(known))(b'{"id":"Q900000001","labels":{"en":1},"descriptions":{},"aliases":{},"claims":{}}')


def test_what_is_kept_is_bounded(known: tuple[Record, ...]) -> None:
    from kzturk_graph.matching import suggest as module
    from kzturk_graph.matching.index import Index

    gathered = module._Gathered(Index(only(known, "milliyet")), {})
    for number in range(300):
        gathered.add(entity(item(number + 1, {"tr": "Milliyet"}, "Turkish newspaper")))
    assert len(gathered.kept[0]) == module.KEPT == len(gathered.seen[0])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The made-up Wikibase behind an endpoint."""
    path = tmp_path_factory.mktemp("served") / "truthy.nt"
    path.write_bytes(b"".join(ntriples(entity(each)) for each in wikibase.documents()))
    with endpoint(path) as url:
        yield url


def ntriples(known: Entity) -> bytes:
    import pyoxigraph as ox

    from kzturk_graph.wikibase.rdf_writer import triples

    return ox.serialize(triples(known), format=ox.RdfFormat.N_TRIPLES) or b""


def test_an_endpoint_gives_what_a_file_gives(
    served: str, found: dict[str, Suggestion], known: tuple[Record, ...], links: Links
) -> None:
    slugs = by_slug(suggest(open_source(served), known, links=links, again=True))
    asked = {slug: suggested(each) for slug, each in slugs.items() if suggested(each)}
    there = {slug: suggested(each) for slug, each in found.items() if suggested(each)}
    assert asked.items() <= there.items()
    # an endpoint is asked for exact names: these have only similar ones
    assert there.keys() - asked.keys() <= {"kz-embassy-ankara", "kz-consulate-general-istanbul", "tuimebayev"}


def test_an_endpoint_is_asked_for_identifiers(tmp_path: Path, known: tuple[Record, ...]) -> None:
    path = tmp_path / "truthy.nt"
    strange = [item(1, {"fa": "x"}, P297="IL", P298="ISR"), item(2, {"fr": "Centre"}, P856="https://avim.org.tr/")]
    path.write_bytes(b"".join(ntriples(entity(each)) for each in strange))
    with endpoint(path) as url:
        israel, avim = suggest(open_source(url), [*only(known, "israel"), *only(known, "avim")], again=True)
    first, second = israel.candidates[0], avim.candidates[0]
    assert (first.record.id, first.comparison.has("identifier")) == (f"Q{FIRST + 1}", True)
    assert (second.record.id, second.comparison.has("site")) == (f"Q{FIRST + 2}", True)


@pytest.mark.needs("wikidata")
@pytest.mark.parametrize("slice", ["dump-slice.json.gz", "truthy-sample.nt.gz"])
def test_links_that_ship_are_found_again_in_real_data(known: tuple[Record, ...], links: Links, slice: str) -> None:
    suggestions = suggest(open_source(str(WIKIDATA / slice)), known, links=links, again=True)
    judged = {each.entity: suggested(each) for each in suggestions if suggested(each) and each.entity in links.accepted}
    assert judged
    assert all(item in links.accepted[entity] for entity, item in judged.items())


@pytest.mark.needs("wikidata")
def test_packed_and_plain_data_give_the_same(known: tuple[Record, ...], tmp_path: Path) -> None:
    packed = WIKIDATA / "dump-slice.json.gz"
    (tmp_path / "plain.json").write_bytes(gzip.decompress(packed.read_bytes()))
    one, other = (suggest(open_source(str(path)), known, again=True) for path in (packed, tmp_path / "plain.json"))
    assert one == other
