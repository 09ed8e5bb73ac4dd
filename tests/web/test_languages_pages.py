"""Every page in English: what it says itself is English, and what schemes and people wrote is marked as Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from ruamel.yaml import YAML
from scripts import messages

from tests.web.counts import PAGES, Growing, Page
from xianfeng import paths
from xianfeng.matters.listed import HEADINGS
from xianfeng.registry.models import Designation, Organisation
from xianfeng.scheme.evaluating import GIVEN
from xianfeng.web import tongues

# That these pages open and what they ask, on either database: test_counts.py, in the same world.
pytestmark = pytest.mark.database_either

CHINESE = re.compile(r"[\u4e00-\u9fff]")
OURS = re.compile(r"[\u3001-\u3011\u4e00-\u9fff\uff01-\uff1f]")  # words, and what stands between them
WRITTEN = ("schemes", "src/xianfeng/scheme/library")
WORLD = (  # whose texts stand on these pages as what people filed and campaigns wrote
    *("web/things.py", "web/counts.py", "gradings/campaigns.py", "commendations/campaigns.py"),
    *("inspections/lots.py", "inspections/plans.py", "evaluations/windows.py"),
)
TYPED = re.compile(
    r"number、number|每周二读报|(?:联系人|名单)?密?\d+密|名\d+名|(?:某|导入的)站\d*|第\d+条|督〔\d+〕\w*|名单\w*|\d+年\d+月\d+日"
)
# What these pages hold besides schemes, the registry and what was filed: a search, a title, an answer, a bulletin, the
# headings that a file has to have.
SAID = {"突击", "题", "知道了", "报：市委；送：…；发：…", *chain.from_iterable(HEADINGS.values())}
# On slips, where a scheme writes no other answers.
ANSWERED = {title for titles in GIVEN.values() for title in titles.values()}
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "use", "rect"})
SPOKEN = frozenset({"aria-label", "title", "placeholder", "alt", "data-head", "data-missing", "data-done"})
AS_WRITTEN = frozenset(
    {"pre", "textarea", "code-lines", "paper", "says", "called"}
)  # sources, issues, and what a search found, cut anywhere
# Within a sentence, which is looked at whole.
SPAN = re.compile(rf'<span lang="{tongues.LANGUAGE}">([^<]*)</span>')
TITLE = re.compile(r"title: ([^,}\n]+)")  # of a rule written as a scheme has it
UNSAID = frozenset({"script", "style"})


class Text(HTMLParser):
    """All that a page says, to the eye and to the ear, and what of it stands in no element marked as Chinese."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.within: list[tuple[str, str, bool]] = []
        self.said: list[str] = []
        self.unmarked: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        _, language, paper = self.within[-1] if self.within else ("", "", False)
        paper = paper or tag in AS_WRITTEN or bool(AS_WRITTEN & set((own.get("class") or "").split()))
        if not paper:
            self.said += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self.within.append((tag, own.get("lang") or language, paper))

    def handle_endtag(self, tag: str) -> None:
        while self.within and self.within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language, paper = self.within[-1] if self.within else ("", "", False)
        if tag in UNSAID or not data.strip():
            return
        if not paper:
            self.said.append(data.strip())
        if CHINESE.search(data) and not language.startswith("zh") and tag not in {"title", "textarea"}:
            self.unmarked.append(data.strip())


@pytest.fixture(scope="module")
def world(growing: Growing) -> Growing:
    growing.grow(1)
    return growing


@pytest.fixture(scope="module")
def written(world: Growing) -> re.Pattern[str]:
    """What is data: every text of every scheme, every name of the registry."""
    files = [file for folder in WRITTEN for file in (paths.PROJECT / folder).rglob("*.yaml")]
    texts = {text for file in files for text in _texts(file)}
    names = {name for model in (Organisation, Designation) for name in model.objects.values_list("name", flat=True)}
    own = {title for _, title in settings.LANGUAGES}
    data = texts | names | own | SAID | ANSWERED
    whole = {re.escape(text) for text in data if CHINESE.search(text[1:])} | _filed()
    alone = "".join(text for text in data if CHINESE.fullmatch(text))  # units; as parts of words they prove nothing
    unit = rf"(?<![\u4e00-\u9fff])[{alone}](?![\u4e00-\u9fff])"
    return re.compile("|".join([TYPED.pattern, unit, *sorted(whole, key=len, reverse=True)]))


def _filed() -> set[str]:
    """What the tests filed, as patterns; what is a word of a page too has to be in English."""
    ours = {key.words for key in messages.kept()}
    nodes = [ast.parse((Path(__file__).parents[1] / file).read_text("utf-8")) for file in WORLD]
    literals = {text for node in nodes for text in _literals(node)}
    literals |= {title for text in literals for title in TITLE.findall(text)}
    texts = {text for text in literals if len(CHINESE.findall(text)) > 1} - ours
    return {r"\w+".join(map(re.escape, re.split(r"\{\w+\}", text))) for text in texts}


def _literals(node: ast.AST) -> Iterator[str]:
    """Texts in a source; where something is put into one, it holds a name in braces."""
    match node:
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{_}" for part in parts)
        case ast.Constant(value=str(text)):
            yield text
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _literals(child)


def _texts(file: Path) -> Iterator[str]:
    def within(node: Any) -> Iterator[str]:
        match node:
            case dict():
                for key, value in node.items():
                    yield from within(key)
                    yield from within(value)
            case list():
                for value in node:
                    yield from within(value)
            case str():
                yield from (line.strip(marks) for line in (node, *node.splitlines()) for marks in (" ", " 。；"))

    return within(YAML(typ="safe").load(file))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_a_page_in_english_says_nothing_of_its_own_in_chinese(
    world: Growing, written: re.Pattern[str], page: Page
) -> None:
    client = world.world.client(page.who)
    answer = client.get(page.address.format(**world.names), headers={"accept-language": "en"})
    assert answer.status_code == 200
    if not answer["Content-Type"].startswith("text/html") or '<html lang="zh' in (told := answer.content.decode()):
        return
    whole = Text(SPAN.sub(r"\1", told))
    left = {said: written.sub("", said) for said in whole.said if OURS.search(said)}
    assert {said: rest for said, rest in left.items() if OURS.search(rest)} == {}
    assert Text(told).unmarked == []
