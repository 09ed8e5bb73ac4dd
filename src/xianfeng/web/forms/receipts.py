"""Files on their way: kept as soon as they arrive, and from then on a text in the form like all that is typed.

What was chosen outlives a fault elsewhere in the form, a draft, the preview of a grid. The text is a receipt, signed
here, so nobody can claim a file that he did not send; of a file that could not be kept it says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from xianfeng.accounts import drafts
from xianfeng.accounts.models import Draft
from xianfeng.ledger import files, sweeping
from xianfeng.ledger.files import Kept
from xianfeng.problems import Problem
from xianfeng.web.record.files import FileLink, link_of

Uploaded = MultiValueDict[str, "UploadedFile[bytes]"]
_SALT = "xianfeng.receipt"
_GOOD_FOR = dt.timedelta(days=30)  # as long as a draft may lie


def received(typed: Mapping[str, Sequence[str]], uploaded: Uploaded, inputs: Collection[str]) -> dict[str, list[str]]:
    """What was typed, with a receipt for every file that came with it."""
    told = {name: list(texts) for name, texts in typed.items()}
    for name in inputs:
        for file in uploaded.getlist(name):
            told.setdefault(name, []).append(given(file))
    return told


def given(file: UploadedFile[bytes]) -> str:
    try:
        if (file.size or 0) > files.LARGEST:
            raise files.too_large(file.name or "")
        kept = files.keep(file.name or "", file.read())
        sweeping.sweep_daily(_put_aside)
        return signing.dumps(["kept", *kept], salt=_SALT)
    except Problem as problem:
        name = (file.name or "")[-files.LONGEST_NAME :]
        said = gettext("“{name}”：{said}").format(name=name, said=problem.message)
        return signing.dumps(["refused", problem.code, said, problem.hint], salt=_SALT)


def _put_aside() -> set[str]:
    """The files of forms that were put aside, which may be filed as long as their receipts are good."""
    told = (text for draft in Draft.objects.iterator() for texts in drafts.typed(draft).values() for text in texts)
    return {file.sha256 for file in map(_kept, told) if file}


def _kept(text: str) -> Kept | None:
    try:
        return read(text)
    except Problem:
        return None


def read(receipt: str) -> Kept:
    """The file that a receipt is for; a Problem when it could not be kept, or the receipt is none of ours."""
    try:
        said, *told = signing.loads(receipt, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature as bad:
        hint = gettext("请重新选择这个文件。")
        raise Problem("web.no_such_file", gettext("有一个文件没有收到，或者放得太久了。"), hint=hint) from bad
    if said == "refused":
        code, message, hint = told
        raise Problem(code, message, hint=hint)
    return Kept(*told)


def read_all(receipts: Iterable[str]) -> tuple[Kept, ...]:
    return tuple(read(receipt) for receipt in receipts if receipt)


def links(receipts: Iterable[str]) -> tuple[FileLink, ...]:
    """The files that are there, for the form to show; what was refused is told as a fault, once."""
    found = []
    for receipt in receipts:
        try:
            found.append(link_of(read(receipt), reverse("arrived", args=[receipt]), receipt))
        except Problem:
            continue
    return tuple(found)
