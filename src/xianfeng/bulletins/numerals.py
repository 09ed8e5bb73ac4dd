"""What in a text counts: digits of any script, Chinese numerals, and the few words that count without one.

A numeral is not asked whether it is 'really' a quantity: a rule that guesses lets figures through. Of the words without
a numeral these count, since each says how many or which in a row: 几, 半, 倍, 翻番, 双双, 首 before a unit (首批 is
第一批), 数 before a unit or a round number (数十名, 数项). 多名 and 若干 say neither: nobody could hold them against a
ledger.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from xianfeng.papers.document import Inline, Text

NUMBER = "\ufffb"  # stands for a character of a number that a call printed
ELSEWHERE = "\ufffc"  # stands for any other character that a call printed

CHINESE = "〇零一二三四五六七八九十百千万亿两廿卅卌皕俩仨幾几半"
_OFFICIAL = "壹贰貳弍叁叄弎肆柒捌玖佰仟兩萬億"  # as on cheques: 贰万元
_DISGUISED = "参參伍陆陸拾"  # these too, but also 参加, 队伍, 大陆, 收拾: numerals in company alone
_WORDS_TOO = f"{_DISGUISED}什漆阡陌兆幺"  # what Unicode calls numeric and people mostly write for something else
_WRITTEN = "(?:(?<![队隊入退行编編])伍|(?<![大登着内水海])[陆陸]|(?<![收捡])拾|(?<![人党黨海])[参參])"
_RARE = "(?:[丗阡𠀾]|(?<!阡)陌|(?<![纪紀观觀信理概悬懸思惦怀懷意挂掛想杂雜邪执執留默])念)"  # before a unit alone: 念名
_ROUND = "十百千万亿"
_UNIT = "个名位人户家项件宗起次回场批期届轮组队支班处所座栋条种类级层门份张本篇笔台辆套间村镇乡年月日天季周元亩吨米"
_FIRST = "个名位户家项件次例场批期届轮支座条张年月日季"  # 首 before these; 首要, 首长, 首都 are words

_WORDS = re.compile(
    "|".join(
        (
            f"(?<![多少大总人户])[数數](?=[{_ROUND}])",
            f"(?<![\u4e00-\u9fff])[数數](?=[{_UNIT}])",  # 人数, 次数: at the end of a word it counts nothing
            f"(?<=[有了达近过共])[数數](?=[{_UNIT}])",
            f"[双雙](?=[{_ROUND}])|双双",
            f"首(?=[{_FIRST}])",
            f"(?<![{NUMBER}])倍|翻番",
            # What makes another number of the figure that was printed: 383多项, 383%, -383, 383成, 834/383
            f"(?<={NUMBER})(?:[多余](?=[{_UNIT}{_ROUND}])|[%％‰‱折兆]|成(?![员員立为為功]))",
            f"(?<={NUMBER})[A-Za-z]+|[A-Za-z]+(?={NUMBER})",
            f"(?:[-‐‑−﹣－]|(?<![担肩抱欠擔])负|(?<![擔肩抱欠])負)(?={NUMBER})",
            f"(?<={NUMBER})(?:[/／·•・×xX*＊∶:]|分之)(?={NUMBER})",
            f"(?:{_WRITTEN}|[参參])(?=[{_OFFICIAL}{_DISGUISED}{_ROUND}])|(?![参參]天){_WRITTEN}(?=[{_UNIT}圆角整])",
            f"(?<=[{_OFFICIAL}第])[{_DISGUISED}]",
            f"{_RARE}(?=[{_UNIT}圆角整{_ROUND}])",
            f"(?<=[{CHINESE}])[○◯]|[○◯](?=[{CHINESE}{_UNIT}])",  # 二○一○, ○名
            f"(?<![A-Za-z])[IVX]+(?=[{_UNIT}])|(?<=第)[IVXLC]+",
            "(?<=[0-9０-９])[.,．，](?=[0-9０-９])",
        )
    )
)


def counting(text: str) -> list[bool]:
    """Which characters of a text are part of something that counts."""
    counts = [is_numeral(character) for character in text]
    for match in _WORDS.finditer(text):
        counts[match.start() : match.end()] = [True] * len(match.group())
    return counts


@cache
def is_numeral(character: str) -> bool:
    """Also ①, Ⅳ, ½, ８, ㈠, 弐, and the look-alikes that compatibility turns into numerals: ⼀, ㏠, 🉁."""
    if unicodedata.category(character) in ("Nd", "Nl", "No"):
        return True
    written = unicodedata.normalize("NFKC", character)
    if written[0].isascii():
        return written[0].isdigit()  # and ㎡ is m2, a unit
    return any(map(_counts, written))


def _counts(character: str) -> bool:
    if character in CHINESE or character in _OFFICIAL or character.isdigit():
        return True
    return unicodedata.numeric(character, None) is not None and character not in _WORDS_TOO


def masked(runs: Iterable[Inline]) -> str:
    """A line with what its calls printed blotted out, length for length."""
    return "".join(run.text if isinstance(run, Text) else "".join(map(_blot, run.text)) for run in runs)


def _blot(character: str) -> str:
    return NUMBER if is_numeral(character) or character == "%" else ELSEWHERE
