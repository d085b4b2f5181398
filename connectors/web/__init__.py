"""HTTP and WebSocket: routes, frames, headers. See docs/chat-api.md."""
