"""Pure rules of the gateway: no clock, no database, no network."""
