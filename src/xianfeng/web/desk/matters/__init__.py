"""Matters on the desk: the board of those that are open, the form for the telephone, lists that are brought in, another
code for one that was lost, making one public."""
