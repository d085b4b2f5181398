"""Use cases of the gateway over ports: what a member may ask, whatever the transport."""
