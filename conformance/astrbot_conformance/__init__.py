"""Judge a running AstrBot by the contract, over HTTP and nothing else."""
