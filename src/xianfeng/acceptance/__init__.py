"""Acceptance: what the source documents state, held against what the closed bulletins printed and what that rests on."""
