"""Understanding: from what a member typed to a topic of the catalogue. With the worker, the only importer of rasa."""
