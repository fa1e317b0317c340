"""Sequences of requests that one key sends, as users send them.

Knows AstrBot: the operations that its users call one after the other.
"""
