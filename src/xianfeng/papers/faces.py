"""The typefaces of an official document, as this installation has them.

The standard names 仿宋, 小标宋, 黑体 and 楷体, which come with office software and no open licence. Where they are not
installed, Noto Serif SC stands in, and the source sheet says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import typst

from xianfeng import paths

SUBSTITUTE = "Noto Serif SC"
_FOLDER = paths.PROJECT / "node_modules" / "@expo-google-fonts" / "noto-serif-sc"
_WEIGHTS = ("400Regular", "500Medium", "700Bold", "900Black")

# role -> what the standard calls it, and the families that are it, best first
_WANTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "body": ("仿宋", ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", "STFangsong", "FZFangSong-Z02S")),
    "title": ("小标宋", ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05")),
    "heading": ("黑体", ("SimHei", "黑体", "STHeiti", "FZHei-B01S")),
    "kai": ("楷体", ("KaiTi_GB2312", "KaiTi", "楷体_GB2312", "楷体", "STKaiti", "FZKai-Z03S")),
}


@dataclass(frozen=True, kw_only=True)
class Faces:
    """The family for each role, and which of the standard's are substituted."""

    families: Mapping[str, str]
    substituted: tuple[str, ...]

    @property
    def remark(self) -> str:
        """What the source sheet says about them; '' when nothing is substituted."""
        if not self.substituted:
            return ""
        return f"本机未安装{'、'.join(self.substituted)}，PDF 以 {SUBSTITUTE} 代替。"


@cache
def fonts() -> typst.Fonts:
    folders = [str(_FOLDER / weight) for weight in _WEIGHTS if (_FOLDER / weight).is_dir()]
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=folders)


@cache
def faces() -> Faces:
    installed = set(fonts().families())
    families = {
        role: next((name for name in names if name in installed), SUBSTITUTE) for role, (_, names) in _WANTED.items()
    }
    missing = tuple(title for role, (title, _) in _WANTED.items() if families[role] == SUBSTITUTE)
    return Faces(families=families, substituted=missing)
