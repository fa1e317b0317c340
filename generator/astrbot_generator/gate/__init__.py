"""Judges a change of a contract: what breaks, for whom, shown by an example.

document (two files, read) -> pair (what of the old is what in the new) -> rules (each looks at pairs and names what it
finds) -> witness (a request or answer that shows it) -> judgement -> output. `schema/` knows JSON Schema only,
`access` who may enter; neither knows a rule. Nothing here is imported before a command needs it: a small pair is judged
in well under a second.
"""
