"""Changing a scheme's file in place: what an office changes on a page, and every other byte stays as it was written."""
