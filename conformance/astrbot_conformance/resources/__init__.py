"""Resources that a run creates on a target, by kind, until it removes them again.

Knows AstrBot: the kinds of resources and the requests that create, change and remove them.
"""
