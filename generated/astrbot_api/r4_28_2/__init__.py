"""The contract of AstrBot HTTP API 4.28.2 as code. Generated; do not edit."""
