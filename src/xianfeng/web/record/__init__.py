"""What shows a record, whichever page it stands on: finding it, its words, its history, its steps and files."""
