"""Whatever is in a file, loading answers with a scheme or with faults; it never falls over."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from xianfeng.scheme.faults import Faults
from xianfeng.scheme.loader import load_package, package
from xianfeng.scheme.nodes import Scheme

FILES = package(Path(__file__).parent / "good" / "everything.yaml")
LINES = FILES["scheme.yaml"].splitlines()
PIECES = ["{}", "[]", "[1]", "x", "0123", "-1", "''", "true", "{a: b}", "[{}]", "a.b", "null", "&a", "2012-02-30", "名"]

quick = settings(max_examples=60)


def answered(text: str) -> None:
    loaded = load_package({**FILES, "scheme.yaml": text})
    assert isinstance(loaded, Scheme | Faults)
    if isinstance(loaded, Faults):
        assert loaded
        assert all(fault.text("zh") and fault.text("en") and fault.line >= 1 for fault in loaded)
        assert list(loaded) == sorted(loaded)


@quick
@given(st.data())
def test_with_lines_missing_or_moved(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    answered("\n".join(lines))


@quick
@given(st.data())
def test_with_values_of_another_shape(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        keys = [i for i, c in enumerate(lines[at]) if c == ":"]
        if keys:
            colon = data.draw(st.sampled_from(keys))
            ends = [i for i in range(colon, len(lines[at])) if lines[at][i] in ",}"] or [len(lines[at])]
            lines[at] = f"{lines[at][: colon + 1]} {data.draw(st.sampled_from(PIECES))}{lines[at][ends[0] :]}"
    answered("\n".join(lines))


def test_with_a_move_whose_only_origin_is_refused() -> None:
    answered("\n".join(LINES).replace("from: draft, to: held", "from: [[]], to: held"))


@quick
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    answered(text)
