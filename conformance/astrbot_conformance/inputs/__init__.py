"""Unusual and invalid inputs of the checks: request forms, paths and bodies.

Knows AstrBot: the bodies that its operations accept, and the paths that its router treats specially.
"""
