"""Documents of the sandbox insurer: what they say (drafting), how they are laid out (printing), kept, and opened (links)."""
