"""Lists brought in from Excel or CSV: looked at, written whole or not at all, taken back."""
