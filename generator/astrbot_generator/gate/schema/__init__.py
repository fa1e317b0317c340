"""Compares two JSON Schemas by the values that they allow. Does not know operations or rules."""
