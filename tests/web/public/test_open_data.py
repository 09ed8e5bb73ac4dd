"""Open data: a Data Package by the Frictionless rules of version 1, of what is public and nothing else."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from pytest_django.fixtures import Settings
from typer.testing import CliRunner

from tests.databases import undone, using
from tests.web.conftest import Site, county, there
from tests.web.test_pages import HIDDEN
from xianfeng.cli import log, opendata
from xianfeng.log.actors import CLOCK
from xianfeng.log.seals import seal
from xianfeng.opendata import package
from xianfeng.registry import tree
from xianfeng.registry.actions import Founding, found_many

TOWN, OTHER_TOWN, COUNTY, CITY = "350121105", "350121108", "350121", "350100"
DATA = "/schemes/fuzhou-2010/data"
NAME = re.compile(r"[a-z0-9._-]+")
PATH = re.compile(r"(?!\.|/)[^:]+")
TYPES: Mapping[str, str] = {  # of version 1 of Table Schema, as far as they are used here: what a value looks like
    "string": r"(?s).*",
    "integer": r"[+-]?\d+",
    "number": r"[+-]?\d+(\.\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "yearmonth": r"\d{4}-\d\d",
}


@pytest.fixture
def sealed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, settings: Settings) -> Iterator[Site]:
    """Made once in a run; each test has its own copy, for some change files."""
    from tests.conftest import session

    settings.XIANFENG_SYNTHETIC = False
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        opened = session.once("open_data", _opened, like=county())
        with session.copy(session.fresh(), like=opened) as database, using(database), undone():
            yield there()


def _opened() -> None:
    site = there()
    site.file("task_force", TOWN, times=2, name="突击队 {n}")
    site.file("task_force", OTHER_TOWN, name="荆溪突击队")
    made()


def made(name: str = "fuzhou-2010") -> None:
    """As `xianfeng seal` does it."""
    seal(by=CLOCK)
    package.make(name)


def descriptor(site: Site, name: str = "fuzhou-2010") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(site.get(f"/schemes/{name}/data/datapackage.json"))
    return told


def rows(site: Site, file: str, name: str = "fuzhou-2010") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.get(f"/schemes/{name}/data/{file}"))))


def test_the_descriptor_keeps_the_rules_of_a_tabular_data_package(sealed: Site) -> None:
    told = descriptor(sealed)
    assert told["profile"] == "tabular-data-package"
    assert NAME.fullmatch(told["name"])
    assert all("name" in licence or "path" in licence for licence in told["licenses"])
    assert all(source["title"] for source in told["sources"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", told["created"])
    assert told["homepage"] == f"http://127.0.0.1{DATA}"
    names = [resource["name"] for resource in told["resources"]]
    assert len(names) == len(set(names)) > 0
    for resource in told["resources"]:
        assert NAME.fullmatch(resource["name"])
        assert PATH.fullmatch(resource["path"])
        assert ".." not in resource["path"]
        assert resource["profile"] == "tabular-data-resource"
        assert resource["encoding"] == "utf-8"
        content = sealed.client.get(f"{DATA}/{resource['path']}").content
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_file_is_as_its_schema_says(sealed: Site) -> None:
    told = descriptor(sealed)
    tables = {resource["name"]: rows(sealed, resource["path"]) for resource in told["resources"]}
    for resource in told["resources"]:
        schema, table = resource["schema"], tables[resource["name"]]
        fields = {field["name"]: field for field in schema["fields"]}
        assert table
        assert list(table[0]) == list(fields)
        for row in table:
            for name, field in fields.items():
                required = field.get("constraints", {}).get("required", False)
                assert (row[name] == "" and not required) or re.fullmatch(TYPES[field["type"]], row[name]), row
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in table]
        assert len(keys) == len(set(keys))
        for reference in schema.get("foreignKeys", ()):
            target = reference["reference"]
            known = {row[target["fields"]] for row in tables[target["resource"]]}
            assert {row[reference["fields"]] for row in table} <= known


def test_figures_are_those_of_the_pages(sealed: Site) -> None:
    totals = {(row["measure"], row["organisation"]): row for row in rows(sealed, "totals.csv")}
    assert totals["task_forces", CITY]["value"] == "3"
    assert totals["task_forces", COUNTY]["value"] == "3"
    months = [row for row in rows(sealed, "months.csv") if row["measure"] == "task_forces"]
    assert [(row["organisation"], row["month"], row["value"]) for row in months] == [
        (CITY, "2010-06", "3"),
        (COUNTY, "2010-06", "3"),
    ]


def test_what_is_not_reported_is_empty_and_not_zero(sealed: Site) -> None:
    branches = sealed.found_branches(TOWN)
    made()
    (county,) = [
        row
        for row in rows(sealed, "totals.csv")
        if (row["measure"], row["organisation"]) == ("letters_in_consultation", COUNTY)
    ]
    assert (county["value"], county["records"], county["missing"]) == ("", "0", str(branches))


def test_nothing_below_the_first_step_and_nothing_that_is_not_public(sealed: Site) -> None:
    whole = "".join(sealed.get(f"{DATA}/{name}.csv") for name in ("organisations", "measures", "totals", "months"))
    assert TOWN not in whole
    assert "突击队 1" not in whole
    public = {row["name"] for row in rows(sealed, "measures.csv")}
    assert "task_forces" in public
    assert {row["measure"] for row in rows(sealed, "totals.csv")} == public


def test_a_demonstration_opens_no_more(sealed: Site, settings: Settings) -> None:
    """Who is not signed in sees everything there; the files are the public's all the same."""
    settings.XIANFENG_SYNTHETIC = True
    sealed.adopt(HIDDEN)
    sealed.file("site_service", TOWN, scheme="hidden-2010", members=4711)
    made("hidden-2010")
    assert [row["name"] for row in rows(sealed, "measures.csv", "hidden-2010")] == ["rate", "members_growth"]
    (rate, *_) = rows(sealed, "totals.csv", "hidden-2010")
    assert (rate["measure"], rate["value"], rate["records"], rate["expected"], rate["missing"]) == (
        "rate",
        "4711.000000",
        "",
        "",
        "",
    )


def test_what_a_new_version_hides_is_gone_before_the_next_seal(sealed: Site) -> None:
    sealed.adopt(HIDDEN)
    made("hidden-2010")
    assert len(rows(sealed, "measures.csv", "hidden-2010")) == 2
    sealed.adopt(HIDDEN.replace("人数增长, public: true,", "人数增长,"))
    assert sealed.client.get("/schemes/hidden-2010/data/measures.csv").status_code == 404
    package.make("hidden-2010")
    assert [row["name"] for row in rows(sealed, "measures.csv", "hidden-2010")] == ["rate"]


def test_files_stay_the_same_until_the_next_seal(sealed: Site) -> None:
    before = sealed.get(f"{DATA}/totals.csv")
    sealed.file("task_force", TOWN, name="又一支")
    assert sealed.get(f"{DATA}/totals.csv") == before
    tag = sealed.client.get(f"{DATA}/totals.csv")["ETag"]
    assert sealed.client.get(f"{DATA}/totals.csv", headers={"if-none-match": tag}).status_code == 304


def test_the_archive_holds_the_same_files_and_is_the_same_every_time(sealed: Site) -> None:
    content = sealed.client.get(f"{DATA}/package.zip").content
    assert sealed.client.get(f"{DATA}/package.zip").content == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert json.loads(archive.read("datapackage.json")) == descriptor(sealed)
        for resource in descriptor(sealed)["resources"]:
            assert hashlib.sha256(archive.read(resource["path"])).hexdigest() == resource["hash"].partition(":")[2]


def test_no_name_is_a_formula(sealed: Site) -> None:
    city = tree.by_code(CITY)
    assert city is not None
    found_many(
        foundings=[Founding(code="350100-X", name="=1+1", type="unit", level="", category="other", parent=city.id)],
        by=sealed.office,
    )
    made()
    (odd,) = [row for row in rows(sealed, "organisations.csv") if row["code"] == "350100-X"]
    assert odd["name"] == "'=1+1"


def test_what_was_never_sealed_is_said_in_words(site: Site) -> None:
    page = site.get(DATA)
    assert "还没有可以下载的数据" in page
    for file in ("datapackage.json", "totals.csv", "package.zip"):
        site.get(f"{DATA}/{file}", status=404)


@pytest.mark.parametrize("file", ["nothing.csv", "..%2Fkeys", "datapackage.json.csv", "seal.key"])
def test_no_other_file_is_there(sealed: Site, file: str) -> None:
    sealed.get(f"{DATA}/{file}", status=404)


def test_the_page_names_every_file_with_its_hash_and_terms(sealed: Site) -> None:
    page = sealed.get(DATA)
    for resource in descriptor(sealed)["resources"]:
        assert f'href="{DATA}/{resource["path"]}"' in page
        assert resource["hash"].partition(":")[2] in page
    assert "creativecommons.org/licenses/by/4.0" in page


def forge(file: str = "totals.csv") -> Path:
    """Another number in a file, and the descriptor's size and hash of it made to fit."""
    found = package.latest("fuzhou-2010")
    assert found is not None
    path = found.folder / file
    content = path.read_bytes().replace(b",3,", b",300,")
    assert content != path.read_bytes()
    path.write_bytes(content)
    told = json.loads((found.folder / "datapackage.json").read_bytes())
    for resource in told["resources"]:
        if resource["path"] == file:
            resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    (found.folder / "datapackage.json").write_text(json.dumps(told, ensure_ascii=False))
    return path


def verified(*arguments: str) -> Result:
    app = typer.Typer()
    log.register(app)
    opendata.register(app)
    return CliRunner().invoke(app, list(arguments))


def test_a_number_changed_on_disk_with_its_hash_is_named(sealed: Site) -> None:
    assert verified("opendata", "check").exit_code == 0
    path = forge()
    told = verified("verify", "--all")
    assert told.exit_code == 1
    assert f"与重算的不同：{path}" in told.output
    assert f"{path.parent / 'months.csv'}" not in told.output


def test_making_does_not_keep_what_was_changed_on_disk(sealed: Site) -> None:
    before = sealed.get(f"{DATA}/totals.csv")
    forge()
    assert sealed.get(f"{DATA}/totals.csv") != before
    package.make("fuzhou-2010")
    assert sealed.get(f"{DATA}/totals.csv") == before
    assert verified("opendata", "check").exit_code == 0
