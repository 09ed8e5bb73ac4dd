"""Matters for citizens: bringing one, and following it by its counterfoil."""
