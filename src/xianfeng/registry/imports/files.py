"""A file is what its name says, and of a size that an office's list has, before anything reads it."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

from xianfeng.problems import Problem
from xianfeng.registry.imports import csv_files, workbooks
from xianfeng.registry.imports.tables import LARGEST_FILE, Book, fault
from xianfeng.sentences import say

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password
_ZIP = b"PK\x03\x04"
_LARGEST_UNPACKED = 200 * 2**20
_MOST_PARTS = 1_000
_LARGEST_RATIO = 200  # XML of real lists packs 10 to 40 times
_REASONS = {
    FileNotFoundError: say("没有这个文件"),
    PermissionError: say("没有读取它的权限"),
}  # others as the system says them


def read(path: Path) -> tuple[Book, bytes]:
    """The file's sheets, and its bytes."""
    content = _content(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        _check_workbook(content, path)
        return workbooks.read(path), content
    if suffix == ".csv":
        if content.startswith((_ZIP, _OLD_OFFICE, b"%PDF")) or b"\0" in content:
            raise _not_its_name(path, say("CSV 文本"))
        return csv_files.read(content), content
    raise fault(
        "format",
        say("不能导入 {suffix}", suffix=suffix or say("没有扩展名的文件")),
        say("另存为 .xlsx 或 .csv。"),
        place=path.name,
    )


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, and a device never ends
            raise fault(
                "not_a_file",
                say("{path} 不是普通文件", path=path.name),
                say("选择 .xlsx 或 .csv 文件。"),
                place=path.name,
            )
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        told = _REASONS.get(type(error), error.strerror)
        raise fault(
            "unreadable", say("打不开文件：{told}", told=told), say("核对文件名和权限。"), place=path.name
        ) from error
    if len(content) > LARGEST_FILE:
        hint = say("拆成几个文件；去掉图片和用不到的工作表。")
        raise fault(
            "too_large", say("文件超过 {largest_file} MB", largest_file=LARGEST_FILE // 2**20), hint, place=path.name
        )
    return content


def _check_workbook(content: bytes, path: Path) -> None:
    if content.startswith(_OLD_OFFICE):
        hint = say("去掉密码；如果是旧的 .xls，用“另存为”存成 .xlsx，不要只改扩展名。")
        raise fault("old_workbook", say("这是加了密码的或旧格式的工作簿"), hint, place=path.name)
    if not content.startswith(_ZIP):
        raise _not_its_name(path, say("Excel 工作簿"))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise fault(
            "damaged", say("工作簿已经损坏"), say("用 Excel 或 WPS 打开后另存一份。"), place=path.name
        ) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise _not_its_name(path, say("Excel 工作簿"))
    unpacked = sum(part.file_size for part in parts)
    bomb = any(part.file_size > _LARGEST_RATIO * max(part.compress_size, 1_000) for part in parts)
    if unpacked > _LARGEST_UNPACKED or len(parts) > _MOST_PARTS or bomb:
        hint = say("复制需要的行到新工作簿再导入。")
        raise fault(
            "bomb", say("工作簿展开后过大（{unpacked:.0f} MB）", unpacked=unpacked / 2**20), hint, place=path.name
        )


def _not_its_name(path: Path, expected: str) -> Problem:
    hint = say("用 Excel 或 WPS 打开后另存为 .xlsx 或 .csv，不要只改扩展名。")
    return fault(
        "not_its_name", say("{path} 的内容不是{expected}", path=path.name, expected=expected), hint, place=path.name
    )
