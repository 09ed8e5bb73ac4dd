"""A document as HTML, DOCX and PDF, and its source sheet. Writers read the document and nothing else."""
