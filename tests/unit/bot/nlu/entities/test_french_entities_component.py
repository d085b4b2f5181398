"""Our entity extractor inside Rasa."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.validation import validate
from rasa.shared.data import TrainingType
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components.french_entities import FrenchEntities
from kernel.clock import SetClock
from kernel.paths import ROOT

LATE_AT_NIGHT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already the 24th in Paris


def read(text: str, **extra: object) -> list[dict[str, object]]:
    """Read *text* late at night, with *extra* properties of the message."""
    message = Message({"text": text, **extra})
    return FrenchEntities(SetClock(LATE_AT_NIGHT)).process([message])[0].get("entities")


def test_rasa_accepts_it_in_the_pipeline() -> None:
    """After the classifier, as the report of `rasa train` would say."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    names = [part["name"] for part in config["pipeline"]]
    ours = "bot.nlu.components.french_entities.FrenchEntities"
    config["pipeline"] += [] if ours in names else [{"name": ours}]

    validate(DefaultV1Recipe().graph_config_for_recipe(config, {}, training_type=TrainingType.BOTH))


def test_an_entity_has_rasa_s_form_and_those_already_found_stay() -> None:
    """The dialogue keeps the requests that wait beside the days of this one."""
    waiting = {"entity": "next_request", "value": "carte_tp"}

    assert read("hier", entities=[waiting]) == [waiting, {
        "entity": "date", "value": {"from": "2026-11-23", "to": "2026-11-23"}, "start": 0, "end": 4, "extractor": "FrenchEntities"}]


def test_the_day_is_that_of_france() -> None:
    """At half past midnight in Poitiers, « aujourd'hui » is no longer the day of Greenwich."""
    assert read("aujourd'hui")[0]["value"] == {"from": "2026-11-24", "to": "2026-11-24"}


def test_a_message_read_again_later_keeps_its_own_day() -> None:
    """« hier » is counted from when it was written, not from when the worker came back."""
    assert read("hier", metadata={"moment": "2026-03-02T10:00:00+00:00"})[0]["value"] == {"from": "2026-03-01", "to": "2026-03-01"}


@pytest.mark.parametrize("metadata", [None, "x", {}, {"moment": None}, {"moment": "yesterday"}, {"moment": "2026-03-02"}, {"moment": 12}])
def test_metadata_of_a_channel_never_stop_a_message(metadata: object) -> None:
    """Anybody may write them on the stock channels: what is no moment is as if it were not there."""
    assert read("aujourd'hui", metadata=metadata)[0]["value"] == {"from": "2026-11-24", "to": "2026-11-24"}


def test_an_empty_message_has_no_entity(tmp_path: object) -> None:
    """A button without words, made as Rasa makes its components."""
    storage = LocalModelStorage.create(tmp_path)
    component = FrenchEntities.create({}, storage, Resource("entities"), ExecutionContext(GraphSchema({})))

    assert component.process([Message({})])[0].get("entities") == []
