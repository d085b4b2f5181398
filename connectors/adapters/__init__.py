"""Makings of the ports: the insurer's keys over HTTP, counters and sign-ins in memory or in Redis."""
