"""The web UI of the target for a user: headless Chromium logs in and creates a key, and its observations are judged.

Only `browser` and the modules that it calls require Playwright (extra `ui`); the rest is values.

Knows AstrBot: the pages of its dashboard.
"""
