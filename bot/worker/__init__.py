"""Answers turns: claims an entry, looks for danger, lets the embedded Rasa Agent answer, commits. Imports rasa (with nlu)."""

from bot.worker import quiet as _before_rasa_is_imported  # noqa: F401
