"""What goes to a target and what comes back, and how both travel."""
