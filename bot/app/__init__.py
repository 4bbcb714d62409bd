"""The composition root: the only package that puts the real parts together.

It imports nothing itself: a question in a terminal needs no Teams, and would wait a second for it.
"""
