"""Matters on the desk: the board of those that are open, the form for the telephone, making one public."""
