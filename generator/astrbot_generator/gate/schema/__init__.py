"""Compares two JSON Schemas by what they allow. Knows nothing of operations or rules."""
