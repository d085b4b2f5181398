"""The desk's own tables, and what turns passwords into proofs."""
