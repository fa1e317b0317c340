"""The contract of AstrBot HTTP API 4.26.8 as code. Generated; do not edit."""
