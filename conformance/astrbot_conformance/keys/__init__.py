"""The valid and invalid keys of a run, and the dashboard that creates them.

Knows AstrBot: the operations with which its dashboard manages keys.
"""
