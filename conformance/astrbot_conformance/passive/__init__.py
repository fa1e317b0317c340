"""Passive checks: they inspect every response of a run and send no requests while checks run."""
