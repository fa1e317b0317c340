"""The checks: one module for each section of the requirements. Each check enforces exactly one requirement.

Knows AstrBot: every requirement of its contract.
"""
