"""A published draw, as whoever doubts it checks it: what was changed after the sealing is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from tests.inspections.frames import LATER, SECRET, VALUE, frame
from xianfeng.cli import inspections
from xianfeng.inspections import outcome
from xianfeng.problems import Problem

SEALED = frame().fingerprint.hex()


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Made as an inspectorate makes it: frame and secret as files, the value typed."""
    (tmp_path / "frame.json").write_text(frame().text)
    (tmp_path / "secret.txt").write_text(SECRET.hex())
    out = tmp_path / "outcome.json"
    made = run("draw", tmp_path / "frame.json", "--secret", tmp_path / "secret.txt", "--value", VALUE, "--out", out)
    assert made.exit_code == 0
    return out


def run(*arguments: object) -> Result:
    app = typer.Typer()
    inspections.register(app)
    result = CliRunner().invoke(app, ["inspections", *map(str, arguments)])
    if isinstance(result.exception, Problem):
        raise result.exception
    return result


def change(published: Path, *path: Any, to: Any) -> None:
    said = json.loads(published.read_text())
    within = said
    for key in path[:-1]:
        within = within[key]
    within[path[-1]] = to
    published.write_text(json.dumps(said))


def test_an_unchanged_draw_stands_and_tells_what_to_compare(published: Path) -> None:
    checked = run("check", published, "--sealed", SEALED.upper())
    assert checked.exit_code == 0
    assert "结果相同" in checked.stdout
    assert VALUE in checked.stdout
    assert checked.stdout.count("督查员") == 12


def test_sealing_tells_how_many_can_be_drawn(tmp_path: Path) -> None:
    (tmp_path / "frame.json").write_text(frame(known=LATER).text)
    sealed = run("seal", tmp_path / "frame.json")
    assert "村：从20个中抽4个" in sealed.stdout
    assert frame(known=LATER).fingerprint.hex() in sealed.stdout


def test_a_frame_is_sealed_before_its_value_is_known_and_drawn_after(published: Path) -> None:
    file, secret = published.with_name("frame.json"), published.with_name("secret.txt")
    with pytest.raises(Problem, match="已经产生"):
        run("seal", file)
    file.write_text(frame(known=LATER).text)
    with pytest.raises(Problem, match=f"{LATER}才能抽取"):
        run("draw", file, "--secret", secret, "--value", VALUE, "--out", published)


def test_a_frame_with_flaws_is_not_sealed(tmp_path: Path) -> None:
    (tmp_path / "frame.json").write_text(frame(approval="", each=9).text)
    refused = run("seal", tmp_path / "frame.json")
    assert refused.exit_code == 1
    assert "批准文号" in refused.output
    assert "不足9名" in refused.output


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    first, again = run("secret", tmp_path / "secret.txt"), run("secret", tmp_path / "secret.txt")
    assert first.stdout == again.stdout
    assert len(bytes.fromhex((tmp_path / "secret.txt").read_text())) == 32


@pytest.mark.parametrize(
    ("path", "to", "told"),
    [
        (("frame", "units", 3, "visited"), "2012-11-01", "封存后改动过"),
        (("frame", "strata", 0, "size"), 5, "封存后改动过"),
        (("frame", "title"), "另一次督查", "封存后改动过"),
        (("secret",), "00" * 32, "封存值不符"),
        (("value",), "03 07 12 15 22 32", "算不出抽取时的种子"),
        (("seed",), "00" * 32, "算不出抽取时的种子"),
        (("visits", 0, "unit"), "x00", "结果与公布的不同"),
        (("visits", 0, "inspectors"), ["p0", "p0"], "结果与公布的不同"),
    ],
)
def test_what_was_changed_is_found(published: Path, path: tuple[Any, ...], to: Any, told: str) -> None:
    change(published, *path, to=to)
    checked = run("check", published, "--sealed", SEALED)
    assert checked.exit_code == 1
    assert told in checked.output


def test_a_seed_made_to_fit_another_frame_does_not_help(published: Path) -> None:
    other = outcome.make(frame(title="另一次督查"), secret=SECRET, value=VALUE)
    published.write_text(other.text)
    checked = run("check", published, "--sealed", SEALED)
    assert "名册与封存的校验码不符" in checked.output


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"frame": 1, "secret": "", "value": "", "seed": "", "visits": []}', "\udcff"],
)
def test_what_is_no_outcome_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(Problem, match="不是督查名册或抽取结果"):
        run("check", tmp_path / "file", "--sealed", SEALED)


@pytest.mark.parametrize(
    ("path", "to"), [(("units", 0, "spared"), True), (("each",), "2"), (("each",), True), (("title",), "\x1b[2J")]
)
def test_a_frame_that_says_more_than_its_fingerprint_covers_is_refused(published: Path, path: Any, to: Any) -> None:
    change(published.with_name("frame.json"), *path, to=to)
    with pytest.raises(Problem, match="不是督查名册或抽取结果"):
        run("seal", published.with_name("frame.json"))
