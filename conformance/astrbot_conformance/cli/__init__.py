"""The commands of the suite, one file each.

Knows AstrBot: the names of its environment variables, and an operation as an example in the help.
"""
