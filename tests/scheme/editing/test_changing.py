"""From what an office types to the files of a new version."""

from __future__ import annotations

from xianfeng.scheme.editing.changing import Typed, changed, fault_path
from xianfeng.scheme.editing.terms import Term, groups, tree_of
from xianfeng.scheme.faults import Faults
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme

MAIN = """\
xianfeng: 1
scheme: new-2012
title: 活动
at: "350100"
include: [core, registers.yaml]
runs: {from: 2012-01-01, to: 2012-12-31}
measures:
  visits: {title: 走访, count: visit, target: 5}   # 每年
"""
PART = """\
xianfeng: 1
kinds:
  study:
    title: 学习
    fields:
      form: {type: choice, title: 形式, choices: [授课, 讨论]}   # 两种
"""
FILES = with_libraries({"scheme.yaml": MAIN, "registers.yaml": PART})


def term(files: dict[str, str], part: str, name: str) -> Term:
    return next(one for group in groups(tree_of(files), part) for one in group.terms if one.name == name)


def typed(name: str, part: str, said: Typed, files: dict[str, str] = FILES) -> dict[str, str]:
    return changed(files, [(term(files, part, name), said)])


def loaded(files: dict[str, str]) -> Scheme:
    scheme = load_package(files)
    assert isinstance(scheme, Scheme), str(scheme)
    return scheme


def differing(files: dict[str, str]) -> list[str]:
    return [name for name in files if files[name] != FILES[name]]


def test_what_was_not_changed_is_not_touched() -> None:
    every = [
        (one, Typed(one.now or ("false" if one.look == "flag" else ""), dict(one.choices)))
        for part in ("campaign", "measures", "kinds.study", "kinds.visit")
        for group in groups(tree_of(FILES), part)
        for one in group.terms
    ]
    assert len(every) > 20
    assert changed(FILES, every) == FILES


def test_a_value_is_changed_in_the_file_in_which_it_stands() -> None:
    files = typed("kinds.study.title", "kinds.study", Typed("集中学习"))
    assert differing(files) == ["registers.yaml"]
    assert files["registers.yaml"] == PART.replace("title: 学习", "title: 集中学习")


def test_a_register_of_the_library_is_adjusted_and_the_library_left_alone() -> None:
    files = typed("kinds.visit.fields.households.title", "kinds.visit", Typed("户数"))
    assert "library:core.yaml" not in differing(files)
    assert loaded(files).kinds["visit"].fields["households"].title == "户数"


def test_a_target_that_is_a_number() -> None:
    files = typed("measures.visits.target", "measures", Typed("12"))
    assert files["scheme.yaml"] == MAIN.replace("target: 5", "target: 12")


def test_choices_come_go_and_are_called_otherwise_while_their_values_stay() -> None:
    name = "kinds.study.fields.form.choices"
    more = typed(name, "kinds.study", Typed(titles={"授课": "授课", "讨论": "讨论"}, added=("参观",)))
    assert more["registers.yaml"] == PART.replace("[授课, 讨论]", "[授课, 讨论, 参观]")
    fewer = typed(name, "kinds.study", Typed(titles={"讨论": "讨论"}))
    assert fewer["registers.yaml"] == PART.replace("[授课, 讨论]", "[讨论]")
    renamed = typed(name, "kinds.study", Typed(titles={"授课": "讲课", "讨论": "讨论"}))
    assert dict(loaded(renamed).kinds["study"].fields["form"].choices) == {"授课": "讲课", "讨论": "讨论"}
    again = typed(name, "kinds.study", Typed(titles={"授课": "上课", "讨论": "讨论"}, added=("参观",)), renamed)
    assert dict(loaded(again).kinds["study"].fields["form"].choices) == {"授课": "上课", "讨论": "讨论", "参观": "参观"}
    assert "# 两种" in again["registers.yaml"]


def test_a_fault_is_traced_to_what_was_typed() -> None:
    files = typed("runs.to", "campaign", Typed("2012-02-30"))
    faults = load_package(files)
    assert isinstance(faults, Faults)
    assert [fault_path(files, fault) for fault in faults] == [("runs", "to")]


def test_what_must_be_there_is_not_taken_out() -> None:
    faults = load_package(typed("title", "campaign", Typed("")))
    assert isinstance(faults, Faults)
    assert [fault.code for fault in faults] == ["empty_text"]
