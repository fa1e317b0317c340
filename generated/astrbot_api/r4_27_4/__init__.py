"""The contract of AstrBot HTTP API 4.27.4 as code. Generated; do not edit."""
