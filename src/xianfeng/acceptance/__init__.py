"""Acceptance: what the source documents state, held against what the closed bulletins print."""
