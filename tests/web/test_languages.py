"""Pages in English and in traditional Chinese: every word of theirs is there; what was filed stays as it was filed."""

from __future__ import annotations

import re

import pytest
from scripts import messages
from scripts.messages import CHINESE, Key

from tests.web.conftest import Site
from xianfeng.web.language import read_by

# Not {{ … }}, which is a template's; how a number is written, as in {month:02d}, is each language's own.
_NAMES = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{[^{}:]*(?=(?::[^{}]*)?\})")
# English that has to show Chinese: what is typed, what is searched, what stands in a template of a bulletin.
QUOTED = re.compile(
    r"“[^”]*”|(?:放假|上班|工作日|休息|恢复) \(|国庆节|党员突击队|先锋|多|余|万"
    r"|[>报送发：；；鼓楼拆迁青口市委编者按…]+"
)


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
    rules, figure = (
        re.sub(r'</?span(?: lang="zh-Hans")?>', "", site.client.get(address, headers=ask).content.decode())
        for address in ("/schemes/fuzhou-2010/rules", "/figures/fuzhou-2010/task_forces/350121")
    )
    assert told in rules
    assert all(part in figure for part in re.split("[;；] ?", told))


def test_a_problem_is_told_in_english(site: Site) -> None:
    page = site.client.get("/figures/fuzhou-2010/task_forces?until=2010-02-30", headers={"accept-language": "en"})
    assert "“2010-02-30” is not a date" in page.content.decode()
