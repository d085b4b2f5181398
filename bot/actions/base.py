"""What every action shares: ports, failing without losing anything, and serving every request of a message."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.ports import Ports, current_ports
from bot.actions.queue import after
from bot.actions.turn import Events, just_said, say_phrase
from kernel.errors import ServiceError
from kernel.logs import describe, logger

log = logger("actions")


class BotAction(Action, ABC):  # type: ignore[misc]
    """An action whose failure is told to the member in one sentence, keeps what was said, and offers a person."""

    def name(self) -> str:
        """Give the name of the domain file, from the class's: ActionAnswer → action_answer."""
        return re.sub(r"(?<=.)(?=[A-Z])", "_", type(self).__name__).lower()

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Run `answer` with the turn's ports, then see whether another request waits."""
        ports = current_ports()
        try:
            events = await self.answer(ports, tracker, dispatcher)
            return [*events, *after(self.name(), ports, tracker, dispatcher, events)]
        except ServiceError as error:
            log.warning("action_refused", kind=self.name(), code=error.code, error=describe(error))
            say_phrase(dispatcher, ports.phrase("service_unavailable"))
            return []
        except Exception as error:
            ports.failures.append(error)  # rasa logs and swallows it; the worker must know
            raise

    @abstractmethod
    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """Say what must be said; give the events."""


class FormReading(FormValidationAction, ABC):  # type: ignore[misc]
    """
    A form that reads all it can from one message.

    `read` gives the slots a message fills, whatever was asked; nothing read means the message is about something else:
    the form steps aside, the topic is answered, and the question comes back.
    """

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Read the message into slots, then name the next question."""
        ports = current_ports()
        try:
            found = self.read(ports, tracker, dispatcher) if self._is_answer(tracker) else {}
        except Exception as error:
            ports.failures.append(error)
            raise
        if not found and just_said(tracker, self.form_name()):
            return []
        tracker.slots.update(found)
        missing = next((slot for slot in self.questions(tracker) if tracker.get_slot(slot) is None), None)
        return [*(SlotSet(slot, value) for slot, value in found.items()), SlotSet("requested_slot", missing)]

    def _is_answer(self, tracker: Tracker) -> bool:
        """Say whether the message is for the form: it opens it, or answers it; not when coming back to it."""
        return tracker.get_slot("requested_slot") is None or just_said(tracker, self.form_name())

    @abstractmethod
    def questions(self, tracker: Tracker) -> list[str]:
        """Give the slots to ask for, in order, in the present state."""

    @abstractmethod
    def read(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> dict[str, Any]:
        """Give what the latest message fills, ready to be stored; may say why an answer does not fit."""
