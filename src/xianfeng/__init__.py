"""Xianfeng: the campaign a file, the work a ledger, the figure a query, the bulletin a closing of the books."""

__version__ = "0.1.0"
