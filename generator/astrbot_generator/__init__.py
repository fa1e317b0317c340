"""Generates `astrbot_api` from the contract: `generate(contract)` is a pure function of the files in `spec/`.

`read` (parse files) -> `bundle` (one document) -> `check` (report problems with file and line) -> `plan` (names, types,
order) -> `render` (templates and models to text) -> `publish` (write files). Each step knows only the result of the
step before it.
"""
