"""The web UI of the target as a person sees it: headless Chromium logs in, makes a key, and what it saw is judged.

Only `browser` and what it calls need Playwright (extra `ui`); the rest is values.
"""
