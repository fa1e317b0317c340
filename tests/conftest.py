"""For all tests."""

import signal

# Whoever starts the tests in the background of a shell makes them, and what they start, deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
