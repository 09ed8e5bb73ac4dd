"""Inspections as everybody may follow them: what was sealed, and what was drawn once it is revealed."""
