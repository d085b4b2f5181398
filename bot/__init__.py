"""The assistant: understanding, dialogue, actions, phrasing, safety, and the worker that answers turns."""
