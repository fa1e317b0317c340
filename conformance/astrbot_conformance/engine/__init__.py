"""How a run goes: its order, its processes and threads, from first contact to the last key removed."""
