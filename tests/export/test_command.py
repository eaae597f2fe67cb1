"""``kzturk export`` as a person meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from tests.export.reading import CASES, read

CODE = "from kzturk_graph.cli.main import main; main()"


def kzturk(*words: str, seed: str = "0") -> subprocess.CompletedProcess[bytes]:
    root = Path(__file__).resolve().parents[2]
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
    return subprocess.run([sys.executable, "-c", CODE, "export", *words], env=env, capture_output=True, check=False)


@pytest.mark.parametrize(("name", "provenance"), CASES)
def test_same_bytes_over_hash_seeds(name: str, provenance: str) -> None:
    words = ("--format", name, "--provenance", provenance, "--source", "000")
    one, other = kzturk(*words, seed="1"), kzturk(*words, seed="77")
    assert one.returncode == other.returncode == 0, one.stderr
    assert one.stdout
    assert one.stdout == other.stdout


def test_an_entity_has_the_same_bytes_over_hash_seeds() -> None:
    one, other = (kzturk("--entity", "HLSCC", "--format", "jsonld", seed=seed) for seed in ("1", "77"))
    assert one.stdout
    assert one.stdout == other.stdout


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    done = kzturk("--format", "nquads", "--output", str(path))
    assert (done.returncode, done.stdout) == (0, b"")
    assert read(path.read_bytes(), "nquads")
    assert [each.name for each in tmp_path.iterdir()] == ["graph.nq"]


def test_modality_and_language_reach_the_export() -> None:
    plans = kzturk("--format", "nquads", "--modality", "planned")
    assert plans.returncode == 0
    said = [q.object for q in read(plans.stdout, "nquads") if q.predicate.value == terms.kt("modality")]
    assert set(said) == {ox.NamedNode(terms.CONCEPT + mode) for mode in ("fact", "planned")}
    labels = kzturk("--lang", "tr", "--entity", "id:kazakhstan").stdout.decode()
    assert "Kazakistan" in labels
    assert '"Қазақстан"@kk' not in labels


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "pdf"), "pdf"),
        (("--provenance", "all"), "all"),
        (("--format", "turtle", "--provenance", "graphs"), "turtle has no graphs"),
        (("--entity", "no such thing at all"), "unknown entity 'no such thing at all'"),
        (("--source", "no such paper"), "unknown document 'no such paper'"),
        (("--modality", "plan"), "unknown modality 'plan'"),
        (("--lang", "de"), "de"),
    ],
)
def test_wrong_usage_is_said_and_ends_with_2(words: tuple[str, ...], said: str) -> None:
    done = kzturk(*words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_an_output_that_cannot_be_written_ends_with_3(tmp_path: Path) -> None:
    done = kzturk("--source", "000", "--output", str(tmp_path / "none" / "graph.ttl"))
    assert done.returncode == 3
    assert "can't be written" in done.stderr.decode()


def test_rdflib_and_pyshacl_stay_unloaded() -> None:
    code = (
        "import sys; sys.argv = ['kzturk', 'export', '--entity', 'hlscc', '--format', sys.argv[1]]\n"
        "from kzturk_graph.cli.main import main\n"
        "try: main()\n"
        "finally: assert not {'rdflib', 'pyshacl', 'pyld'} & set(sys.modules), 'loaded'"
    )
    for name in ("turtle", "jsonld", "trig", "rdfxml"):
        done = subprocess.run([sys.executable, "-c", code, name], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
