"""Each check of the ontology: the real one passes, a broken one is rejected, for that reason and no other."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph.errors import DONE, FINDINGS, UNREADABLE, InputError
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.build import default_graph
from kzturk_graph.validation import ontology
from kzturk_graph.validation.ontology import PROFILE, Finding, findings
from kzturk_graph.validation.ontology_model import Ontology, Sources, packaged
from kzturk_graph.validation.ontology_texts import EXAMPLE, example_triples

HERE = Path(__file__).parent
BROKEN = HERE / "broken"
CHECKS = sorted(check.__name__.replace("_", "-") for check in PROFILE)
UNUSED = {"unused-term", "unused-concept"}
"""What every tiny ontology is guilty of: most have nothing that uses them."""


def files(name: str, ending: str) -> tuple[Path, ...]:
    return tuple(sorted(BROKEN.glob(name + ending)))


def sources(name: str) -> Sources:
    return Sources(
        loaded=(BROKEN / f"{name}.ttl",),
        reasoning=files(name, ".alignments.ttl"),
        data=files(name, ".trig"),
        shapes=files(name, ".shapes.ttl"),
        queries=files(name, ".rq"),
        labels=files(name, ".toml"),
    )


def written(folder: Path, **texts: str) -> Sources:
    """An ontology of one class, and files that use it."""
    made = {name.replace("_", "."): folder / name.replace("_", ".") for name in texts}
    for name, text in texts.items():
        made[name.replace("_", ".")].write_text(text, encoding="utf-8")
    return Sources(
        loaded=(BROKEN / "unused-term.ttl",),
        shapes=tuple(path for name, path in made.items() if name == "shapes.ttl"),
        queries=tuple(path for name, path in made.items() if name.endswith(".rq")),
        labels=tuple(path for name, path in made.items() if name.endswith(".toml")),
    )


def shortened(triple: ox.Triple) -> tuple[object, ...]:
    """A triple, without the words of a text: an example may abridge them."""
    text = isinstance(triple.object, ox.Literal) and triple.object.language is not None
    return triple.subject, triple.predicate, None if text else triple.object


def of(found: list[Finding], check: str) -> list[Finding]:
    return [each for each in found if each.check == check]


def test_every_check_has_a_broken_ontology_and_none_is_left_over() -> None:
    assert sorted({path.name.split(".")[0] for path in BROKEN.iterdir()}) == CHECKS


@pytest.mark.parametrize("name", CHECKS)
def test_a_broken_ontology_is_rejected(name: str) -> None:
    found = {each.check for each in findings(sources(name))}
    assert name in found
    assert found - UNUSED - {name} == set()


def test_the_real_ontology_has_no_violation_and_no_warning() -> None:
    assert [str(each) for each in findings() if each.severity != "info"] == []


def test_every_example_stands_in_the_graph(corpus: Corpus) -> None:
    triples = default_graph(corpus) | {t for a in corpus.assertions.values() for t in a.triples}
    stated = {shortened(triple) for triple in triples}
    real = Ontology(packaged())
    absent = {
        text
        for term in real.own()
        for text in real.texts(term, EXAMPLE)
        for quad in example_triples(text)
        if shortened(quad.triple) not in stated
    }
    assert absent == set()


def test_an_undeclared_term_is_found_in_a_query_with_file_and_line(tmp_path: Path) -> None:
    query = (
        "#+ summary: Ships.\n#+ topic: transport\n#+ columns: {ship: {type: entity, help: A ship.}}\n"
        "PREFIX x: <https://w3id.org/kzturk/ontology/>\n"
        "SELECT ?ship WHERE { ?ship a x:Ship ; # kt:inAComment\n"
        '  x:cargo "kt:inAString" }\n'
    )
    (found,) = of(findings(written(tmp_path, ships_rq=query)), "undeclared-term")
    assert found.term.endswith("/cargo")
    assert "ships.rq:6" in found.message


def test_the_class_and_the_scheme_of_a_querys_parameter_must_be_declared(tmp_path: Path) -> None:
    query = (
        "#+ summary: Ships.\n#+ topic: transport\n#+ columns: {s: {type: entity, help: A ship.}}\n"
        "#+ parameters:\n"
        "#+   ship: {type: entity, of: Boat, help: A ship.}\n"
        "#+   kinds: {type: choice, scheme: ship-kind, help: A kind.}\n"
        "PREFIX kt: <https://w3id.org/kzturk/ontology/>\n"
        "SELECT ?s WHERE { ?s a kt:Ship }\n"
    )
    found = of(findings(written(tmp_path, ships_rq=query)), "undeclared-term")
    assert [each.term.rsplit("/", 1)[-1] for each in found] == ["scheme-ship-kind", "Boat"]


def test_an_undeclared_term_is_found_in_shapes_and_label_templates(tmp_path: Path) -> None:
    shape = (
        "@prefix kt: <https://w3id.org/kzturk/ontology/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix shape: <https://w3id.org/kzturk/shape/> .\n"
        "shape:Ship a sh:NodeShape ; sh:targetClass kt:Ship ; sh:property shape:cargo .\n"
        "shape:cargo a sh:PropertyShape ; sh:path kt:cargo .\n"
    )
    labels = '[[label]]\nclass = "Ship"\nen = ["{flag}"]\n'
    found = of(findings(written(tmp_path, shapes_ttl=shape, labels_toml=labels)), "undeclared-term")
    assert [each.term.rsplit("/", 1)[-1] for each in found] == ["cargo", "flag"]


def test_a_published_term_that_nothing_declares_is_found(tmp_path: Path) -> None:
    query = (
        "#+ summary: Ships.\n#+ topic: transport\n#+ columns: {ship: {type: entity, help: A ship.}}\n"
        "PREFIX kt: <https://w3id.org/kzturk/ontology/>\n"
        "SELECT ?ship WHERE { ?ship a kt:Ship ; <http://xmlns.com/foaf/0.1/nick> ?nick }\n"
    )
    (found,) = of(findings(written(tmp_path, ships_rq=query)), "undeclared-term")
    assert "published.ttl" in found.message


def test_templates_that_are_no_toml_and_ontologies_that_are_no_turtle_are_input_errors(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError):
        findings(written(tmp_path, labels_toml="[[label]\n"))
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix kt: <https://w3id.org/kzturk/ontology/> .\nkt:Ship a .\n")
    with pytest.raises(InputError) as caught:
        findings(Sources(loaded=(broken,)))
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("name", "fail_on", "code"),
    [
        ("missing-label", "violation", FINDINGS),
        ("missing-label", "none", DONE),
        ("label-style", "violation", DONE),
        ("label-style", "warning", FINDINGS),
        ("unused-concept", "warning", DONE),
        ("unused-concept", "info", FINDINGS),
    ],
)
def test_the_command_prints_findings_and_ends_by_their_gravity(
    name: str, fail_on: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ontology, "packaged", lambda: sources(name))
    assert ontology.main(["--fail-on", fail_on]) == code
    assert f"[{name}]" in capsys.readouterr().out


def test_the_command_ends_with_3_where_a_file_cant_be_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ontology, "packaged", lambda: Sources(loaded=(HERE / "absent.ttl",)))
    assert ontology.main([]) == UNREADABLE
    assert "absent.ttl" in capsys.readouterr().err
