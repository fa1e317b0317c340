"""Judge a running AstrBot by the contract, over HTTP only."""
