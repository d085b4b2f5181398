"""Channels to members: the chat gateway (REST and WebSocket), its widget and its application page."""
