"""What a measure is never shown without is printed with it: of the same place and time, or the issue is no issue."""

from __future__ import annotations

import pytest

from tests.bulletins.office import BULLETIN, SCHEME, Office, body_text
from xianfeng.ledger import actions
from xianfeng.problems import Problems
from xianfeng.scheme.loader import with_libraries

SHARE = """measures:
  windows: {title: 窗口岗, unit: 个, count: post, where: "sort == 'window'"}
  sites: {title: 工地岗, unit: 个, count: post, where: "sort == 'site'"}
  window_share: {title: 窗口岗占比, ratio: [windows, posts], beside: sites, show: percent}
"""
RATE = "窗口岗占{{ figure('window_share') }}"
ALONE = "，工地岗{{ figure('sites') }}个"


def adopted(office: Office, template: str) -> Office:
    imprint = BULLETIN.format(name="first", series="活动简报", number=1, title="我市设立先锋岗")
    text = SCHEME.format(name=office.scheme, historical="false", bulletins=imprint).replace("measures:\n", SHARE)
    files = with_libraries({"scheme.yaml": text, "bulletins/first.md": template})
    actions.adopt(files, by=office.actor)
    office.file()
    office.file(sort="site")
    office.file(office.gulou, sort="site")
    return office


@pytest.mark.parametrize(
    ("template", "text"),
    [
        pytest.param(RATE + ALONE, "窗口岗占33%，工地岗2个", id="in one sentence"),
        pytest.param(RATE + "。\n\n又" + ALONE[1:], "窗口岗占33%。\n又工地岗2个", id="anywhere in the issue"),
    ],
)
def test_a_share_is_printed_with_what_stands_beside_it(office: Office, template: str, text: str) -> None:
    assert body_text(adopted(office, template).compose()) == text


@pytest.mark.parametrize(
    "template",
    [
        pytest.param(RATE, id="alone"),
        pytest.param(RATE + "，闽侯工地岗{{ figure('sites', at='350121') }}个", id="of another place"),
        pytest.param(RATE + "，工地岗{{ figure('sites', until='2012-03-02') }}个", id="until another day"),
        pytest.param("{{ table('window_share', by='children') }}", id="in a table"),
    ],
)
def test_alone_it_is_not_printed(office: Office, template: str) -> None:
    adopted(office, template)
    with pytest.raises(Problems) as refused:
        office.compose()
    assert refused.value.code == "bulletin.alone"
    assert "没有印“工地岗”" in refused.value.problems[0].message


def test_a_table_has_a_column_for_it(office: Office) -> None:
    adopted(office, "{{ table('window_share', 'sites', by='children') }}")
    assert "工地岗" in body_text(office.compose())
