"""What the commands say in English, for who asks it of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from click.testing import Result
from django.utils import translation
from typer.testing import CliRunner

from xianfeng import cli, paths
from xianfeng.cli import spoken
from xianfeng.problems import Problem
from xianfeng.sentences import say, together

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("XIANFENG_LANGUAGE", "en")
    with translation.override(None):
        cli._gather()
        yield spoken.in_own_language(typer.main.get_command(cli.app))


def commands(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands(below)


def test_every_command_has_its_help_in_english(english: Any) -> None:
    texts = {each.help: [parameter.help for parameter in each.params if parameter.help] for each in commands(english)}
    quoted = re.compile(r"“[^”]*”|放假 |上班 |工作日 |休息 |恢复 |国庆节|党员突击队|先锋")
    left = [text for help_, of in texts.items() for text in (help_, *of) if CHINESE.search(quoted.sub("", text or ""))]
    assert len(texts) > 40
    assert left == []


def test_a_problem_is_told_in_english(english: Any) -> None:
    problem = Problem("x", "没有选单位。", hint="核对代码。").at("代码")
    assert str(problem) == "Code: No units chosen. [x]\n  Check the code."


def test_what_a_command_did_is_told_in_english(english: Any) -> None:
    scheme = str(paths.PROJECT / "schemes" / "fuzhou-2010")
    told = CliRunner().invoke(cli.app, ["scheme", "check", scheme, "--lang", "en"]).stdout
    assert ": no faults. Version " in told
    assert told.splitlines()[-1] == f"It takes effect once adopted: xianfeng scheme adopt {scheme}"


def test_values_within_a_line_are_told_in_english_too(english: Any, capsys: pytest.CaptureFixture[str]) -> None:
    spoken.tell(say("第{number}期：{told}。", number=98, told=say("没有更正")))
    spoken.tell(together((say("放假"), "2026"), by="、"), err=True)
    assert tuple(capsys.readouterr()) == ("Issue 98: no corrections.\n", "Holiday, 2026\n")


def test_faults_of_a_scheme_are_told_in_the_language_that_is_asked(tmp_path: Any) -> None:
    (tmp_path / "scheme.yaml").write_text("mesures: {}\n", encoding="utf-8")
    told = {language: _check(tmp_path, language).stdout for language in ("zh", "en")}
    assert "Did you mean measures?" in told["en"]
    assert not CHINESE.search(told["en"])
    assert CHINESE.search(told["zh"])


def _check(folder: Any, language: str) -> Result:
    with translation.override(None):
        cli._gather()
        return CliRunner().invoke(cli.app, ["scheme", "check", str(folder), "--lang", language])


def test_the_system_s_own_language_is_no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XIANFENG_LANGUAGE", raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert spoken.language() == "zh-hans"
    monkeypatch.setenv("XIANFENG_LANGUAGE", "zh_Hant")
    assert spoken.language() == "zh-hant"
