"""The HTTP side of the server: limits on requests and connections, headers of pages, errors of input."""
