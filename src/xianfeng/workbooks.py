"""The one way in which a workbook that somebody sent is opened.

A few kilobytes can unpack to gigabytes, a single cell in the last column makes a thousand empty ones of every row, and
what a file says of its own size need not be so. It is weighed before it is unpacked and read as a stream, whatever it
holds; sheets that a person would not see are not read.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xianfeng.problems import Problem
from xianfeng.sentences import say

LARGEST_FILE = 10 * 2**20
MOST_COLUMNS = 60
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password
ZIP = b"PK\x03\x04"
LARGEST_UNPACKED = 200 * 2**20
_MOST_PARTS = 1_000
_LARGEST_RATIO = 200  # XML of real lists packs 10 to 40 times


@contextmanager
def opened(path: Path, *, values: bool, unpacked: int = LARGEST_UNPACKED) -> Iterator[Any]:
    """The workbook, to be read row by row; a Problem for whatever keeps it from being read, then or later.

    `values`: what formulas came to, not the formulas; `unpacked`: how many bytes it may hold.
    """
    import openpyxl  # a third of a second that every other command would wait for

    try:
        _weigh(path, unpacked)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that a list does not need
            book = openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except Problem:
        raise
    except Exception as error:  # openpyxl raises whatever its XML led it to
        hint = say("用 Excel 或 WPS 打开后另存一份再导入。")
        told = say("工作簿读不出来（{name}）", name=type(error).__name__)
        raise _fault("damaged", told, hint, path) from error


def visible(book: Any) -> tuple[list[Any], list[str]]:
    """The sheets that a person sees, and a note for each that is left out."""
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown:
        sheet.reset_dimensions()  # its size is what is found in it, not what it says
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    return shown, [say("隐藏的工作表“{sheet}”没有读。", sheet=title) for title in hidden]


def not_its_name(path: Path, expected: str) -> Problem:
    hint = say("用 Excel 或 WPS 打开后另存为 .xlsx 或 .csv，不要只改扩展名。")
    return _fault("not_its_name", say("{path} 的内容不是{expected}", path=path.name, expected=expected), hint, path)


def _weigh(path: Path, most: int) -> None:
    if path.stat().st_size > LARGEST_FILE:
        hint = say("拆成几个文件；去掉图片和用不到的工作表。")
        raise _fault("too_large", say("文件超过 {largest_file} MB", largest_file=LARGEST_FILE // 2**20), hint, path)
    with path.open("rb") as file:
        beginning = file.read(len(ZIP))
    if beginning == OLD_OFFICE:
        hint = say("去掉密码；如果是旧的 .xls，用“另存为”存成 .xlsx，不要只改扩展名。")
        raise _fault("old", say("这是加了密码的或旧格式的工作簿"), hint, path)
    if beginning != ZIP:
        raise not_its_name(path, say("Excel 工作簿"))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _fault("damaged", say("工作簿已经损坏"), say("用 Excel 或 WPS 打开后另存一份。"), path) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise not_its_name(path, say("Excel 工作簿"))
    size = sum(part.file_size for part in parts)
    bomb = any(part.file_size > _LARGEST_RATIO * max(part.compress_size, 1_000) for part in parts)
    if size > most or len(parts) > _MOST_PARTS or bomb:
        hint = say("复制需要的行到新工作簿再导入。")
        raise _fault("bomb", say("工作簿展开后过大（{unpacked:.0f} MB）", unpacked=size / 2**20), hint, path)


def _fault(code: str, message: str, hint: str, path: Path) -> Problem:
    return Problem(f"workbook.{code}", message, hint=hint, place=path.name)
