"""Accounts of the own subtree: opened for a person, given a way in anew, closed."""
