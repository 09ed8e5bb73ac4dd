"""Pages in English and in traditional Chinese: every word of theirs is there; what was filed stays as it was filed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from scripts import messages
from scripts.messages import CHINESE, Key

from tests.web.conftest import Site
from xianfeng.web.language import read_by

TOWN = "350121105"
_NAMES = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{[^{}]*\}")  # not {{ … }}, which is a template's
# English that has to show Chinese: what is typed, what is searched, what stands in a template of a bulletin.
QUOTED = re.compile(r"“[^”]*”|多|余|万|[>报送发：；；鼓楼拆迁青口市委编者按…]+")


@pytest.fixture(scope="module")
def marked() -> dict[Key, set[str]]:
    return messages.marked()


@pytest.fixture(scope="module")
def english() -> dict[Key, tuple[str, ...]]:
    return messages.kept()


def test_every_word_has_its_english(marked: dict[Key, set[str]], english: dict[Key, tuple[str, ...]]) -> None:
    assert sorted(set(marked) - set(english)) == [], "run `make messages` and write the English of these"


def test_the_catalogues_are_what_the_sources_make(
    marked: dict[Key, set[str]], english: dict[Key, tuple[str, ...]]
) -> None:
    made = messages.files(messages.catalogues(marked, english))
    assert [path.name for path, content in made.items() if path.read_bytes() != content] == [], "run `make messages`"


def test_english_keeps_what_is_put_in(english: dict[Key, tuple[str, ...]]) -> None:
    wrong = [
        (key.words, said)
        for key, forms in english.items()
        for said in forms
        if set(_NAMES.findall(said)) != set(_NAMES.findall(key.words))
    ]
    assert wrong == []


def test_english_is_english(english: dict[Key, tuple[str, ...]]) -> None:
    left = {key.words: [QUOTED.sub("", said) for said in forms] for key, forms in english.items()}
    assert [words for words, forms in left.items() if any(CHINESE.search(said) for said in forms)] == []


def test_traditional_characters_and_the_words_of_offices() -> None:
    said = {"签发": "簽發", "台账没有变动": "臺賬沒有變動", "汇报材料": "匯報材料", "编发单位": "編發單位"}
    assert {words: messages.traditional(words) for words in said} == said
    assert messages.traditional("文件") == "文件"


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("", "zh-hans"),
        ("*", "zh-hans"),
        ("fr-FR,fr;q=0.9", "zh-hans"),
        ("en-US,en;q=0.9", "en"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "zh-hans"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zhx, ;;,q=1", "zh-hans"),
    ],
)
def test_a_browser_that_reads_chinese_is_answered_in_chinese(browser: str, language: str) -> None:
    assert read_by(browser) == language


def test_what_the_reader_chose_comes_before_the_browser(site: Site) -> None:
    ask = {"accept-language": "en-US,en"}
    page = site.client.get("/", headers=ask)
    assert '<html lang="en">' in page.content.decode()
    assert {"Cookie", "Accept-Language"} <= {part.strip() for part in page["Vary"].split(",")}
    site.client.post("/language", {"language": "zh-hant"})
    assert '<html lang="zh-Hant">' in site.client.get("/", headers=ask).content.decode()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Number of entries in “党员突击队”; dated by the day it happened"),
        ("zh-TW", "“党员突击队”的記錄數，一條記錄計一；按發生日期計"),
        ("zh-CN", "“党员突击队”的记录数，一条记录计一；按发生日期计"),
    ],
)
def test_a_definition_speaks_the_language_of_its_reader(site: Site, language: str, told: str) -> None:
    ask = {"accept-language": language}
    rules = site.client.get("/schemes/fuzhou-2010/rules", headers=ask).content.decode()
    figure = site.client.get("/figures/fuzhou-2010/task_forces/350121", headers=ask).content.decode()
    assert told in rules
    assert all(part in figure for part in re.split("[;；] ?", told))


class Words(HTMLParser):
    """What a page says in its headings, buttons, table heads and labels, and to those who hear it."""

    SAYING = frozenset({"h1", "h2", "h3", "button", "th", "dt", "label", "legend", "summary", "nav", "title"})
    SPOKEN = frozenset({"aria-label", "placeholder", "title", "data-missing", "data-done"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in self.SPOKEN and value]
        if tag in self.SAYING:
            self.open.append("" if dict(attrs).get("lang", "").startswith("zh") else tag)  # type: ignore[union-attr]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SAYING and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if any(self.open) and self.open[-1]:
            self.said.append(data.strip())


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/schemes/fuzhou-2010",
        "/schemes/fuzhou-2010/bulletins",
        "/figures/fuzhou-2010/task_forces/350121",
        f"/organisations/{TOWN}",
        "/records/{record}",
        "/verify",
        "/search?q=glq",
        "/account/sign-in",
        "/nowhere",
    ],
)
def test_an_english_page_says_nothing_of_its_own_in_chinese(site: Site, address: str) -> None:
    """Whatever Chinese is left was filed, or is a word of the scheme: it stands in a Chinese page all the same."""
    (record,) = site.file("task_force", TOWN, name="青口突击队")
    client, path = Client(HTTP_HOST="127.0.0.1"), address.format(record=record)
    chinese = client.get(path, headers={"accept-language": "zh-CN"}).content.decode()
    page = client.get(path, headers={"accept-language": "en"}).content.decode()
    ours = {word for key in messages.marked() for word in (key.words,)}
    own = {code_title for _, code_title in settings.LANGUAGES}
    left = [said for said in Words(page).said if CHINESE.search(said) and said not in own]
    runs = {run for said in left for run in re.findall(r"[\u4e00-\u9fff]+", said)}
    assert {run for run in runs if run not in chinese} == set()
    assert {said for said in left if said in ours - SCHEME_WORDS} == set()


# Words that schemes use for things of their own and the interface uses too.
SCHEME_WORDS = {"人数", "名称", "日期", "单位", "已填报"}


def test_a_problem_is_told_in_english(site: Site) -> None:
    page = site.client.get("/figures/fuzhou-2010/task_forces?until=2010-02-30", headers={"accept-language": "en"})
    assert "“2010-02-30” is not a date" in page.content.decode()
