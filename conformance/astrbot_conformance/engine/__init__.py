"""How a run works: its order, processes and threads, from first contact to the removal of the last key."""
