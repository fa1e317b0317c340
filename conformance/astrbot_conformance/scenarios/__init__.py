"""Sequences of requests that one key sends, as users send them."""
