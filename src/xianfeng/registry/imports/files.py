"""A file is what its name says, and of a size that an office's list has, before anything reads it."""

from __future__ import annotations

import stat
from pathlib import Path

from xianfeng.registry.imports import csv_files, workbooks
from xianfeng.registry.imports.tables import Book, fault
from xianfeng.sentences import say
from xianfeng.workbooks import LARGEST_FILE, OLD_OFFICE, ZIP, not_its_name

_REASONS = {
    FileNotFoundError: say("没有这个文件"),
    PermissionError: say("没有读取它的权限"),
}  # others as the system says them


def read(path: Path) -> tuple[Book, bytes]:
    """The file's sheets, and its bytes."""
    content = _content(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return workbooks.read(path), content
    if suffix == ".csv":
        if content.startswith((ZIP, OLD_OFFICE, b"%PDF")) or b"\0" in content:
            raise not_its_name(path, say("CSV 文本"))
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
