"""The contract of AstrBot HTTP API 4.29.3 as code. Generated; do not edit."""
