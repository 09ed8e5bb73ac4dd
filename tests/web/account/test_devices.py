"""A device is told by words that its owner knows."""

from __future__ import annotations

import pytest

from xianfeng.web.devices import device

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/126.0", "Edge · Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Chrome · Windows"),
        (f"Mozilla/5.0 (Linux; Android 14; Pixel) {CHROME} MicroMessenger/8.0", "微信 · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        ("curl/8.5", "不认得的浏览器"),
        ("", "不认得的浏览器"),
    ],
)
def test_a_device(says: str, told: str) -> None:
    assert device(says) == told
