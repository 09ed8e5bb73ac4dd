"""Every table of a page can be copied, printed and taken along: one component draws them, and nobody draws his own."""

from __future__ import annotations

from pathlib import Path

WEB = Path(__file__).parents[2] / "src/xianfeng/web"
COMPONENT = "components/table.html"
# Templates with a table that holds no values to be taken along: path -> what it is.
LAYOUTS = {
    "account/library/mfa/index.html": "settings, each with its way to change it",
    "account/library/mfa/webauthn/authenticator_list.html": "settings, each with its way to change it",
    "account/library/usersessions/usersession_list.html": "devices, each with its way to be signed out",
    "account/overview.html": "settings, each with its way to change it",
    "components/dispatch.html": "a paper in the official layout, printed and sent as it stands",
    "desk/calendar.html": "a month drawn as seven columns; what is due stands as a list at /desk/duties",
    "forms/grid.html": "a form: its cells are inputs, and paste from Excel is its own",
    "office/bulletin/sign_off.html": "a form on paper, with boxes to sign in; its file is the PDF",
    "office/calendar/year.html": "twelve months drawn as seven columns each; the days off stand as a table below",
    "office/registry/handover_lines.html": "a form on paper, with a column to sign in",
    "office/registry/term.html": "a form: its cells are inputs",
}


def test_no_template_draws_a_table_of_its_own() -> None:
    drawn = {path.relative_to(WEB).as_posix() for path in WEB.rglob("*.html") if "<table" in path.read_text("utf-8")}
    assert drawn == {COMPONENT, *LAYOUTS}
