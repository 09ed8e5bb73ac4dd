"""Gradings: figures propose a class for each organisation, with reasons; people decide, and say why they depart.

Proposing is pure arithmetic over columns (`points`, `proposing`); a proposal is kept as an entry and its lines. What is
decided is a record like any other.
"""
