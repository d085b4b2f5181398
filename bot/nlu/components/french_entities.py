"""Rasa component: the days, amounts, people, kinds of care… that a message speaks of, as Rasa entities."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities import Entity, entities
from kernel.calendar import PARIS
from kernel.clock import Clock, SystemClock

MOMENT = "moment"
"""Key of a message's metadata: the moment it was written (ISO 8601 with its zone). « hier » is read from it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FrenchEntities(GraphComponent, EntityExtractorMixin):
    """Appends to ``entities`` what `bot.nlu.entities` reads in the message's own text; learns nothing."""

    def __init__(self, clock: Clock) -> None:
        """*clock* tells the day of a message whose metadata do not."""
        self._clock = clock

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> FrenchEntities:
        """Make one, by the machine's clock."""
        return cls(SystemClock())

    @staticmethod
    def required_packages() -> list[str]:
        """Name what serving imports."""
        return ["text_to_num"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Read *messages*; what other components found stays."""
        for message in messages:
            found = entities(message.get(TEXT) or "", self._day_of(message))
            known = message.get(ENTITIES) or []
            message.set(ENTITIES, [*known, *map(self._as_rasa, found)], add_to_output=True)
        return messages

    def _day_of(self, message: Message) -> date:
        """Give the day in France when *message* was written: a turn run again at night reads « hier » as the member meant it."""
        metadata = message.get(METADATA)
        written_at = _moment(metadata.get(MOMENT)) if isinstance(metadata, dict) else None
        return (written_at or self._clock.now()).astimezone(PARIS).date()

    def _as_rasa(self, entity: Entity) -> dict[str, Any]:
        return {"entity": entity.kind.value, "value": entity.value, "start": entity.start, "end": entity.end, "extractor": type(self).__name__}


def _moment(written: object) -> datetime | None:
    """Read an aware moment; None for anything else, since a channel may put anything there."""
    try:
        moment = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
