"""A closed bulletin among the others of its series: what adjoins it, and what only came before or after."""

from __future__ import annotations

from tests.web.conftest import Site
from xianfeng import paths
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import compose
from xianfeng.ledger import actions
from xianfeng.scheme import loader

TOWN = "350121105"


def test_only_the_number_after_is_the_next_issue(site: Site) -> None:
    """第98期 and 第576期 are of one series; what lies between them was never entered."""
    site.file("task_force", TOWN, name="突击队")
    actions.adopt(loader.package(paths.PROJECT / "schemes" / "fuzhou-2012"), by=site.office)
    close(compose("fuzhou-2010", "no98"), by=site.office)
    close(compose("fuzhou-2012", "no576"), by=site.office)
    earlier = site.get("/schemes/fuzhou-2010/bulletins/no98")
    assert "之后印发 · 第576期" in earlier
    assert "下一期" not in earlier
    later = site.get("/schemes/fuzhou-2012/bulletins/no576")
    assert "之前印发 · 第98期" in later
    assert "上一期" not in later
