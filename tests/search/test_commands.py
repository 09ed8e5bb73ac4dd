"""The commands of the index, as somebody at a desk uses them."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.search.conftest import Library
from xianfeng.cli import search
from xianfeng.log.append import head
from xianfeng.problems import Problem
from xianfeng.search.models import SearchDocument, SearchProgress


def run(*arguments: str) -> Result:
    app = typer.Typer()
    search.register(app)
    return CliRunner().invoke(app, ["search", *arguments], catch_exceptions=False)


def test_the_index_is_extended_checked_and_made_again(library: Library) -> None:
    library.file("学党章")
    assert f"写入 {head()} 条" in run("extend").output
    assert "写入 0 条" in run("extend").output
    assert "一致" in run("check").output
    SearchDocument.objects.filter(title="学党章").update(title="别的")
    spoilt = run("check")
    assert (spoilt.exit_code, "共 1 处不符" in spoilt.output) == (1, True)
    assert "已重建" in run("rebuild").output
    assert "一致" in run("check").output


def test_an_index_of_an_older_folding_is_made_again(library: Library) -> None:
    run("extend")
    SearchProgress.objects.update(spelling="0-older")
    assert "重建" in run("extend").output
    assert "一致" in run("check").output


def test_asking_at_the_desk(library: Library) -> None:
    number = library.file("學黨章")
    assert f"记录　{number}　學黨章" in run("find", "党章").output
    with pytest.raises(Problem, match="没有找到"):
        run("find", "没有这样的词")
