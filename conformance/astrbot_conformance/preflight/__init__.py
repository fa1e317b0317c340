"""First contact: which AstrBot release the target runs, whether it can be judged, and which operations it publishes.

Knows AstrBot: the operations that show its release, its setup and the rights of a key.
"""
