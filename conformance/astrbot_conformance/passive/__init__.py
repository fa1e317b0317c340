"""Passive checks: they inspect every response of a run and send no request of their own while checks run."""
