"""Signing in: with a password, with an authenticator that is turned on, and the next time with both."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

from tests.journeys.conftest import Enter, World

HALF_MINUTE = 30


def six_digits(secret: str, used: str = "") -> str:
    """What an authenticator shows, once it is another than was used and stays long enough to be typed."""
    while (shown := _shown(secret)) == used or time.time() % HALF_MINUTE > HALF_MINUTE - 8:
        time.sleep(0.5)
    return shown


def _shown(secret: str) -> str:
    """RFC 6238."""
    counter = struct.pack(">Q", int(time.time()) // HALF_MINUTE)
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_signing_in_with_a_password(enter: Enter, world: World) -> None:
    clerk = enter("sign_in")
    clerk.open("/")
    clerk.tap("登录", role="link")
    clerk.type("用户名", "gulou")
    clerk.type("密码", world.passwords["gulou"])
    clerk.tap("登录", role="button", within="main", exact=True)
    clerk.see("鼓楼区")


def test_an_authenticator_and_the_next_time(enter: Enter, world: World) -> None:
    inspector = enter("authenticator")
    inspector.sign_in("inspector")
    inspector.open("/account/factors")
    inspector.tap("启用", within="main", exact=True)
    inspector.title("确认是您本人")
    inspector.type("密码", world.passwords["inspector"])
    inspector.tap("确认", role="button", within="main", exact=True)
    inspector.title("启用验证器")
    secret = inspector.page.locator("main code").inner_text()
    first = six_digits(secret)
    inspector.type("验证器上的六位数字", first)
    inspector.tap("启用", role="button", within="main", exact=True)
    inspector.see("备用码")
    inspector.page.context.clear_cookies()
    inspector.open("/account/sign-in")
    inspector.type("用户名", "inspector")
    inspector.type("密码", world.passwords["inspector"])
    inspector.tap("登录", role="button", within="main", exact=True)
    inspector.title("两步验证")
    inspector.type("六位数字或备用码", six_digits(secret, used=first))  # each is taken once
    inspector.tap("登录", role="button", within="main", exact=True)
    inspector.see("督查")
