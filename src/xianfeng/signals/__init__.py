"""Signals of make-believe: texts that were copied, figures that cannot be or are too smooth, files filed twice.

A signal is a question to the one who filed, with its records beside it. It is never a grade and never public.
"""
