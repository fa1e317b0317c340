"""The contract of AstrBot HTTP API 4.29.1 as code. Generated; do not edit."""
