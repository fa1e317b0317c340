"""Makes the code of `astrbot_api` from the contract: `generate(contract)` is a pure function of the files in `spec/`.

reading (what the files say) -> bundling (one document) -> checking (what is wrong, and where) -> planning (names,
types, order) -> models and templates (text) -> publishing (the files on disk). Each step knows only what the one
before made.
"""
