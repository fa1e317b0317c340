"""Judges a change of a contract: which clients it breaks, with an example for each finding.

`document` (read both files) -> `pair` (match old and new operations) -> `rules` (name each change) -> `witness` (find a
request or response that shows it) -> `judge` -> `output`. `schema/` compares JSON Schemas and `access` compares
credentials; neither knows a rule. Modules are imported only when a command needs them, so that a small pair is judged
in well under a second.
"""
