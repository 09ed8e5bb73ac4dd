"""Whom an office means: words of a task table, and the conditions that are told in the same words."""

from __future__ import annotations

import pytest

from xianfeng.scheme.expressions import parse
from xianfeng.scheme.expressions.types import TEXT
from xianfeng.scheme.whom import GROUPS, code_of, group_of, guessed, of_code

NAMES = dict.fromkeys(("type", "level", "category", "code", "name"), TEXT)


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("各乡镇（街道）", "townships"),
        ("各镇街", "townships"),
        ("各县（市）区", "counties"),
        ("各县（市、区）委", "county_parties"),
        ("各县区、各乡镇", "counties_townships"),
        ("各村（社区）", "villages_communities"),
        ("各社区", "communities"),
        ("各村", "villages"),
        ("各党支部", "branches"),
        ("各乡镇（街道）党（工）委", "township_parties"),
        ("市委组织部", ""),
        ("农村工作办公室", ""),
        ("乡镇企业局", ""),
        ("洪山镇", ""),
        ("各单位", ""),
    ],
)
def test_a_unit_in_charge_is_guessed_from_its_words(said: str, group: str) -> None:
    assert guessed(said) == group


@pytest.mark.parametrize("name", GROUPS)
def test_what_is_written_for_a_group_is_read_as_that_group(name: str) -> None:
    assert group_of(parse(GROUPS[name].whom.where, NAMES)) == name


@pytest.mark.parametrize("code", ["350102", "350102-DW", "甲"])
def test_one_organisation_is_read_by_its_code(code: str) -> None:
    assert code_of(parse(of_code(code).where, NAMES)) == code


@pytest.mark.parametrize("where", ["name == '甲'", "code != '350102'", "level == 'county' and not (type == 'body')"])
def test_what_is_no_group_is_none(where: str) -> None:
    assert group_of(parse(where, NAMES)) == code_of(parse(where, NAMES)) == ""
