"""The editor's build: exact packages, a word on how it went, and a build that goes on without it."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from kzturk_graph.web import editor

SOURCES = Path(__file__).resolve().parents[2] / "web-src"


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The build's module, with no wish of the caller's environment in its way."""
    spec = importlib.util.spec_from_file_location("bundle", SOURCES / "bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.delenv(module.VARIABLE, raising=False)
    return module


def test_every_package_is_pinned_and_no_registry_is_named() -> None:
    wanted = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["dependencies"] == wanted["dependencies"]
    assert all(version[0].isdigit() for version in wanted["dependencies"].values())
    for name, package in lock["packages"].items():
        assert name == "" or package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_it_can_be_left_out(bundle: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(bundle.VARIABLE, "0")
    assert "KZTURK_EDITOR is 0" in bundle.build(tmp_path / "built")
    assert not (tmp_path / "built").exists()


def test_without_node_the_build_goes_on_and_says_so(
    bundle: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "the page is a plain form" in bundle.build(tmp_path / "built")
    assert bundle.requirements() == []


def test_node_comes_from_pypi_only_where_it_is_asked_for(
    bundle: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(bundle.VARIABLE, "1")
    assert bundle.requirements() == [bundle.NODE]
    with pytest.raises(bundle.NotBuiltError, match="no Node"):
        bundle.build(tmp_path / "built")


@pytest.mark.skipif(not shutil.which("npm"), reason="needs npm")
def test_a_registry_out_of_reach_is_given_up(
    bundle: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    said = bundle.build(tmp_path / "built")
    assert "npm can't bring its packages" in said
    assert not (tmp_path / "built").exists()


def test_what_was_built_from_the_same_sources_is_kept(
    bundle: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "editor").mkdir()
    (tmp_path / "outlines.json").write_text("{}")
    (tmp_path / "editor" / "stamp").write_text("of other sources")
    assert "no SPARQL editor" in bundle.build(tmp_path)
    (tmp_path / "editor" / "stamp").write_text(bundle._stamp())
    assert "as they were built before" in bundle.build(tmp_path)


def test_the_licences_name_every_package_of_the_bundle() -> None:
    text = editor.licences()
    if text is None:
        pytest.skip("this build has no editor")
    for name in ("@codemirror/view", "codemirror-lang-sparql", "world-atlas"):
        assert f"{name} ".encode() in text
    assert text.count(b"=" * 60) >= 10


def test_the_editor_has_its_words_in_every_language() -> None:
    words = editor.texts()
    assert set(words) == {"en", "tr", "kk", "ru"}
    assert len({tuple(sorted(each)) for each in words.values()}) == 1
