"""Pages with pictures, each beside the table that it shows."""

from __future__ import annotations

import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")
pytest.importorskip("vl_convert", reason="needs the extra 'plot': pip install '.[plot]'")

from starlette.applications import Starlette

from kzturk_graph.web.pages import routes
from kzturk_graph.web.pages.pictures import PAGES, showing
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web.asgi import get

pytestmark = pytest.mark.needs("web")


@pytest.fixture(scope="module")
def app() -> Starlette:
    return Starlette(routes=routes(Site(Settings())))


@pytest.mark.parametrize("name", PAGES)
def test_each_picture_has_its_table_and_downloads(app: Starlette, name: str) -> None:
    text = get(app, f"/{name}").text
    for picture in PAGES[name][0]:
        part = text.split(f'id="{picture}"', 1)[1].split("<section", 1)[0]
        assert f'src="/plot/{picture}.svg"' in part
        assert f'href="/plot/{picture}.json"' in part
        assert part.count("<tr>") > 1


def test_figures_that_conflict_stand_side_by_side(app: Starlette) -> None:
    text = get(app, "/trade").text.split('id="conflicts"', 1)[1]
    assert text.count('<article class="case">') >= 2


def test_a_picture_as_svg_and_as_specification(app: Starlette) -> None:
    svg = get(app, "/plot/trade.svg?lang=ru&theme=dark")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert svg.text.startswith("<svg")
    assert "$schema" in get(app, "/plot/trade.json").json()


def test_a_thing_shows_its_network(app: Starlette) -> None:
    assert 'src="/plot/neighbours.svg?entity=hlscc"' in get(app, "/page/hlscc").text
    assert get(app, "/plot/neighbours.svg?entity=hlscc").status == 200


def test_a_saved_query_shows_its_picture_with_what_was_chosen(app: Starlette) -> None:
    assert showing("trade-by-year") == "trade"
    assert 'src="/plot/trade.svg?from=2012"' in get(app, "/queries/trade-by-year?from=2012").text


def test_a_picture_that_is_not_there(app: Starlette) -> None:
    assert get(app, "/plot/nothing").status == 404
    assert get(app, "/plot/neighbours").status == 400
