"""The addresses of what `npm run build` made: content-hashed names, so that a browser may keep them for ever."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "build"


@functools.cache
def _names() -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads((FOLDER / "manifest.json").read_text())
    except FileNotFoundError:
        raise ImproperlyConfigured("The front end has not been built: run `make setup`.") from None
    return names


def address(name: str) -> str:
    """Of an entry by its plain name (`desk.css`); what was not built is a programmer's mistake."""
    return static(f"build/{_names()[name]}")


def content(name: str) -> bytes:
    """What was built under a plain name."""
    return (FOLDER / _names()[name]).read_bytes()


@functools.cache
def worker() -> str:
    """The service worker's text; it is served under the desk's own address, for that is how far it reaches.

    Read once, like the names: it lists the built files of its own build, and a newer one's are not served yet.
    """
    return (FOLDER / _names()["worker.js"]).read_text()
