"""Plugins and skills as packages: their archives, their contents, and how they look in answers."""
