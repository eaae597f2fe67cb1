"""Links against data: gone, merged, of another type, under another name, linked twice."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import WIKIDATA, Kzturk
from tests.endpoints import endpoint, free_port
from tests.links.tables import KAZAKHSTAN, TURKIYE, WD, dump, item, redirect, written

COUNTRY = "Q3624078"
HATAY = ("id:hatay", "skos:exactMatch", "", "wikidata:Q83274", "semapv:ManualMappingCuration", "0.9")
MANUAL = "semapv:ManualMappingCuration"


def found(kzturk: Kzturk, folder: Path, *words: str) -> list[tuple[str, str, str]]:
    """Severity, check and thing of each finding."""
    said = kzturk("link", "check", *words, "--format", "csv", "--fail-on", "none")
    assert said.code == 0
    return [(row["severity"], row["check"], row["id"]) for row in csv.DictReader(said.out.splitlines())]


def test_a_link_that_holds_is_no_finding(kzturk: Kzturk, tmp_path: Path) -> None:
    data = dump(tmp_path, item("Q232", "Kazakhstan", classes=[COUNTRY]), item(COUNTRY, "sovereign state"))
    assert found(kzturk, tmp_path, data, "--links", written(tmp_path, KAZAKHSTAN)) == []


def test_what_is_not_in_a_slice_was_not_deleted(kzturk: Kzturk, tmp_path: Path) -> None:
    data, path = dump(tmp_path, item("Q43", "Turkey", classes=[COUNTRY])), written(tmp_path, KAZAKHSTAN)
    assert found(kzturk, tmp_path, data, "--links", path) == [("info", "link-not-in-data", "id:kazakhstan")]
    whole = found(kzturk, tmp_path, data, "--complete", "--links", path)
    assert whole == [("violation", "link-deleted", "id:kazakhstan")]


def test_data_that_could_not_all_be_read_proves_no_deletion(kzturk: Kzturk, tmp_path: Path) -> None:
    data = Path(dump(tmp_path, item("Q43", "Turkey"), item("Q232", "Kazakhstan")))
    data.write_text(data.read_text().replace('"id": "Q232"', '"id": "Q232'))
    said = kzturk("link", "check", str(data), "--complete", "--links", written(tmp_path, KAZAKHSTAN), "--format", "csv")
    assert "link-not-in-data" in said.out
    assert "couldn't be read" in said.err


def test_a_redirect_is_followed_and_proposed_as_a_command(kzturk: Kzturk, tmp_path: Path) -> None:
    data = dump(
        tmp_path, redirect("Q232", "Q227"), redirect("Q227", "Q813"), item("Q813", "Kazakhstan", classes=[COUNTRY])
    )
    path = written(tmp_path, KAZAKHSTAN)
    said = kzturk("link", "check", data, "--links", path, "--format", "json")
    assert said.code == 0  # a redirect still leads there
    (finding,) = json.loads(said.out)["findings"]
    assert (finding["severity"], finding["line"]) == ("warning", 7)
    command = f"kzturk link accept id:kazakhstan Q813 --replace --links {path}"
    assert command in finding["message"]
    assert kzturk(*command.split()[1:]).code == 0
    assert found(kzturk, tmp_path, data, "--links", path) == []


def test_a_redirect_to_nowhere_is_gone(kzturk: Kzturk, tmp_path: Path) -> None:
    data = dump(tmp_path, redirect("Q232", "Q813"))
    rules = {
        rule for _, rule, _ in found(kzturk, tmp_path, data, "--complete", "--links", written(tmp_path, KAZAKHSTAN))
    }
    assert rules == {"link-redirect", "link-deleted"}


def test_two_links_that_meet_behind_a_redirect_are_told(kzturk: Kzturk, tmp_path: Path) -> None:
    data = dump(
        tmp_path,
        redirect("Q232", "Q43"),
        item("Q43", "Türkiye", aliases={"en": [{"language": "en", "value": "Kazakhstan"}]}),
    )
    rules = found(kzturk, tmp_path, data, "--links", written(tmp_path, KAZAKHSTAN, TURKIYE))
    assert ("violation", "link-two-things", "id:kazakhstan") in rules
    assert ("violation", "link-two-things", "id:turkiye") in rules


def test_another_type_is_told_through_subclasses(kzturk: Kzturk, tmp_path: Path) -> None:
    data = dump(tmp_path, item("Q232", "Kazakhstan", classes=["Q193391"]), item("Q193391", "diplomat", above=["Q5"]))
    said = kzturk("link", "check", data, "--links", written(tmp_path, KAZAKHSTAN), "--format", "json")
    assert said.code == 1
    (finding,) = json.loads(said.out)["findings"]
    assert finding["message"].startswith("Q232 is person, and ours state")


def test_a_province_that_is_linked_to_a_city_is_told(kzturk: Kzturk, tmp_path: Path) -> None:
    data = dump(tmp_path, item("Q83274", "Hatay", classes=["Q515"]))
    assert found(kzturk, tmp_path, data, "--links", written(tmp_path, HATAY)) == [
        ("warning", "link-other-kind", "id:hatay")
    ]


@pytest.mark.parametrize("classes", [[], ["Q4120211"], ["Q9557810", COUNTRY]])
def test_a_type_that_is_not_known_is_no_other_type(kzturk: Kzturk, tmp_path: Path, classes: list[str]) -> None:
    unknown = [each.replace("Q4120211", "Q28640") for each in classes]
    data = dump(tmp_path, item("Q232", "Kazakhstan", classes=unknown))
    assert found(kzturk, tmp_path, data, "--links", written(tmp_path, KAZAKHSTAN)) == []


def test_an_item_without_any_of_our_names_is_told(kzturk: Kzturk, tmp_path: Path) -> None:
    data = dump(tmp_path, item("Q232", "Ruritania", classes=[COUNTRY]))
    rules = found(kzturk, tmp_path, data, "--links", written(tmp_path, KAZAKHSTAN))
    assert rules == [("warning", "link-other-name", "id:kazakhstan")]


@pytest.mark.parametrize(
    "more",
    [
        {"labels": {"kk": {"language": "kk", "value": "ҚАЗАҚСТАН"}}},
        {
            "aliases": {
                "tr": [{"language": "tr", "value": "kazakıstan cumhuriyeti"}, {"language": "tr", "value": "KAZAKİSTAN"}]
            }
        },
        {"sitelinks": {"ruwiki": {"site": "ruwiki", "title": "Казахстан (государство)"}}},
    ],
)
def test_any_name_in_any_script_will_do(kzturk: Kzturk, tmp_path: Path, more: dict[str, object]) -> None:
    data = dump(tmp_path, {**item("Q232", "Ruritania", classes=[COUNTRY]), **more})
    assert found(kzturk, tmp_path, data, "--links", written(tmp_path, KAZAKHSTAN)) == []


def test_the_table_is_checked_in_itself(kzturk: Kzturk, tmp_path: Path) -> None:
    rows = (
        KAZAKHSTAN,
        ("id:kazakhstan", "skos:exactMatch", "", "wikidata:Q43", MANUAL, ""),
        TURKIYE,
        ("id:nowhere", "skos:exactMatch", "", "wikidata:Q813", MANUAL, ""),
    )
    assert set(found(kzturk, tmp_path, "--links", written(tmp_path, *rows))) == {
        ("violation", "link-two-items", "id:kazakhstan"),
        ("violation", "link-two-things", "id:kazakhstan"),
        ("violation", "link-two-things", "id:turkiye"),
        ("violation", "link-unknown-thing", "id:nowhere"),
    }


@pytest.mark.parametrize(("threshold", "code"), [("violation", 0), ("warning", 1), ("info", 1), ("none", 0)])
def test_the_threshold_sets_the_exit_code(kzturk: Kzturk, tmp_path: Path, threshold: str, code: int) -> None:
    data, path = dump(tmp_path, item("Q232", "Ruritania")), written(tmp_path, KAZAKHSTAN)
    assert kzturk("link", "check", data, "--links", path, "--fail-on", threshold).code == code


def test_the_report_names_file_and_line(kzturk: Kzturk, tmp_path: Path) -> None:
    data, path = dump(tmp_path, item("Q232", "Ruritania")), written(tmp_path, TURKIYE, KAZAKHSTAN)
    said = kzturk("link", "check", data, "--links", path)
    assert f"{path}:8  in links" in said.out
    assert said.out.endswith("0 violations, 1 warning, 1 info in links (2 links)\n")
    run = json.loads(kzturk("link", "check", data, "--links", path, "--format", "sarif").out)["runs"][0]
    assert run["tool"]["driver"]["name"] == "kzturk link check"
    lines = {each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in run["results"]}
    assert lines == {7, 8}


def test_data_that_is_not_there_is_told(kzturk: Kzturk, tmp_path: Path) -> None:
    assert kzturk("link", "check", str(tmp_path / "none.json")).code == 3


def test_an_endpoint_is_asked_and_what_it_lacks_was_deleted(kzturk: Kzturk, tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    name, same = "<http://www.w3.org/2000/01/rdf-schema#label>", "<http://www.w3.org/2002/07/owl#sameAs>"
    kind = "<http://www.wikidata.org/prop/direct/P31>"
    data.write_text(
        f'<{WD}Q232> {name} "Kazakhstan"@en .\n<{WD}Q232> {kind} <{WD}{COUNTRY}> .\n'
        f"<{WD}Q83274> {same} <{WD}Q406> .\n"
        f'<{WD}Q406> {name} "Hatay"@en .\n'
    )
    path = written(tmp_path, KAZAKHSTAN, TURKIYE, HATAY)
    with endpoint(data) as url:
        assert set(found(kzturk, tmp_path, url, "--links", path)) == {
            ("violation", "link-deleted", "id:turkiye"),
            ("warning", "link-redirect", "id:hatay"),
        }
        rules = {rule for _, rule, _ in found(kzturk, tmp_path, url, "--slice", "--links", path)}
        assert rules == {"link-not-in-data", "link-redirect"}


def test_an_endpoint_that_is_down_is_told_and_nothing_is_called_deleted(kzturk: Kzturk, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    said = kzturk("link", "check", url, "--links", written(tmp_path, KAZAKHSTAN))
    assert (said.code, said.out) == (3, "")


def test_the_packaged_links_are_sound_in_themselves(kzturk: Kzturk) -> None:
    assert kzturk("link", "check", "--fail-on", "info").code == 0


@pytest.mark.needs("wikidata")
@pytest.mark.parametrize("name", ["dump-slice.json.gz", "truthy-sample.nt.gz"])
def test_the_packaged_links_hold_against_real_data(kzturk: Kzturk, name: str) -> None:
    said = kzturk("link", "check", str(WIKIDATA / name), "--fail-on", "warning", "--format", "csv")
    assert said.code == 0
    assert "Q232" not in said.out  # it is there, and fits
