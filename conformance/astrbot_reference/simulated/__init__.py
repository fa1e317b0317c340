"""Services that AstrBot calls over the network. Here they are simulated, and nothing is sent."""
