"""`xianfeng bulletin` from the shell's side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.bulletins import office as offices
from tests.bulletins.office import TEMPLATE, Office
from tests.log.tampering import run
from xianfeng.bulletins.models import Closing
from xianfeng.cli import bulletin
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import SchemeVersion
from xianfeng.problems import Problem

app = typer.Typer()
bulletin.register(app)


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["bulletin", *words])
    if isinstance(result.exception, Problem):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def office(db: None) -> Office:
    made = offices.founded()
    made.adopt(("first", TEMPLATE))
    made.file(members=3)
    return made


def test_composing_lists_every_figure_and_closes_nothing(office: Office, tmp_path: Path) -> None:
    output = said("compose", office.scheme, "first", "--out", str(tmp_path))
    assert "先锋岗　scheme.yaml:" in output
    assert (tmp_path / "first.pdf").exists()
    assert not Closing.objects.exists()


def test_a_version_whose_text_was_changed_in_the_books_is_named_by_every_command(office: Office) -> None:
    office.close()
    version = versions.current(office.scheme)
    package = SchemeVersion.objects.get(hash=version.hash).package
    for spoilt in (package.replace("先锋岗", "示范岗"), "[]", "{"):
        run("UPDATE ledger_schemeversion SET package = %s", spoilt)
        for forget in (lambda: None, versions.scheme.cache_clear):  # a process that has read it, and a new one
            forget()
            assert f"版本 {version.hash[:12]} 的方案文字与载入时不同" in said("verify", office.scheme, "first", code=1)
            with pytest.raises(Problem) as refused:
                said("compose", office.scheme, "first")
            assert refused.value.code == "ledger.version_altered"


def test_composing_names_its_version_and_files_that_have_changed_since(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulletin, "SCHEMES", tmp_path)
    made = offices.founded()
    made.adopt(("first", TEMPLATE))
    assert f"方案版本 {versions.current(made.scheme).hash[:12]}" in said("compose", made.scheme, "first")
    folder = tmp_path / made.scheme
    for name, text in json.loads(SchemeVersion.objects.get(name=made.scheme).package).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert "scheme adopt" not in said("compose", made.scheme, "first")
    (folder / "bulletins" / "first.md").write_text("正文。", encoding="utf-8")
    assert f"xianfeng scheme adopt {folder}" in said("compose", made.scheme, "first")


def test_a_bulletin_from_closing_to_correction(office: Office, tmp_path: Path) -> None:
    assert "未定稿" in said("list")
    assert "第1期已定稿" in said("close", office.scheme, "first")
    assert "已定稿" in said("list")
    assert "全部相符" in said("verify", "1")
    assert "全部相符" in said("verify", office.scheme, "first")
    assert "没有更正" in said("corrections")
    record = office.file(members=4)
    actions.amend(by=office.actor, record=record, values={"members": 5}, reason="更正")
    assert "全部相符。\n定稿后另有2项更正：xianfeng bulletin corrections base-2012 first" in said("verify", "first")
    output = said("corrections", "first")
    assert "2项更正" in output
    assert "印为3，现为8" in output
    assert f"记录{record}" in output
    output = said("export", "first", "--out", str(tmp_path))
    assert str(tmp_path) in output
    assert "没有链接" in output
    site = "http://127.0.0.1:8000"
    assert "没有链接" not in said("export", "first", "--out", str(tmp_path), "--site", site)
    assert f'href="{site}/' in (tmp_path / "base-2012-first.html").read_text()
    assert (tmp_path / "base-2012-first-来源单.docx").exists()


def test_closing_twice_is_refused_unless_asked(office: Office) -> None:
    said("close", office.scheme, "first")
    with pytest.raises(Problem) as refused:
        said("close", office.scheme, "first")
    assert refused.value.code == "bulletin.already_closed"
    assert "第1期已定稿" in said("close", office.scheme, "first", "--if-open")
