"""The suite as a pytest plugin: its checks are tests, and its resources are fixtures for tests of your own."""
