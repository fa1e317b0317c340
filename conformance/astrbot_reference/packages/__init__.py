"""Plugins and skills as packages: their archives, contents and representation in responses."""
