"""The stores, one module for each kind of object."""
