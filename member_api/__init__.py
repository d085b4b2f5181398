"""The insurer's member API: its contract (openapi.yml, contract), our client, a sandbox insurer that serves it."""
