"""The embedded Rasa Agent: one message in, what it says and its new state out. Nothing is stored here."""

from __future__ import annotations

import json
from collections import OrderedDict
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.actions.executor import InProcessActions
from bot.actions.ports import Ports, use_ports
from bot.safety import Suspicion
from bot.worker.nlg import PhrasebookNLG
from bot.worker.outputs import Said
from bot.worker.quiet import quieten
from bot.worker.store import NoLock, TurnStore
from kernel.errors import SettingsError

LIKELIEST = 3
READ_LATELY = 64
"""Messages whose reading is kept from the look for danger to the answer: several turns run at once."""


class DialogueFailed(Exception):
    """The dialogue could not answer; the cause says why."""


@dataclass(frozen=True)
class Answered:
    """What the assistant says, in order (Rasa's message dicts), the snapshot to keep, the topic understood."""

    messages: list[dict[str, Any]]
    dialogue: str | None
    intent: str | None
    confidence: float


class Collector(OutputChannel):  # type: ignore[misc]
    """Keeps the messages of one turn."""

    def __init__(self) -> None:
        """Start with none."""
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Give the channel's name."""
        return "journal"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002
        """Keep *message* whole."""
        self.messages.append(message)


class LocalActionEndpoint(EndpointConfig):  # type: ignore[misc]
    """Where Rasa would call an action server, it calls this process (rasa-sdk's own executor)."""

    def __init__(self, actions: InProcessActions) -> None:
        """Selective domain: the actions do not need the whole domain at each call."""
        super().__init__(url="http://in.process", enable_selective_domain=True)
        self._actions = actions

    async def request(self, method: str = "post", subpath: str | None = None, content_type: str | None = None,  # noqa: ARG002
                      compress: bool = False, **kwargs: Any) -> dict[str, Any]:  # noqa: ARG002, FBT002
        """Run the action named in the call."""
        try:
            return await self._actions.run(kwargs["json"])
        except ActionExecutionRejection as rejection:
            detail = {"action_name": rejection.action_name, "error": rejection.message}
            raise ClientResponseError(400, rejection.message, json.dumps(detail)) from rejection


class Dialogue:
    """A loaded model. Answers one message at a time; not for several threads."""

    def __init__(self, agent: Agent, store: TurnStore) -> None:
        """Use `load`."""
        self._agent, self._store = agent, store
        self._read: OrderedDict[tuple[str, datetime], dict[str, Any]] = OrderedDict()

    @classmethod
    def load(cls, archive: Path) -> Dialogue:
        """Load the model *archive* (several seconds); SettingsError when it is not a whole one."""
        quieten()
        agent = Agent.load(str(archive), lock_store=NoLock(), generator=PhrasebookNLG(), action_endpoint=LocalActionEndpoint(InProcessActions()))
        if agent.processor is None or agent.domain is None:
            raise SettingsError(f"Le modèle {archive.name} ne peut pas être chargé : lancez « make train ».")
        store = TurnStore(agent.domain)
        # Rasa wraps stores in one that hides errors behind memory: put ours back bare.
        agent.tracker_store = agent.processor.tracker_store = store
        # In process the answer needs no schema check, which costs 10 to 20 ms an action.
        RemoteAction._validate_action_result = lambda _self, _result: True  # noqa: SLF001
        return cls(agent, store)

    async def answer(self, conversation_id: str, said: Said, dialogue: str | None, ports: Ports) -> Answered:
        """Answer *said* from the snapshot *dialogue*; DialogueFailed when an action or a sentence failed."""
        use_ports(ports)
        self._store.begin(conversation_id, dialogue)
        collector = Collector()
        try:
            parsed = await self._understand(said, ports.context.now)
            await self._agent.processor.handle_message(UserMessage(
                said.text, collector, conversation_id, parse_data=parsed, input_channel="journal"))
        finally:
            after = self._store.end(conversation_id)
        if ports.failures:
            raise DialogueFailed("an action failed") from ports.failures[0]
        intent = parsed["intent"]
        return Answered(collector.messages, after, intent.get("name"), float(intent.get("confidence") or 0))

    async def likely_topics(self, text: str, moment: datetime) -> list[tuple[str, float]]:
        """Give the likeliest topics of *text*, said at *moment*, with their confidence, best first."""
        parsed = await self._parsed(text, moment)
        return [(one["name"], float(one["confidence"])) for one in parsed.get("intent_ranking") or ()][:LIKELIEST]

    async def suspicion(self, text: str, moment: datetime) -> Suspicion | None:
        """Say what danger is suspected in *text*; None with a pipeline that does not look for any."""
        found = (await self._parsed(text, moment)).get("danger")
        return Suspicion(str(found["name"]), float(found["confidence"])) if found else None

    async def _understand(self, said: Said, moment: datetime) -> dict[str, Any]:
        if said.intent is None:
            return deepcopy(await self._parsed(said.text, moment))  # Rasa keeps what it is given in the tracker's events
        intent = {"name": said.intent, "confidence": 1.0}
        entities = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in said.entities.items()]
        return {"text": said.text, "intent": intent, "entities": entities, "intent_ranking": [intent]}

    async def _parsed(self, text: str, moment: datetime) -> dict[str, Any]:
        """Read *text* once, for the look for danger and for the answer; « mardi » depends on the day it is said."""
        known = self._read.get((text, moment))
        if known is None:
            message = UserMessage(text.lstrip("/ ") or text.strip("/") or "?", metadata={"moment": moment.isoformat()})
            known = self._read[text, moment] = await self._agent.processor.parse_message(message)
            if len(self._read) > READ_LATELY:
                self._read.popitem(last=False)
        return known
