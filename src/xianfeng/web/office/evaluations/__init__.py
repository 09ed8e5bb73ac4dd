"""Rounds of evaluations at the office: prepared, frozen, issued, closed, counted twice, published."""
