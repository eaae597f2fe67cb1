"""The packaged data: no violation, its sizes as stated, the same report from both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.validation import sizes
from kzturk_graph.validation.findings import SEVERITIES, counts, fails
from kzturk_graph.validation.run import Report, validate

from .conftest import needs_fast


def test_no_violation(report: Report) -> None:
    assert [each for each in report.findings if each.severity == "violation"] == []
    assert not fails(report.findings, "violation")


def test_three_graphs_are_checked(report: Report) -> None:
    names = [name for name, _ in report.graphs]
    assert names == ["facts", "all modes", "metadata"]
    facts, modes, _ = (size for _, size in report.graphs)
    assert 1000 < facts < modes


def test_every_finding_has_a_place_and_gravest_come_first(report: Report) -> None:
    for each in report.findings:
        assert each.file, each
        assert each.line, each
        assert each.graphs
    ranks = [SEVERITIES.index(each.severity) for each in report.findings]
    assert ranks == sorted(ranks)
    assert sum(counts(report.findings).values()) == len(report.findings)


@needs_fast
def test_fast_engine_gives_the_same_report(report: Report) -> None:
    fast = validate(engine="fast")
    assert fast.findings == report.findings
    assert fast.graphs == report.graphs


def test_the_stated_sizes_are_those_of_the_data(corpus: Corpus) -> None:
    assert sizes.findings(corpus) == []


def test_a_size_that_differs_is_a_violation(corpus: Corpus, tmp_path: Path) -> None:
    text = sizes.dataset_file().read_text()
    number = sizes.counted(corpus)["https://w3id.org/kzturk/ontology/Mission"]
    line = f"void:class kt:Mission ; void:entities {number}"
    assert line in text
    changed = tmp_path / "dataset.ttl"
    changed.write_text(text.replace(line, f"void:class kt:Mission ; void:entities {number + 1}"))
    (finding,) = sizes.findings(corpus, changed)
    assert finding.severity == "violation"
    assert finding.rule == "size"
    assert f"with {number + 1} and holds {number} of kt:Mission" in finding.message


def test_a_class_that_the_description_leaves_out_is_a_violation(corpus: Corpus, tmp_path: Path) -> None:
    kept = [line for line in sizes.dataset_file().read_text().split("\n") if "void:class kt:Pair" not in line]
    changed = tmp_path / "dataset.ttl"
    changed.write_text("\n".join(kept))
    (finding,) = sizes.findings(corpus, changed)
    assert "of kt:Pair" in finding.message


def test_sizes_are_written_in_their_one_form(tmp_path: Path) -> None:
    from kzturk_graph.graph.turtle import format_text

    text = sizes.write(tmp_path / "dataset.ttl").read_text()
    assert format_text(text, path="dataset.ttl", trig=False) == text


def test_data_that_breaks_the_pattern_is_refused_first(tmp_path: Path) -> None:
    path = tmp_path / "005.trig"
    path.write_text(
        "@prefix a: <https://w3id.org/kzturk/assertion/> .\n"
        "@prefix kt: <https://w3id.org/kzturk/ontology/> .\n"
        "@prefix id: <https://w3id.org/kzturk/id/> .\n"
        "a:005-p1 { id:kazakhstan a kt:State }\n"
    )
    with pytest.raises(InputError, match="no modality"):
        validate([path])
