"""The messages of the run, the streams that respond to them, and the sessions that they create.

Knows AstrBot: the chat operations, the sessions and the message formats.
"""
