"""Unusual and invalid inputs of the checks: request forms, paths and bodies."""
