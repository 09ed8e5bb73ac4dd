"""The registry's commands, as somebody at a desk uses them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from django.db import connection
from typer.testing import CliRunner, Result

from tests.databases import Database
from tests.registry.trees import DAY, EARLY, refused, unit
from xianfeng.cli import registry
from xianfeng.log.actors import CLOCK
from xianfeng.problems import Problem
from xianfeng.registry.actions import merge, move
from xianfeng.registry.models import Organisation


def run(*arguments: str) -> Result:
    app = typer.Typer()
    registry.register(app)
    return CliRunner().invoke(app, ["registry", *arguments], catch_exceptions=False)


@pytest.mark.django_db
def test_divisions_come_in_and_are_shown_as_they_were() -> None:
    assert "新导入" in run("import-divisions", "--under", "350112001").output
    assert "没有新导入" in run("import-divisions", "--under", "350112001").output
    then = run("show", "350182", "--on", "2010-08-30").output
    assert "中华人民共和国 › 福建省 › 福州市 › 长乐市" in then
    assert "下级 1 个" in then
    assert "县级" in then
    assert "福州市 › 长乐区" in run("show", "350112").output
    assert "一致" in run("check").output


@pytest.mark.django_db
def test_a_check_that_finds_a_difference_fails() -> None:
    run("import-divisions", "--under", "350112001")
    Organisation.objects.filter(code="350112").update(name="别名")
    result = run("check")
    assert result.exit_code == 1
    assert "2 处不一致" in result.output


@pytest.mark.django_db
def test_a_list_is_previewed_brought_in_and_taken_back(tmp_path: Path) -> None:
    run("import-divisions", "--under", "350112001")
    path = tmp_path / "名单.csv"
    path.write_text("代码,名称,上级代码\n0591,第一所,350112\n", "utf-8")
    assert "1 个组织" in run("import", str(path), "--preview").output
    assert not Organisation.objects.filter(code="0591").exists()
    output = run("import", str(path)).output
    number = output.rsplit(" ", 1)[1].strip()
    assert "第一所" in run("show", "0591").output
    assert f"已撤销导入 {number}" in run("undo", number).output
    with refused("registry.unknown"):
        run("show", "0591")


@pytest.mark.django_db
def test_an_organisation_that_was_merged_is_told_with_its_heir() -> None:
    one, two, below = unit("HZ-1", name="一厂"), unit("HZ-2", name="二厂"), unit("HZ-3")
    assert "HZ-1　单位" in run("show", "HZ-1").output
    move(organisation=below, parent=one, day=EARLY, by=CLOCK)
    with refused("registry.heir_below"):
        merge(organisations=[one], into=below, day=DAY, by=CLOCK)
    merge(organisations=[one], into=two, day=DAY, by=CLOCK)
    with pytest.raises(Problem) as told:
        run("show", "HZ-1")
    assert "一厂已于 2010-08-30 撤销" in told.value.message
    assert "由二厂（代码 HZ-2）承接" in told.value.hint
    assert "下级 1 个" in run("show", "HZ-2").output
    assert "一厂" in run("show", "HZ-1", "--on", "2010-08-29").output


@pytest.mark.django_db
def test_a_list_with_faults_fails_and_tells_each(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("代码,名称,上级代码\nA,,x\nB,乙,y\n", "utf-8")
    result = run("import", str(path))
    assert result.exit_code == 1
    assert "第 2 行" in result.output
    assert "第 3 行" in result.output
    assert "共 3 处问题" in result.output


@pytest.mark.database_file
def test_a_full_disk_is_told_in_words(transactional: Database) -> None:
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10**6, 10**6));"
        "from xianfeng.cli import main; main()"
    )
    command = [sys.executable, "-c", script, "registry", "import-divisions", "--under", "350100"]
    done = subprocess.run(command, env=transactional.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "磁盘空间" in done.stderr
    assert "Traceback" not in done.stderr
    assert not Organisation.objects.exists()


def test_problems_reach_the_terminal_in_words(transactional: Database) -> None:
    command = [sys.executable, "-c", "from xianfeng.cli import main; main()", "registry", "show", "999999"]
    done = subprocess.run(command, env=transactional.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "没有代码为 999999 的组织" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_tables_is_told_in_words(transactional: Database) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE registry_designation")
    command = [sys.executable, "-c", "from xianfeng.cli import main; main()", "registry", "show", "350100"]
    done = subprocess.run(command, env=transactional.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_contacts_taken_back_leave_names_and_the_command_says_so(tmp_path: Path) -> None:
    run("import-divisions", "--under", "350112001")
    path = tmp_path / "联系人.csv"
    path.write_text("组织代码,姓名,职务\n350112,林某某,联络员\n350112,陈某某,书记\n", "utf-8")
    number = run("import", str(path)).output.rsplit(" ", 1)[1].strip()
    assert "其中 2 人的姓名和电话仍在个人信息库里" in run("undo", number).output
