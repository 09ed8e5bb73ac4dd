"""Names as people type them on a keyboard without Chinese: 鼓楼区 is glq and gulouqu.

How a name is read depends on its words (重庆 is chongqing), which pypinyin knows; places are often read otherwise than
the words in them (六安 is luan, 番禺 panyu). So a character of the list below gives its name further keys, the reading
of the dictionary first. The list holds what place and family names need; the dictionary's own lists of readings are of
no use here (区 as ou, 市 as fu).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

_LONGEST = 20  # characters of a name that are read
_MOST = 6  # ways to read one name
_OTHERWISE = (
    "长 chang zhang, 乐 le yue, 重 chong zhong, 厦 xia sha, 六 liu lu, 朝 chao zhao, "
    "行 xing hang, 都 du dou, 单 dan shan, 堡 bao bu pu, 番 fan pan, 蚌 beng bang, "
    "铅 qian yan, 尉 wei yu, 蔚 wei yu, 涡 wo guo, 歙 she xi, 浚 jun xun, 解 jie xie, "
    "曾 zeng ceng, 仇 qiu chou, 洞 dong tong, 率 lv shuai, 盛 sheng cheng, 屯 tun zhun, "
    "校 xiao jiao, 卜 bu bo, 柏 bai bo, 泊 bo po, 车 che ju, 澄 cheng deng, 干 gan qian, "
    "盖 gai ge, 谷 gu yu, 莞 guan wan, 夹 jia ga, 贾 jia gu, 峤 qiao jiao, 弄 nong long, "
    "露 lu lou, 牟 mu mou, 查 cha zha, 折 zhe she, 沈 shen chen, 召 zhao shao, 拓 tuo ta, "
    "叶 ye she, 扎 zha za, 翟 zhai di, 祭 ji zhai, 柞 zha zuo"
)
_SEVERAL: Mapping[str, tuple[str, ...]] = {one[0]: tuple(one[1:].split()) for one in _OTHERWISE.split(", ")}


def keys(folded: str) -> tuple[str, ...]:
    """Initials and full spellings of a folded name, the usual reading first; none when nothing in it is Chinese."""
    name = folded[:_LONGEST]
    if name.isascii():
        return ()
    ways = list(_ways(_read(name)))
    initials = ("".join(reading[:1] for reading in way) for way in ways)
    return tuple(dict.fromkeys((*initials, *("".join(way) for way in ways))))


def _ways(readings: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The usual reading of all, then with one character read otherwise, then with two; only so many."""
    several = [(place, other) for place, options in enumerate(readings) for other in options[1:]]
    left = _MOST
    for deviating in range(len(several) + 1):
        for others in combinations(several, deviating):
            way = [options[0] for options in readings]
            for place, other in others:
                way[place] = other
            yield tuple(way)
            left -= 1
            if not left:
                return


def _read(name: str) -> list[tuple[str, ...]]:
    """For each character its readings, the one that fits its neighbours first; letters are themselves."""
    spelt = _in_words(name) if _SEVERAL.keys() & set(name) else [_alone(character) for character in name]
    return [
        tuple(dict.fromkeys((reading, *_SEVERAL.get(character, ()))))
        for character, reading in zip(name, spelt, strict=True)
    ]


def _in_words(name: str) -> list[str]:
    from pypinyin import lazy_pinyin

    # Letters come back one by one, so that what is read lies beside the characters that it was read from.
    spelt = lazy_pinyin(name, errors=lambda other: [one if one.isascii() else "" for one in other])  # type: ignore[arg-type, return-value]
    return list(spelt)


@lru_cache(maxsize=30_000)
def _alone(character: str) -> str:
    """Cutting a name into words takes longer than all the rest, and matters only where something is read two ways."""
    return _in_words(character)[0]
