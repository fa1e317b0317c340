"""What the server stores, each kind of object in a module of its own."""
