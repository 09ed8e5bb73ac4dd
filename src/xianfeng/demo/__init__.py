"""The demonstration: synthetic records made from `schemes/<system>/demo.yaml`, filed through the ledger.

A plan says how much of what, where and when; nothing here knows what a bulletin is expected to print.
"""
