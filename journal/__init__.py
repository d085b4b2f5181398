"""The written record of every conversation: numbered, append-only, hash-chained. See docs/architecture.md."""
