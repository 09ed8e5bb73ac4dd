"""A template becomes a document in which every number opens."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.bulletins.office import TEMPLATE, Office, body_text
from xianfeng import figures
from xianfeng.acceptance import books
from xianfeng.bulletins.closing import document_of
from xianfeng.bulletins.wording import wording
from xianfeng.papers.document import FigureRun, NoteRun, Paragraph, Table, lines_of, plain
from xianfeng.problems import Problem, Problems
from xianfeng.registry import actions as registry

NOTES = "    notes: {A4: [八届九次, 九届十四次], A7: 第一}\n"


@pytest.fixture
def posts(office: Office) -> Office:
    """A scheme with a first bulletin, and three posts of 3, 4 and 5 members."""
    office.adopt(("first", TEMPLATE))
    office.file(members=3)
    office.file(members=4, sort="site")
    office.file(office.gulou, members=5, name="便民岗")
    return office


def test_figures_are_computed_from_records(posts: Office) -> None:
    assert body_text(posts.compose()) == "全市共设先锋岗3个，在岗党员12名。"


def test_a_bulletin_is_of_the_schemes_organisation_whatever_its_code_is_now(posts: Office) -> None:
    registry.rename(organisation=posts.city, code="359900", day=dt.date(2012, 2, 1), by=posts.actor)
    assert body_text(posts.compose()) == "全市共设先锋岗3个，在岗党员12名。"
    assert books.composed(posts.compose(), figures.engine()).root == posts.city


def test_a_figure_knows_its_question_and_what_it_rests_on(posts: Office) -> None:
    composition = posts.compose()
    source = composition.document.sources[0]
    assert (source.at, source.text, source.value, source.unit, source.records) == ("福州市", "3", "3", "个", 3)
    assert source.query is not None
    assert source.query.organisation == posts.city
    assert source.query.as_of == composition.as_of


def test_a_reader_is_told_what_a_figure_means(posts: Office) -> None:
    composition = posts.compose()
    told = wording(composition.document.sources[0], composition.scheme)
    assert (told.title, told.period) == ("先锋岗", "截至2012年3月16日")
    assert told.definition == "“先锋岗”的记录数，一条记录计一；按发生日期计；已报即计。"
    assert told.line.startswith("scheme.yaml:")
    assert told.address.startswith("/figures/base-2012/posts/350100?")


def test_work_after_the_day_of_issue_does_not_count(posts: Office) -> None:
    posts.file(day=dt.date(2012, 3, 17))
    assert body_text(posts.compose()).startswith("全市共设先锋岗3个")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        pytest.param("闽侯{{ figure('posts', at='350121') }}个", "闽侯2个", id="at an organisation"),
        pytest.param("{{ figure('posts', until='2012-02-01') }}个", "未报个", id="until a day"),
        pytest.param("{{ figure('members', show='words') }}人", "十二人", id="shown otherwise"),
        pytest.param("培育{{ target('posts') }}个", "培育百个", id="target"),
        pytest.param("{{ constant('allowance') }}元", "300元", id="constant"),
        pytest.param("{{ rule('obligations.serve.windows.0.title') }}", "2月份", id="rule"),
        pytest.param("{{ rule('standards.five_ahead.items', show='words') }}条", "五条", id="how many a rule has"),
        pytest.param("{{ rule('runs_out') if false else rule('until') }}", "2012年12月31日", id="a day of the scheme"),
        pytest.param("{{ story('posts') }}", "闽侯县、闽侯县、鼓楼区", id="story of organisations"),
        pytest.param("{{ story('posts', field='name', most=2) }}", "接访岗、接访岗等", id="story of a text"),
        pytest.param("{% if figure('posts').complete %}都报了{% endif %}", "都报了", id="condition"),
        pytest.param("{% if figure('posts').value > 2 %}多{% endif %}", "多", id="comparison"),
        pytest.param("学习{{ note('A4', '八届九次') }}全会", "学习八届九次全会", id="note"),
        pytest.param("ok,增长(快)", "ok，增长（快）", id="punctuation"),
        pytest.param("<script>alert()</script>", "<script>alert()</script>", id="markup stays text"),
    ],
)
def test_calls(posts: Office, template: str, text: str) -> None:
    assert posts.text(template, extra=NOTES) == text


def test_what_is_missing_is_known_to_the_template(office: Office) -> None:
    office.adopt(("first", "{% set f = figure('posts') %}{% if f.missing %}有县区未报{% endif %}"))
    office.file()
    assert body_text(office.compose()) == "有县区未报"


def test_nothing_reported_is_never_printed_as_zero(office: Office) -> None:
    assert office.text("在岗党员{{ figure('members') }}名") == "在岗党员未报名"


def test_only_what_lands_on_the_page_is_a_source(posts: Office) -> None:
    """Asked for and kept off the page: a figure, a table, a note."""
    unprinted = "{% set f = figure('members') %}{% set t = table('members', by='children') %}"
    unprinted += "{% set n = note('A4', '八届九次') %}"
    posts.adopt(("first", unprinted + "共{{ figure('posts') }}个。"), extra=NOTES)
    made = posts.compose()
    assert [source.text for source in made.document.sources if source.call == "figure"] == ["3"]
    assert made.notes == ()
    runs = [run for line in lines_of(made.document) for run in line if isinstance(run, FigureRun)]
    assert {run.figure for run in runs} == set(range(len(made.document.sources)))
    assert all(made.document.sources[run.figure].text == run.text for run in runs)
    assert [source.text for source in document_of(posts.close()).sources] == ["3", "1", "2012年3月16日", "100"]


def test_a_table_has_a_figure_in_every_cell(posts: Office) -> None:
    posts.adopt(("first", "各县区：\n\n{{ table('posts', 'members', by='children') }}"))
    composition = posts.compose()
    table = composition.document.body[1]
    assert isinstance(table, Table)
    cells = [[plain(cell) for cell in row] for row in table.rows]
    assert cells[0] == ["组织", "先锋岗（个）", "在岗党员（人）"]
    assert sorted(cells[1:]) == sorted([["闽侯县", "2", "7"], ["鼓楼区", "1", "5"]])
    cell = next(row for row in table.rows if plain(row[0]) == "闽侯县")[1][0]
    assert isinstance(cell, FigureRun)
    query = composition.document.sources[cell.figure].query
    assert query is not None
    assert query.organisation == posts.minhou


def test_a_chart_draws_the_largest_longest(posts: Office) -> None:
    posts.adopt(("first", "{{ chart('posts', by='category', field='sort') }}"))
    table = posts.compose().document.body[0]
    assert isinstance(table, Table)
    bars = {plain(row[0]): (plain(row[1]), len(plain(row[2]))) for row in table.rows[1:]}
    assert bars == {"工地": ("1", 10), "窗口": ("2", 20)}


def test_notes_are_listed_with_their_rows(posts: Office) -> None:
    title = "\"{{ note('A7', '第一') }}责任人\""
    posts.adopt(("first", "{{ note('A4', '八届九次') }}全会"), title=title, extra=NOTES)
    composition = posts.compose()
    assert composition.notes == (NoteRun("第一", "A7"), NoteRun("八届九次", "A4"))


@pytest.mark.parametrize(("row", "text"), [("Z1", "1234"), ("A4", "1234"), ("A7", "八届九次")])
def test_a_number_of_the_text_that_the_scheme_does_not_list_is_refused(posts: Office, row: str, text: str) -> None:
    posts.adopt(("first", f"全会。\n\n共{{{{ note('{row}', '{text}') }}}}人"), extra=NOTES)
    with pytest.raises(Problem) as refused:
        posts.compose()
    assert (refused.value.code, refused.value.place) == ("bulletin.unlisted_note", "bulletins/first.md:3")
    assert "bulletins.first.notes" in refused.value.hint


def test_the_masthead_opens_too(posts: Office) -> None:
    masthead = posts.compose().document.masthead
    shown = [plain(runs) for runs in (masthead.number, masthead.date, masthead.copies)]
    assert shown == ["第1期", "2012年3月16日", "共印100份"]
    assert isinstance(masthead.number[1], FigureRun)


def test_a_total_number_stands_behind_the_number_and_opens_too(posts: Office) -> None:
    posts.adopt(("first", "正文。"), extra="    total: 37\n")
    made = posts.compose()
    number = made.document.masthead.number
    assert plain(number) == "第1期（总第37期）"
    opened = [made.document.sources[run.figure] for run in number if isinstance(run, FigureRun)]
    assert [(source.name, source.value) for source in opened] == [
        ("bulletins.first.number", "1"),
        ("bulletins.first.total", "37"),
    ]
    assert wording(opened[1], made.scheme).title == "总期号"


def test_a_headline_may_carry_figures(posts: Office) -> None:
    posts.adopt(("first", "正文。"), title="\"我市设先锋岗{{ figure('posts') }}个\"")
    masthead = posts.compose().document.masthead
    assert plain(masthead.title[0]) == "我市设先锋岗3个"


def test_the_editors_note_stands_apart(posts: Office) -> None:
    posts.adopt(("first", "> 编者按：供借鉴。\n\n正文。"), extra="    editors_note: true\n")
    document = posts.compose().document
    assert document.editors_note == (Paragraph((document.editors_note[0].runs[0],)),)  # type: ignore[union-attr]
    assert body_text(posts.compose()) == "正文。"


def test_as_of_an_earlier_entry(posts: Office) -> None:
    before = posts.compose().as_of
    posts.file()
    assert body_text(posts.compose(as_of=before)) == "全市共设先锋岗3个，在岗党员12名。"
    assert body_text(posts.compose()) == "全市共设先锋岗4个，在岗党员15名。"


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{{ figure('nothing') }}", "bulletin.unknown_measure"),
        ("{{ figure() }}", "bulletin.bad_call"),
        ("{{ figure('posts', at='999999') }}", "bulletin.unknown_organisation"),
        ("{{ figure('posts', until='2012年') }}", "bulletin.bad_date"),
        ("{{ figure('posts', show='roman') }}", "bulletin.unknown_style"),
        ("{{ figure('posts', show='lower_bound:100:万') }}", "bulletin.unknown_style"),
        ("{{ figure('posts', show='plain:-2') }}", "bulletin.unknown_style"),
        ("{{ figure('posts', show='percent') }}", "bulletin.unfit_style"),
        ("{{ figure('posts', show='all_or_percent') }}", "bulletin.unfit_style"),
        ("{{ figure('share', show='all_or_percent') }}", "bulletin.unfit_style"),
        ("{{ figure('share', show='words') }}", "bulletin.unfit_style"),
        ("{{ figure('strong', show='wan') }}", "bulletin.unfit_style"),
        ("{{ target('posts', show='percent') }}", "bulletin.unfit_style"),
        ("{{ constant('allowance', show='percent') }}", "bulletin.unfit_style"),
        ("{{ rule('constants.allowance.value', show='percent') }}", "bulletin.unfit_style"),
        ("{{ rule('standards.five_ahead.items', show='percent') }}", "bulletin.unfit_style"),
        ("{{ target('members') }}", "bulletin.no_target"),
        ("{{ constant('nothing') }}", "bulletin.unknown_constant"),
        ("{{ rule('measures.nothing.title') }}", "bulletin.unknown_rule"),
        ("{{ rule('measures.posts') }}", "bulletin.unprintable_rule"),
        ("{{ rule('bulletins.first.editor') }}", "bulletin.own_words"),
        ("{{ rule('bulletins.first.title.0') }}", "bulletin.own_words"),
        ("{{ rule('constants.allowance.value', show='yi') }}", "bulletin.rounded_to_zero"),
        ("{{ table('posts', by='colour') }}", "bulletin.unknown_axis"),
        ("{{ table(by='children') }}", "bulletin.bad_call"),
        ("前{{ table('posts', by='children') }}后", "bulletin.table_in_text"),
        ("{{ story('posts', field='holder') }}", "bulletin.unknown_field"),
        ("{{ story('posts', most=1000) }}", "bulletin.bad_call"),
        ("> 编者按：有。\n\n正文。", "bulletin.editors_note"),
        ("正文。\n\n> 引用。", "bulletin.quotation"),
    ],
)
def test_mistakes_are_told_with_their_place(office: Office, template: str, code: str) -> None:
    office.adopt(("first", template))
    with pytest.raises(Problem) as refused:
        office.compose()
    assert refused.value.code == code
    assert refused.value.hint


def test_a_mistake_names_the_templates_line(office: Office) -> None:
    office.adopt(("first", "一、开头。\n\n{{ figure('nothing') }}"))
    with pytest.raises(Problem) as refused:
        office.compose()
    assert refused.value.place == "bulletins/first.md:3"


def test_numbers_without_a_source_are_refused_all_at_once(office: Office) -> None:
    office.adopt(("first", "共705支。\n\n其中{{ figure('posts') }}个、百个。"), title="表彰三十人")
    with pytest.raises(Problems) as refused:
        office.compose()
    assert [problem.place for problem in refused.value.problems] == ["标题第1行", "正文第1段", "正文第2段"]
    assert ["【三十】" in str(refused.value), "【705】" in str(refused.value), "【百】" in str(refused.value)] == [
        True
    ] * 3


def test_a_value_that_its_display_would_hide_is_refused(posts: Office) -> None:
    posts.adopt(("first", "党员{{ figure('members', show='wan:1') }}名，补贴{{ constant('allowance', show='yi') }}元"))
    with pytest.raises(Problems) as refused:
        posts.compose()
    assert refused.value.code == "bulletin.rounded_to_zero"
    members, allowance = refused.value.problems
    assert (members.place, members.message) == ("figure('members') 福州市", "“在岗党员”是12人，印成了0万。")
    assert (allowance.place, allowance.message) == ("constant('allowance')", "“村主干补贴”是300元，印成了0亿。")
    assert ["show='plain'" in members.hint, "show='plain'" in allowance.hint] == [True, True]


def test_a_zero_that_is_one_is_printed(posts: Office) -> None:
    posts.file(posts.gulou, members=0, name="夜班岗", day=dt.date(2012, 3, 2))
    posts.adopt(("first", "鼓楼区{{ figure('members', at='350102', since='2012-03-02', show='wan:1') }}名"))
    assert body_text(posts.compose()) == "鼓楼区0名"


def test_a_values_digits_cannot_be_printed_around_its_mark(office: Office) -> None:
    office.adopt(("first", "{{ figure('posts').value }}"))
    office.file()
    with pytest.raises(Problems) as refused:
        office.compose()
    assert refused.value.code == "bulletin.unsourced"


def test_a_value_that_is_not_known_cannot_be_printed(office: Office) -> None:
    office.adopt(("first", "{{ figure('posts').value }}"))
    with pytest.raises(Problem) as refused:
        office.compose()
    assert refused.value.code == "bulletin.template_undefined"


def test_an_unknown_bulletin_is_told(office: Office) -> None:
    office.adopt(("first", TEMPLATE))
    with pytest.raises(Problem) as refused:
        office.compose("second")
    assert refused.value.code == "bulletin.unknown"
    assert "first" in refused.value.hint
