"""A device by the words that its owner knows it by: what a browser says of itself is for machines."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The first that is found is meant: most browsers also name those they descend from.
_BROWSERS = (
    ("MicroMessenger", _("微信")),
    ("DingTalk", _("钉钉")),
    ("QQBrowser", _("QQ 浏览器")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("OPR", "Opera"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", _("鸿蒙")),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device(says: str) -> str:
    """“Edge · Windows”; of a browser that is not known, that it is not."""
    known = [next((name for mark, name in table if mark in says), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(str(name) for name in known if name) or gettext("不认得的浏览器")
