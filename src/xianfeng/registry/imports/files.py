"""A file is what its name says, and of a size that an office's list has, before anything reads it."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

from xianfeng.problems import Problem
from xianfeng.registry.imports import csv_files, workbooks
from xianfeng.registry.imports.tables import LARGEST_FILE, Book, fault

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password
_ZIP = b"PK\x03\x04"
_LARGEST_UNPACKED = 200 * 2**20
_MOST_PARTS = 1_000
_LARGEST_RATIO = 200  # XML of real lists packs 10 to 40 times
_REASONS = {FileNotFoundError: "没有这个文件", PermissionError: "没有读取它的权限"}  # others as the system says them


def read(path: Path) -> tuple[Book, bytes]:
    """The file's sheets, and its bytes."""
    content = _content(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        _check_workbook(content, path)
        return workbooks.read(path), content
    if suffix == ".csv":
        if content.startswith((_ZIP, _OLD_OFFICE, b"%PDF")) or b"\0" in content:
            raise _not_its_name(path, "CSV 文本")
        return csv_files.read(content), content
    raise fault("format", f"不能导入 {suffix or '没有扩展名的文件'}", "另存为 .xlsx 或 .csv。", place=path.name)


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, and a device never ends
            raise fault("not_a_file", f"{path.name} 不是普通文件", "选择 .xlsx 或 .csv 文件。", place=path.name)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        told = _REASONS.get(type(error), error.strerror)
        raise fault("unreadable", f"打不开文件：{told}", "核对文件名和权限。", place=path.name) from error
    if len(content) > LARGEST_FILE:
        hint = "拆成几个文件；去掉图片和用不到的工作表。"
        raise fault("too_large", f"文件超过 {LARGEST_FILE // 2**20} MB", hint, place=path.name)
    return content


def _check_workbook(content: bytes, path: Path) -> None:
    if content.startswith(_OLD_OFFICE):
        hint = "去掉密码；如果是旧的 .xls，用“另存为”存成 .xlsx，不要只改扩展名。"
        raise fault("old_workbook", "这是加了密码的或旧格式的工作簿", hint, place=path.name)
    if not content.startswith(_ZIP):
        raise _not_its_name(path, "Excel 工作簿")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise fault("damaged", "工作簿已经损坏", "用 Excel 或 WPS 打开后另存一份。", place=path.name) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise _not_its_name(path, "Excel 工作簿")
    unpacked = sum(part.file_size for part in parts)
    bomb = any(part.file_size > _LARGEST_RATIO * max(part.compress_size, 1_000) for part in parts)
    if unpacked > _LARGEST_UNPACKED or len(parts) > _MOST_PARTS or bomb:
        hint = "复制需要的行到新工作簿再导入。"
        raise fault("bomb", f"工作簿展开后过大（{unpacked / 2**20:.0f} MB）", hint, place=path.name)


def _not_its_name(path: Path, expected: str) -> Problem:
    hint = "用 Excel 或 WPS 打开后另存为 .xlsx 或 .csv，不要只改扩展名。"
    return fault("not_its_name", f"{path.name} 的内容不是{expected}", hint, place=path.name)
