"""A scheme in words, for those who run a campaign and never read YAML."""

from xianfeng.scheme.explain.pages import explain

__all__ = ["explain"]
