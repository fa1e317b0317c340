"""Requests that follow one another with one key, as users send them."""
