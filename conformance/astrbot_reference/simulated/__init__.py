"""Services that AstrBot asks over the network, simulated without it."""
