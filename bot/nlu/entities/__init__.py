"""What a message says that an action needs: days, amounts, rates, people, kinds of care, words of the statement, places. Pure."""

from bot.nlu.entities.reading import Entity, Kind, entities

__all__ = ["Entity", "Kind", "entities"]
