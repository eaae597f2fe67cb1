"""``kzturk validate``: files, reports, thresholds, exit codes, and what is said of bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph import resources, terms

from .conftest import EXAMPLES, Run, needs_fast

SESSION = str(EXAMPLES / "session" / "triggers.ttl")
GOOD = str(EXAMPLES / "session" / "conforms.ttl")
WARNED = str(EXAMPLES / "doubt" / "triggers.ttl")
INFORMED = str(EXAMPLES / "footnote" / "triggers.ttl")


def test_conforming_file_ends_with_0(kzturk: Run) -> None:
    code, out, _ = kzturk("validate", GOOD)
    assert code == 0
    assert out.startswith("0 violations, 0 warnings, 0 info in files (")


def test_text_shows_severity_label_iri_path_value_message_file_and_line(kzturk: Run) -> None:
    code, out, _ = kzturk("validate", str(EXAMPLES / "recognition" / "triggers.ttl"))
    assert code == 1
    assert "Violation  Recognition-recognizer  (2)" in out
    assert "A recognition is made by a state: name the kt:State with kt:recognizer." in out
    assert "<https://w3id.org/kzturk/id/odd-recognition>" in out
    assert "kt:recognizer: <https://w3id.org/kzturk/id/erdogan> (of another class)" in out
    text = (EXAMPLES / "recognition" / "triggers.ttl").read_text().split("\n")
    line = next(n for n, each in enumerate(text, 1) if "kt:recognizer" in each)
    assert f"recognition/triggers.ttl:{line}  in files" in out


@pytest.mark.parametrize(
    ("file", "threshold", "code"),
    [
        (SESSION, "violation", 1),
        (SESSION, "none", 0),
        (WARNED, "violation", 0),
        (WARNED, "warning", 1),
        (INFORMED, "warning", 0),
        (INFORMED, "info", 1),
        (GOOD, "info", 0),
    ],
)
def test_threshold(kzturk: Run, file: str, threshold: str, code: int) -> None:
    assert kzturk("validate", file, "--fail-on", threshold)[0] == code


def test_long_list_is_a_count_and_examples(kzturk: Run, tmp_path: Path) -> None:
    head = "@prefix kt: <https://w3id.org/kzturk/ontology/> . @prefix id: <https://w3id.org/kzturk/id/> .\n"
    path = tmp_path / "many.ttl"
    path.write_text(head + "".join(f"id:e{n} a kt:Position ; kt:about id:e{n} .\n" for n in range(9)))
    _, out, _ = kzturk("validate", str(path))
    assert "Position-summary  (9)" in out
    assert "… and 4 more: --all shows them" in out
    _, whole, _ = kzturk("validate", str(path), "--all")
    assert "more: --all" not in whole
    assert whole.count("kt:summary: missing") == 9


def test_json(kzturk: Run) -> None:
    code, out, _ = kzturk("validate", SESSION, "--format", "json")
    document = json.loads(out)
    assert code == 1
    assert document["conforms"] is False
    assert document["counts"]["violation"] == 3
    first = document["findings"][0]
    assert first["shape"] == "https://w3id.org/kzturk/shape/Session-council"
    assert first["node_shape"] == "https://w3id.org/kzturk/shape/Session"
    assert first["path"] == "kt:council"
    assert first["file"].endswith("session/triggers.ttl")
    assert isinstance(first["line"], int)


def test_turtle_is_a_validation_report(kzturk: Run) -> None:
    _, out, _ = kzturk("validate", str(EXAMPLES / "sentence" / "triggers.ttl"), "--format", "turtle")
    sh = terms.PREFIXES["sh"]
    triples = list(ox.parse(out.encode(), format=ox.RdfFormat.TURTLE))
    assert sum(t.object == ox.NamedNode(sh + "ValidationResult") for t in triples) == 2
    assert any(t.predicate.value == sh + "alternativePath" for t in triples)
    assert any(t.predicate.value == sh + "conforms" and t.object.value == "false" for t in triples)


def test_sarif_points_to_file_and_line(kzturk: Run) -> None:
    _, out, _ = kzturk("validate", SESSION, "--format", "sarif")
    document = json.loads(out)
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].endswith("session/triggers.ttl")
        assert place["region"]["startLine"] > 0


@pytest.mark.parametrize("format", ["text", "json", "turtle", "sarif"])
def test_report_is_written_to_a_file_even_where_it_fails(kzturk: Run, tmp_path: Path, format: str) -> None:
    target = tmp_path / "report"
    code, out, _ = kzturk("validate", SESSION, "--format", format, "--output", str(target))
    assert (code, out) == (1, "")
    assert "Session-council" in target.read_text()


@pytest.mark.parametrize("ending", ["nt", "jsonld", "rdf", "nq"])
def test_any_rdf_format(kzturk: Run, tmp_path: Path, ending: str) -> None:
    from kzturk_graph.graph.files import FORMATS

    path = tmp_path / f"session.{ending}"
    quads = list(ox.parse(path=SESSION, format=ox.RdfFormat.TURTLE))
    path.write_bytes(ox.serialize(quads, format=FORMATS[f".{ending}"]) or b"")
    code, out, _ = kzturk("validate", str(path), "--format", "json")
    assert code == 1
    assert json.loads(out)["counts"]["violation"] == 3


def test_several_files_are_one_graph(kzturk: Run, tmp_path: Path) -> None:
    parts = [line for line in Path(GOOD).read_text().split("\n\n") if line.strip()]
    (tmp_path / "one.ttl").write_text("\n\n".join(parts))
    head = next(part for part in parts if part.startswith("@prefix"))
    session = next(part for part in parts if "a kt:Session" in part)
    (tmp_path / "two.ttl").write_text(f"{head}\n\n{session}")
    assert kzturk("validate", str(tmp_path / "two.ttl"))[0] == 1
    assert kzturk("validate", str(tmp_path / "one.ttl"), str(tmp_path / "two.ttl"))[0] == 0


def test_a_data_file_is_checked_among_the_packaged_data(kzturk: Run, tmp_path: Path) -> None:
    text = (resources.data() / "documents" / "004.trig").read_text()
    path = tmp_path / "004.trig"
    path.write_text(
        f"{text}\na:004-p1-extra kt:passage p:004-p1 ; kt:modality c:planned .\n"
        "a:004-p1-extra {\n"
        "  id:hlscc-99 a kt:Session ; kt:council id:ots ; kt:ordinal 99 ; kt:unstated kt:date .\n"
        "}\n"
    )
    code, out, _ = kzturk("validate", str(path), "--format", "json")
    document = json.loads(out)
    assert code == 1
    assert [graph["name"] for graph in document["graphs"]] == ["facts", "all modes", "metadata"]
    wrong = [each for each in document["findings"] if each["focus"].endswith("hlscc-99")]
    assert [(each["shape"].rsplit("/")[-1], each["graphs"]) for each in wrong] == [("Session-council", ["all modes"])]
    assert wrong[0]["line"] == len(text.split("\n")) + 3
    assert not any("002-" in each["focus"] for each in document["findings"])


@pytest.mark.parametrize("ending", [".trig", ".nq"])
def test_an_export_of_several_documents_is_checked_as_data(kzturk: Run, tmp_path: Path, ending: str) -> None:
    from kzturk_graph.graph.files import FORMATS, read_quads

    path = tmp_path / f"all{ending}"
    quads = sorted((quad for file in resources.data_files() for quad in read_quads(file)), key=str)
    path.write_bytes(ox.serialize(quads, format=FORMATS[ending]) or b"")
    code, out, _ = kzturk("validate", str(path), "--format", "json", "--fail-on", "violation")
    assert code == 0
    assert [graph["name"] for graph in json.loads(out)["graphs"]] == ["facts", "all modes", "metadata"]


def test_an_export_with_an_assertion_of_two_modalities_is_refused(kzturk: Run, tmp_path: Path) -> None:
    head = f"@prefix a: <{terms.ASSERTION}> . @prefix kt: <{terms.ONTOLOGY}> . @prefix c: <{terms.CONCEPT}> .\n"
    path = tmp_path / "export.trig"
    path.write_text(f"{head}a:004-p1 kt:modality c:fact, c:planned .\na:004-p1 {{ c:x a kt:Event }}\n")
    code, _, err = kzturk("validate", str(path))
    assert code == 3
    assert "a:004-p1 has 2 modalities" in err


SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kt: <https://w3id.org/kzturk/ontology/> .
[] a sh:NodeShape ; sh:targetClass kt:Session ; sh:property [ sh:path kt:location ; sh:minCount 1 ] .
"""


def test_own_shapes(kzturk: Run, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPE)
    code, out, _ = kzturk("validate", GOOD, "--shapes", str(path))
    assert code == 1
    assert "unnamed shape  (1)" in out
    assert "kt:location: missing" in out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("data.ttl", "<x:a> <x:b> <x:c> .", "holds no SHACL shapes"),
        ("broken.ttl", "<x:a> <x:b> ", "broken.ttl:1"),
        ("odd.ttl", SHAPE.replace("minCount 1", "minCount 1.5"), "isn't valid SHACL"),
        ("pathless.ttl", SHAPE.replace("sh:path kt:location ;", ""), "SHACL"),
    ],
)
def test_shapes_that_are_none_end_with_3(kzturk: Run, tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    code, out, err = kzturk("validate", GOOD, "--shapes", str(path))
    assert (code, out) == (3, "")
    assert said in err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("broken.ttl", "@prefix : <x:> .\n:a :b\n", "broken.ttl:"),
        ("broken.trig", "<x:g> { <x:a> <x:b> }", "broken.trig:1"),
        ("table.csv", "a,b", "stands for no RDF format"),
        ("missing.ttl", None, "can't be read"),
    ],
)
def test_unreadable_file_ends_with_3(kzturk: Run, tmp_path: Path, name: str, text: str | None, said: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    code, out, err = kzturk("validate", str(path))
    assert (code, out) == (3, "")
    assert said in err


def test_missing_shapes_file_ends_with_3(kzturk: Run, tmp_path: Path) -> None:
    assert kzturk("validate", GOOD, "--shapes", str(tmp_path / "none.ttl"))[0] == 3


@pytest.mark.parametrize("wrong", [("--engine", "jena"), ("--format", "html"), ("--fail-on", "error"), ("--strict",)])
def test_wrong_usage_ends_with_2(kzturk: Run, wrong: tuple[str, ...]) -> None:
    code, _, err = kzturk("validate", GOOD, *wrong)
    assert code == 2
    assert wrong[0] in err


def test_fast_engine_that_is_not_installed(kzturk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "shifty", None)
    code, out, err = kzturk("validate", GOOD, "--engine", "fast")
    assert (code, out) == (2, "")
    assert "pip install 'kzturk-graph[fast]'" in err


@needs_fast
def test_fast_engine_on_the_command_line(kzturk: Run) -> None:
    slow = kzturk("validate", SESSION)
    assert kzturk("validate", SESSION, "--engine", "fast") == slow


def test_unwritable_output_ends_with_3(kzturk: Run, tmp_path: Path) -> None:
    code, _, err = kzturk("validate", GOOD, "--output", str(tmp_path / "no" / "folder" / "report"))
    assert code == 3
    assert "can't be written" in err
