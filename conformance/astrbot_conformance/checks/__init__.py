"""The checks: one module for each section of the requirements, each check enforcing exactly one."""
