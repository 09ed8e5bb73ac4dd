"""Inspections by lot: plans, the sealed frame, the draw, what was found, until the last item is struck off."""
