"""What is a conflict and what isn't, on made-up documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzturk_graph import resources, terms
from kzturk_graph.conflicts.find import find
from kzturk_graph.graph.assertions import Corpus, read_corpus
from tests.conflicts.documents import alone, beside, dated, met, said, trade

BOTH = ("901", "902")


def test_a_new_document_with_a_new_clash_is_found_without_touching_code(tmp_path: Path, corpus: Corpus) -> None:
    before = {each.name for each in find(corpus)}
    joined = beside(
        tmp_path,
        said("901-p1", trade("901-p1", "2019", "4200000000.0")),
        said("901-p2", 'id:turksoy kt:establishedOn "1991"^^edtf:EDTF .', passage=2),
        said("901-p3", "id:hlscc-1 a kt:Session ; kt:location id:astana .", passage=3),
        dated("901", "2026-01-01"),
    )
    new = [each for each in find(joined) if each.name not in before]
    assert {(each.rule, terms.local(each.thing)) for each in new} == {
        ("number", "kz-tr"),
        ("date", "turksoy"),
        ("place", "hlscc-1"),
    }
    assert all("901" in each.documents and len(each.documents) > 1 for each in new)


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (("2005", "556800000.0", ""), ("2005", "1000000000.0", "about"), "number"),
        (("2005", "1000000000.0", ""), ("2005", "1004000000.0", ""), None),  # within half a per cent
        (("2005", "950000000.0", ""), ("2005", "1000000000.0", "about"), None),
        (("2005", "1000000000.0", "over"), ("2005", "1200000000.0", ""), None),
        (("2005", "1000000000.0", "over"), ("2005", "900000000.0", ""), "number"),
        (("2005", "5000000000.0", "almost"), ("2005", "5000000000.0", "over"), "qualifier"),
        (("2005", "5000000000.0", "almost"), ("2005", "5000000000.0", ""), "qualifier"),
        (("2005", "5000000000.0", "about"), ("2005", "5000000000.0", ""), None),  # a refinement
        (("2005", "5000000000.0", "exactly"), ("2005", "5000000000", ""), None),
        (("2005", "5000000000.0", "at-least"), ("2005", "4000000000.0", "up-to"), "number"),
        (("2005", "5000000000.0", ""), ("2005-01/2005-04", "2000000000.0", ""), None),  # part of the year
        (("2005", "5000000000.0", ""), ("2005-01/2005-12", "4000000000.0", ""), "number"),  # the same days
        (("2005", "5000000000.0", ""), ("2005-01/2005-04", "5000000000.0", ""), "period"),
        (("2005", "5000000000.0", ""), ("2006", "5000000000.0", ""), None),
        (("/2005", "5000000000.0", ""), ("/2005", "4000000000.0", ""), None),  # an unknown start
    ],
)
def test_numbers(tmp_path: Path, one: tuple[str, str, str], other: tuple[str, str, str], rule: str | None) -> None:
    found = met(tmp_path, said("901-p1", trade("901-p1", *one)), said("902-p1", trade("902-p1", *other)))
    assert found == ([(rule, BOTH)] if rule else [])


def _number(name: str, value: str, more: str) -> str:
    return said(name, f'n:{name} a qb:Observation ; kt:value {value} ; kt:period "2024"^^edtf:EDTF ; {more} .')


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # an export without partner beside one with both
        ("kt:measure c:exports ; kt:unit cur:USD ; kt:from id:kazakhstan", "kt:measure c:exports ; kt:unit cur:USD ; kt:from id:kazakhstan ; kt:to id:turkiye"),
        ("kt:measure c:exports ; kt:unit cur:USD ; kt:from id:kazakhstan", "kt:measure c:exports ; kt:unit cur:USD ; kt:from id:kazakhstan"),
        # stock and flow; students and scholarships; ownership and financing; another direction, another product
        ("kt:measure c:investment ; kt:unit cur:USD ; kt:to id:turkiye", "kt:measure c:investment-stock ; kt:unit cur:USD ; kt:to id:turkiye"),
        ("kt:measure c:students ; kt:unit c:persons ; kt:from id:turkiye", "kt:measure c:scholarships ; kt:unit c:persons ; kt:from id:turkiye"),
        ("kt:measure c:ownership-share ; kt:unit c:percent ; kt:of id:aselsan", "kt:measure c:financing-share ; kt:unit c:percent ; kt:of id:aselsan"),
        ("kt:measure c:tourists ; kt:unit c:persons ; kt:from id:turkiye ; kt:to id:kazakhstan", "kt:measure c:tourists ; kt:unit c:persons ; kt:from id:kazakhstan ; kt:to id:turkiye"),
        ("kt:measure c:exports ; kt:unit cur:USD ; kt:from id:kazakhstan ; kt:to id:turkiye ; kt:product c:coal", "kt:measure c:exports ; kt:unit cur:USD ; kt:from id:kazakhstan ; kt:to id:turkiye"),
        # one measure in two units
        ("kt:measure c:trade-turnover ; kt:between id:kz-tr ; kt:unit cur:USD", "kt:measure c:trade-turnover ; kt:between id:kz-tr ; kt:unit cur:TRY"),
    ],
)  # fmt: skip
def test_other_measures_are_not_compared(tmp_path: Path, one: str, other: str) -> None:
    assert met(tmp_path, _number("901-p1", "100.0", one), _number("902-p1", "900.0", other)) == []


def test_repetition_in_one_document_is_no_conflict_but_a_contradiction_is(tmp_path: Path) -> None:
    texts = [
        said(f"901-p{n}", trade(f"901-p{n}", "2005", v), passage=n) for n, v in ((1, "5.0"), (2, "5.0"), (3, "9.0"))
    ]
    assert met(tmp_path, *texts[:2]) == []
    (conflict,) = find(alone(tmp_path, *texts))
    assert conflict.kinds == ("contradiction", "self")
    assert [side.independent for side in conflict.sides] == [1, 1]


@pytest.mark.parametrize(("mode", "other"), [("target", "fact"), ("forecast", "fact"), ("target", "target")])
def test_plans_and_targets_are_not_compared_with_reports(tmp_path: Path, mode: str, other: str) -> None:
    one = said("901-p1", trade("901-p1", "2026", "10.0"), mode=mode)
    assert met(tmp_path, one, said("902-p1", trade("902-p1", "2026", "15.0"), mode=other)) == []


def test_targets_of_one_holder_for_one_time(tmp_path: Path) -> None:
    def target(name: str, value: str, holder: str, deadline: str) -> str:
        goal = (
            f"n:{name} a qb:Observation ; kt:measure c:trade-turnover ; kt:between id:kz-tr ; kt:unit cur:USD ; "
            f'kt:value {value} ; kt:holder id:{holder} ; kt:deadline "{deadline}"^^edtf:EDTF .'
        )
        return said(name, goal, mode="target")

    one = target("901-p1", "10.0", "erdogan", "2030")
    dates = (dated("901", "2020"), dated("902", "[2019..2026]"))
    assert met(tmp_path, one, target("902-p1", "15.0", "tokayev", "2030"), *dates) == []
    assert met(tmp_path, one, target("902-p1", "15.0", "erdogan", "2035"), *dates) == []
    assert met(tmp_path, one, target("902-p1", "15.0", "erdogan", "2030"), *dates) == [("number-aimed-at", BOTH)]
    later = (dated("901", "2020"), dated("902", "2024"))
    assert met(tmp_path, one, target("902-p1", "15.0", "erdogan", "2030"), *later) == []  # a change of the aim


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("1991", "1991-12-16", False),
        ("2009", "2009-10", False),
        ("2012-10-11/2012-10-12", "2012-10-12", False),
        ("[..1992-10]", "1992-03", False),
        ("1991-12-16", "1991-12-25", True),
        ("2009", "2010", True),
        ("[..1992-10]", "1993", True),
    ],
)
def test_dates(tmp_path: Path, one: str, other: str, clash: bool) -> None:
    texts = [
        said(f"{source}-p1", f'id:x a kt:Recognition ; kt:date "{day}"^^edtf:EDTF .')
        for source, day in zip(BOTH, (one, other), strict=True)
    ]
    assert met(tmp_path, *texts) == ([("date", BOTH)] if clash else [])


def test_what_is_attested_at_several_times_and_what_recurs_has_several_dates(tmp_path: Path) -> None:
    tenure = "id:t a kt:Tenure ; org:member id:erdogan ; kt:post id:p ; kt:attestedOn"
    texts = [said(f"{s}-p1", f'{tenure} "{d}"^^edtf:EDTF .') for s, d in zip(BOTH, ("2012", "2015"), strict=True)]
    assert met(tmp_path, *texts) == []
    drill = [
        said(f"{s}-p1", f'id:e a kt:Exercise ; kt:date "{d}"^^edtf:EDTF .')
        for s, d in zip(BOTH, ("2012", "2015"), strict=True)
    ]
    assert met(tmp_path, *drill) == []


@pytest.mark.parametrize(
    ("established", "elevated", "clash"),
    [("2012-05", "2012", True), ("1997", "2012", False), ("2012", "2009", True)],
)
def test_created_or_raised_from_something_older(tmp_path: Path, established: str, elevated: str, clash: bool) -> None:
    one = said("901-p1", f'id:k a kt:Council ; kt:establishedOn "{established}"^^edtf:EDTF .')
    other = said("902-p1", f'id:k a kt:Council ; kt:elevatedOn "{elevated}"^^edtf:EDTF .')
    assert met(tmp_path, one, other) == ([("origin", BOTH)] if clash else [])


def _mission(source: str, kind: str, time: str) -> str:
    return said(
        f"{source}-p1",
        f"id:m-{kind} a kt:Mission ; kt:sendingState id:turkiye ; kt:city id:almaty ; kt:kind c:{kind} {time} .",
    )


def test_missions_at_one_time_only(tmp_path: Path) -> None:
    def at(year: str) -> str:
        return f'; kt:attestedOn "{year}"^^edtf:EDTF'

    general = _mission("902", "consulate-general", at("2025"))
    assert met(tmp_path, _mission("901", "embassy", at("2025")), general) == [("mission", BOTH)]
    assert met(tmp_path, _mission("901", "embassy", at("2010")), general) == []
    assert met(tmp_path, _mission("901", "embassy", ""), general) == []  # its time isn't known


def test_an_office_passes_from_one_to_another(tmp_path: Path) -> None:
    def held(source: str, who: str, when: str) -> str:
        time = f'kt:attestedOn "{when}"^^edtf:EDTF'
        return said(f"{source}-p1", f"id:{who}-as-x a kt:Tenure ; org:member id:{who} ; kt:post id:x ; {time} .")

    assert met(tmp_path, held("901", "nazarbayev", "2019"), held("902", "tokayev", "2019")) == []
    assert met(tmp_path, held("901", "nazarbayev", "2019-05-01"), held("902", "tokayev", "2019-05-01")) == [
        ("office", BOTH)
    ]


def test_a_city_refines_its_state(tmp_path: Path) -> None:
    def at(source: str, place: str) -> str:
        return said(f"{source}-p1", f"id:s a kt:Session ; kt:location id:{place} .")

    lies = (
        "a:curator-x kt:modality c:fact ; kt:voice id:curator .\na:curator-x { id:ankara kt:location id:turkiye . }\n"
    )
    assert met(tmp_path, at("901", "ankara"), at("902", "turkiye"), lies) == []
    assert met(tmp_path, at("901", "ankara"), at("902", "kazakhstan"), lies) == [("place", BOTH)]


def test_a_denial_is_compared_by_what_identifies_the_thing(tmp_path: Path) -> None:
    def member(name: str, thing: str, mode: str, role: str, when: str) -> str:
        time = f'; kt:attestedOn "{when}"^^edtf:EDTF' if when else ""
        content = f"id:{thing} a org:Membership ; org:member id:turkiye ; org:organization id:sco ; org:role c:{role} {time} ."
        return said(name, content, mode=mode)

    no = member("901-p1", "never", "denied", "full-member", "2017-09-13")
    assert met(tmp_path, no, member("902-p1", "ever", "fact", "full-member", "2017")) == [("denial", BOTH)]
    assert met(tmp_path, no, member("902-p1", "ever", "fact", "dialogue-partner", "2017")) == []
    assert met(tmp_path, no, member("902-p1", "ever", "fact", "full-member", "2025")) == []
    assert met(tmp_path, no) == []


def test_a_denied_triple(tmp_path: Path) -> None:
    no = said("901-p1", "id:idef-2025 kt:host id:kazakhstan .", mode="denied")
    assert met(tmp_path, no, said("902-p1", "id:idef-2025 kt:host id:kazakhstan .")) == [("denial", BOTH)]
    assert met(tmp_path, no, said("902-p1", "id:idef-2024 kt:host id:kazakhstan .")) == []


@pytest.mark.parametrize(
    ("first", "second", "dates", "clash"),
    [
        ("planned", "signed", ("2020", "2022"), False),  # a change
        ("planned", "signed", ("2022", "2020"), True),  # backwards
        ("planned", "signed", ("[2020..2023]", "[2022..2024]"), True),  # the order is unknown
        ("planned", "decided", ("[2020..2023]", "[2022..2024]"), False),  # both at once
        ("approved", "signed", ("2020", "2020"), False),
    ],
)
def test_stages(tmp_path: Path, first: str, second: str, dates: tuple[str, str], clash: bool) -> None:
    texts = [
        said(f"{source}-p1", f"id:x a kt:Treaty ; kt:stage c:{stage} .") + dated(source, day)
        for source, stage, day in zip(BOTH, (first, second), dates, strict=True)
    ]
    one, other = (text.split("a:curator", 1) for text in texts)
    curated = ["a:curator" + part[1] for part in (one, other)]
    assert met(tmp_path, one[0], other[0], *curated) == ([("stage", BOTH)] if clash else [])


@pytest.mark.parametrize(
    ("plan", "report", "date", "clash"),
    [
        ("2020", "2022", "", False),
        ("[2020..2023]", "[2022..2024]", "", True),
        (
            "[2020-01..2020-12]",
            "[2020-06..2024]",
            '; kt:date "2021-05"^^edtf:EDTF',
            False,
        ),  # told before the day
    ],
)
def test_planned_and_held(tmp_path: Path, plan: str, report: str, date: str, clash: bool) -> None:
    found = met(
        tmp_path,
        said("901-p1", "id:s a kt:Session ; kt:council id:hlscc .", mode="planned"),
        said("902-p1", f"id:s a kt:Session ; kt:council id:hlscc {date} ."),
        dated("901", plan),
        dated("902", report),
    )
    assert found == ([("held", BOTH)] if clash else [])


def test_credit_follows_a_body_that_goes_on_as_another(tmp_path: Path) -> None:
    one = said("901-p1", "id:old kt:creditedTo id:kazakhstan, id:turkiye .")
    other = said("902-p1", "id:new kt:creditedTo id:kazakhstan .")
    goes_on = "a:curator-x kt:modality c:fact ; kt:voice id:curator .\na:curator-x { id:old kt:continuedAs id:new . }\n"
    assert met(tmp_path, one, other) == []
    assert met(tmp_path, one, other, goes_on) == [("credit", BOTH)]
    open_list = said("902-p1", "id:old kt:creditedTo id:kazakhstan ; kt:openList kt:creditedTo .")
    assert met(tmp_path, one, open_list) == []


def test_rank_one_for_two(tmp_path: Path) -> None:
    def first(source: str, who: str, more: str = "") -> str:
        rank = f"n:{source} a kt:Rank ; kt:of id:{who} ; kt:criterion id:recognition-of-kazakhstan ; kt:rank 1 ; kt:superlative c:first {more} ."
        return said(f"{source}-p1", rank)

    assert met(tmp_path, first("901", "turkiye"), first("902", "iran")) == [("rank", BOTH)]
    assert met(tmp_path, first("901", "turkiye"), first("902", "iran", "; kt:qualifier c:among")) == []


def test_a_footnote_against_its_text(tmp_path: Path) -> None:
    works = (
        "a:curator-x kt:modality c:fact ; kt:voice id:curator .\na:curator-x { doc:page dcterms:publisher id:ministry . "
        "doc:story dcterms:publisher id:paper . }\n"
    )
    for work, clash in (("page", True), ("story", False)):
        note = (
            f'p:901-p2 a kt:Passage ; kt:document doc:901 ; kt:number 2 ; kt:footnote "1" ; kt:refersTo doc:{work} .\n'
        )
        text = said("901-p1", "id:x kt:field c:trade .", about="kt:voice id:paper ; kt:cites p:901-p2")
        assert met(tmp_path, text + note, works) == ([("footnote", ("901",))] if clash else [])


def test_one_silent_document_is_no_conflict(tmp_path: Path) -> None:
    assert (
        met(
            tmp_path,
            said("901-p1", trade("901-p1", "2005", "5.0")),
            said("902-p1", "id:x kt:field c:trade ."),
        )
        == []
    )


def test_deleting_the_decision_takes_it_back(corpus: Corpus) -> None:
    name = terms.ASSERTION + "003-p77-year"
    assert corpus.assertions[name].erroneous
    without = read_corpus([path for path in resources.data_files() if path.name != "decisions.trig"])
    assert not without.assertions[name].erroneous
    (conflict,) = [each for each in find(without) if each.rule == "date"]
    assert conflict.decisions == ()
