"""Search: an index of our own for Chinese text, the same on both databases.

Ready-made tokenizers fail the people who search here: FTS5's trigrams miss words of two characters, and most Chinese
words have two. So a text is folded (繁 to 简, full width to half, no punctuation), and every character and every pair
of neighbours is a term. What a reader may see is a term too: a search is one intersection, its scope inside it.
"""
