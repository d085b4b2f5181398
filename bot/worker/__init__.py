"""Answers turns: claims an entry, looks for danger, lets the embedded Rasa Agent answer, commits. Imports rasa (with nlu)."""
