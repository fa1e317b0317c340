"""The rules, a file for each family. A rule's name says what it found; its docstring is its page.

A page has a first line (what was found), `Breaks` (what breaks, for whom), `Instead` (what to do instead) and an
example, `Before` and `After`, which a test runs: the smallest part of a contract for which the rule reports a change.
"""
