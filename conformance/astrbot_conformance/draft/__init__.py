"""The draft of an overlay: what a published document and responses show of the changes of a release.

Knows AstrBot: the beginning of its paths, and how its document names operations.
"""
