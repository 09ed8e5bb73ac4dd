"""Mail, by the unit's own server. Spoken to directly, since what it answers decides whether to try again, and since the
Message-ID must stay the same."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from urllib.parse import SplitResult, parse_qs, unquote

from xianfeng.messages.channels.letters import Letter
from xianfeng.messages.channels.outcomes import SENT, Outcome, Reason

TIMEOUT = 20  # seconds: a server that says nothing holds up the worker no longer


def send(url: SplitResult, letter: Letter) -> Outcome:
    """`smtp://` or `smtps://` with `?from=`; `&starttls=1` for what begins in the clear."""
    try:
        with _connected(url) as server:
            server.send_message(_written(url, letter))
    except smtplib.SMTPAuthenticationError:
        return Outcome(Reason.SIGN_IN)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(max(code for code, _ in error.recipients.values()))
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code)
    except (smtplib.SMTPException, OSError):
        return Outcome(Reason.UNREACHABLE)
    return SENT


def _connected(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or ""
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT)
    try:
        if _asked(url, "starttls"):
            server.starttls()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except Exception:
        server.close()
        raise
    return server


def _written(url: SplitResult, letter: Letter) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = letter.title
    mail["From"] = _asked(url, "from")
    mail["To"] = letter.address
    mail["Date"] = formatdate(usegmt=True)
    mail["Message-ID"] = f"<{letter.id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


def _asked(url: SplitResult, name: str) -> str:
    return parse_qs(url.query).get(name, [""])[0]


def _refused(code: int) -> Outcome:
    return Outcome(Reason.REFUSED if code >= 500 else Reason.DEFERRED)
