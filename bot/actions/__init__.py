"""Custom actions: thin, one file per topic group, over ports. Run in process by the worker, or by the stock server."""
