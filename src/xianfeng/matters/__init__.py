"""Matters: what citizens and organisations bring as their own, how it comes in and how whoever brought it follows it.

A matter is a record like any other, of a kind that anybody may file; its flow and its clocks are the scheme's. What is
particular to it is its counterfoil.
"""
