"""Files that cannot be told in a file of the repository: encodings, sizes, links, bombs."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from xianfeng.scheme.faults import Faults
from xianfeng.scheme.loader import load, load_package, with_libraries
from xianfeng.scheme.nodes import Scheme

BAD = Path(__file__).parent / "bad"
HEAD = 'xianfeng: 1\nscheme: small\ntitle: 小活动\nat: "350100"\nruns: {from: 2012-01-01, to: 2012-12-31}\n'


def codes(loaded: Scheme | Faults) -> list[str]:
    assert isinstance(loaded, Faults)
    return [fault.code for fault in loaded]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert codes(load(tmp_path)) == ["file_missing"]
    assert codes(load(tmp_path / "nowhere" / "scheme.yaml")) == ["file_missing"]


def test_a_file_that_cannot_be_read_is_told_by_the_name_that_was_given(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(HEAD.encode("gb18030"))
    for name in ("nothere.yaml", "latin.yaml"):
        (fault,) = cast(Faults, load(tmp_path / name))
        assert str(tmp_path / name) in fault.message


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_bytes(HEAD.encode("gb18030"))
    assert codes(load(tmp_path)) == ["not_utf8"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert isinstance(load(tmp_path), Scheme)


def test_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_bytes(HEAD.replace("\n", "\r\n").encode())
    assert isinstance(load(tmp_path), Scheme)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("xianfeng: 1\n")
    folder = tmp_path / "scheme"
    folder.mkdir()
    (folder / "part.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (folder / "scheme.yaml").write_text(HEAD + "include: [part.yaml]\n", encoding="utf-8")
    assert codes(load(folder)) == ["outside_folder"]


def test_too_many_files() -> None:
    parts = {f"p{n}.yaml": f"xianfeng: 1\ninclude: [p{n + 1}.yaml]\n" for n in range(60)}
    assert codes(load_package({"scheme.yaml": HEAD + "include: [p0.yaml]\n", **parts})) == ["too_many_files"]


def test_a_part_included_twice_is_read_once() -> None:
    texts = {
        "scheme.yaml": HEAD + "include: [a.yaml, b.yaml]\n",
        "a.yaml": "xianfeng: 1\ninclude: [c.yaml]\n",
        "b.yaml": "xianfeng: 1\ninclude: [c.yaml]\n",
        "c.yaml": "xianfeng: 1\nroles: {helper: {title: 联络员}}\n",
    }
    loaded = load_package(texts)
    assert isinstance(loaded, Scheme)
    assert loaded.roles["helper"].title == "联络员"


def test_too_large() -> None:
    assert codes(load_package({"scheme.yaml": HEAD + "# " + "x" * 400_000})) == ["yaml_too_large"]


@pytest.mark.parametrize("bracket", ["[", "{a: "])
def test_a_bomb_of_brackets_is_told_not_fallen_for(bracket: str) -> None:
    text = HEAD + "roles: " + bracket * 5000 + "\n"
    assert codes(load_package({"scheme.yaml": text})) == ["yaml_too_deep"]


def test_each_file_tells_its_first_syntax_fault() -> None:
    texts = {"scheme.yaml": HEAD + "include: [a.yaml, b.yaml]\n", "a.yaml": "a: [\n", "b.yaml": "b: {\n"}
    loaded = load_package(texts)
    assert isinstance(loaded, Faults)
    assert [(fault.file, fault.code) for fault in loaded] == [("a.yaml", "yaml_syntax"), ("b.yaml", "yaml_syntax")]


def test_faults_of_all_files_come_together_in_order_of_place() -> None:
    texts = {
        "scheme.yaml": HEAD + "include: [part.yaml]\nmesures: {}\n",
        "part.yaml": "xianfeng: 1\nroles: {a: {titel: 甲}}\nconstants: {b: {title: 乙, value: 0123}}\n",
    }
    loaded = load_package(texts)
    assert isinstance(loaded, Faults)
    assert [(fault.file, fault.line, fault.code) for fault in loaded] == [
        ("part.yaml", 2, "missing_key"),
        ("part.yaml", 2, "unknown_key"),
        ("part.yaml", 3, "leading_zero"),
        ("scheme.yaml", 7, "unknown_key"),
    ]


def test_a_missing_file_raises_no_followers() -> None:
    """What the missing file would have defined is not reported as unknown."""
    text = HEAD + "include: [gone.yaml]\nmeasures: {a: {title: 甲, count: visit, where: people > 3}}\n"
    assert codes(load_package({"scheme.yaml": text})) == ["file_missing"]


def test_near_misses_are_suggested() -> None:
    loaded = load_package({"scheme.yaml": HEAD + "mesures: {}\n"})
    assert isinstance(loaded, Faults)
    assert "measures" in loaded[0].hint
    assert "Did you mean measures?" in loaded[0].advice("en")


def test_a_rule_that_came_later_does_not_close_an_old_version() -> None:
    """What was adopted is read as it was; only a new version is held to today's rules."""
    texts = with_libraries({"scheme.yaml": (BAD / "own_review.yaml").read_text()})
    assert codes(load_package(texts)) == ["own_review"]
    assert isinstance(load_package(texts, adopted=True), Scheme)
