"""Inspections at the desk: where the reader was drawn to go, and what was found at his own unit."""
