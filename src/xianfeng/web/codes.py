"""QR codes of addresses, drawn as SVG within the page: no request, no script, sharp on paper."""

from __future__ import annotations

import io
from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

_QUIET = 4  # modules of white around it, as the standard asks


@lru_cache(maxsize=256)
def qr(address: str) -> SafeString:
    out = io.BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(out, kind="svg", xmldecl=False, svgns=False, border=_QUIET, omitsize=True, svgclass="qr", lineclass=None)
    drawn = out.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" ', 1)
    return mark_safe(drawn)  # noqa: S308 -- nothing of the address is in it as text: only its squares
