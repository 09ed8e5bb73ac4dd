"""What shows a figure, whichever page it stands on: what may be told of it, its line, its parts and its course."""
