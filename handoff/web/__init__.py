"""The desk's pages: read, call, answer."""
