"""What can be done at the desk, over the journal and a few ports."""
