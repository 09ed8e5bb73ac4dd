"""What a file is, by its bytes. Its name only says what it claims to be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from PIL import Image, ImageOps, UnidentifiedImageError

from xianfeng.problems import Problem
from xianfeng.sentences import say

MOST_PIXELS = 60_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = ("vbaproject.bin", "activex")


def _pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def _old_office(content: bytes) -> bool:
    return content.startswith(_OLE)


def _zipped(member: str) -> Callable[[bytes], bool]:
    def is_one(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = [name.lower() for name in archive.namelist()]
        except (zipfile.BadZipFile, UnicodeDecodeError):
            return False
        if any(macro in name for name in names for macro in _MACROS):
            raise Problem("ledger.macros", "文件里有宏或控件，不能作为附件。", hint="请另存为不带宏的格式或 PDF。")
        return any(name == member or name.startswith(member) for name in names)

    return is_one


def _plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            return False
    return all(character >= " " or character in "\r\n\t" for character in text)


def _picture(format_: str) -> Callable[[bytes], bool]:
    def is_one(content: bytes) -> bool:
        try:
            with Image.open(io.BytesIO(content)) as picture:
                return picture.format == format_
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return False

    return is_one


_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES: Mapping[str, tuple[str, Callable[[bytes], bool]]] = MappingProxyType(
    {
        ".pdf": ("application/pdf", _pdf),
        ".jpg": ("image/jpeg", _picture("JPEG")),
        ".jpeg": ("image/jpeg", _picture("JPEG")),
        ".png": ("image/png", _picture("PNG")),
        ".webp": ("image/webp", _picture("WEBP")),
        ".docx": (f"{_OFFICE}wordprocessingml.document", _zipped("word/")),
        ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", _zipped("xl/")),
        ".pptx": (f"{_OFFICE}presentationml.presentation", _zipped("ppt/")),
        ".ofd": ("application/ofd", _zipped("ofd.xml")),
        ".doc": ("application/msword", _old_office),
        ".wps": ("application/msword", _old_office),
        ".xls": ("application/vnd.ms-excel", _old_office),
        ".et": ("application/vnd.ms-excel", _old_office),
        ".txt": ("text/plain", _plain_text),
        ".csv": ("text/csv", _plain_text),
    }
)


def media_type(name: str, content: bytes) -> str:
    """The type that name and bytes agree on; a Problem when they do not."""
    ending = PurePath(name).suffix.lower()
    if ending not in _TYPES:
        accepted = "、".join(sorted(_TYPES))
        raise Problem(
            "ledger.file_type",
            say("不能添加“{ending}”文件。", ending=ending or say("无扩展名")),
            hint=say("可用：{accepted}。", accepted=accepted),
            place=name,
        )
    type_, is_one = _TYPES[ending]
    if not is_one(content):
        hint = say("文件内容不是{ending}；请用原来的程序打开后重新保存。", ending=ending)
        raise Problem("ledger.not_what_its_name_says", "文件内容与扩展名不符。", hint=hint, place=name)
    return type_


def without_traces(type_: str, content: bytes) -> bytes:
    """A picture written anew: upright, and without where, when and by what it was taken. Other files as they are."""
    if not type_.startswith("image/"):
        return content
    try:
        with Image.open(io.BytesIO(content)) as picture:
            format_ = picture.format
            if picture.width * picture.height > MOST_PIXELS:
                raise Problem("ledger.picture_too_large", "图片像素过大。", hint="请缩小到 6000 万像素以内。")
            upright = ImageOps.exif_transpose(picture)
            clean = Image.frombytes(upright.mode, upright.size, upright.tobytes())
            if upright.mode == "P" and (palette := upright.getpalette("RGBA")):
                clean.putpalette(palette, "RGBA")
            written = io.BytesIO()
            clean.save(written, format=format_, **({} if format_ == "PNG" else {"quality": 90}))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as damage:
        raise Problem("ledger.damaged_picture", "图片已损坏，打不开。", hint="请重新拍照或另存后再添加。") from damage
    return written.getvalue()
