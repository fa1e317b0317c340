"""Requests, responses, and their transport."""
