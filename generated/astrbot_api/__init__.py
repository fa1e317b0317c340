"""The contract of AstrBot HTTP API as code. Generated; do not edit."""
