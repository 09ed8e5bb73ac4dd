"""A campaign of the installation, as it would be if it took matters from everybody."""

from __future__ import annotations

from xianfeng import paths
from xianfeng.scheme import loader


def taking(name: str) -> dict[str, str]:
    """The files of its package."""
    files = dict(loader.package(paths.PROJECT / "schemes" / name))
    text = files["scheme.yaml"].replace("\nkinds:\n", "\nkinds:\n  matter: {intake: true}\n", 1)
    return {**files, "scheme.yaml": text}
