"""Advisors: the queue, the desk, written requests. The desk starts in handoff/desk.py."""
