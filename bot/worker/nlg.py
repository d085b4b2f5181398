"""Rasa's `utter_…` responses, phrased by our templates, in process. Named in endpoints.yml for the stock commands."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.actions.ports import current_ports
from bot.actions.turn import as_rasa_buttons


class PhrasebookNLG(NaturalLanguageGenerator):  # type: ignore[misc]
    """`utter_x` is the phrasebook's entry `x`, with the slots as `slots`."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """Rasa passes both; neither is needed."""

    async def generate(self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any) -> dict[str, Any] | None:  # noqa: ARG002
        """See NaturalLanguageGenerator."""
        ports, name = current_ports(), utter_action.removeprefix("utter_")
        try:
            phrase = ports.phrase(name, slots=tracker.current_slot_values())
        except Exception as error:
            ports.failures.append(error)
            raise
        return {"text": phrase.text, "buttons": as_rasa_buttons(phrase.buttons), "custom": {"topic": name}}
