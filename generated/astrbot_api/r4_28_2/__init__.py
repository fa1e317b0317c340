"""The contract of AstrBot HTTP API 4.28.2 as code. Generated; do not edit.

It needs the distributions `pydantic`, `jsonschema-rs` and `packaging`; its server also needs `fastapi`, and
`python-multipart` for forms.
"""
