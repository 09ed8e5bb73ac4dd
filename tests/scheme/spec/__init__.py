"""The language by example: what the tests hold is what docs/reference/scheme prints.

`python -m tests.scheme.spec.generate` writes the pages; a stale page fails a test.
"""
