"""From what was read to nodes: each builder turns one section's plain values into frozen nodes and
reports what is amiss.

Builders know nothing of other sections except through `Draft`; rules that look across a scheme live in `checks`.
"""
