"""Ids, clocks, logs, errors: small pieces everything stands on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from kernel import errors
from kernel.clock import SetClock, SystemClock
from kernel.ids import new_id
from kernel.logs import configure_logs, describe, logger

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_ids_say_what_they_name_and_cannot_be_guessed() -> None:
    """A conversation's id is in a page's memory; the next one must not follow from it."""
    drawn = {new_id("c") for _ in range(1000)}

    assert len(drawn) == 1000
    assert all(one.startswith("c_") and len(one) == 24 for one in drawn)


def test_a_set_clock_stands_still_and_never_goes_back() -> None:
    """Tests and simulated conversations decide what time it is."""
    clock = SetClock(NOON.astimezone(timezone(timedelta(hours=1))))
    clock.advance(timedelta(minutes=5))

    assert clock.now() == NOON + timedelta(minutes=5)
    assert clock.now().tzinfo is UTC
    with pytest.raises(ValueError, match="back"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="aware"):
        SetClock(datetime(2026, 11, 23))  # noqa: DTZ001


def test_the_systems_clock_is_aware() -> None:
    """A naive moment is a bug."""
    assert SystemClock().now().tzinfo is UTC


def test_logs_cannot_carry_a_members_words(capsys: pytest.CaptureFixture[str]) -> None:
    """A field that is not on the list is not written, whoever passes it."""
    configure_logs()
    logger("test").info("turn_answered", duration_ms=12, text="mon secret", conversation_id="c_1", body={"text": "mon secret"})

    line = json.loads(capsys.readouterr().err.strip().splitlines()[-1])
    assert (line["event"], line["duration_ms"], line["conversation_id"]) == ("turn_answered", 12, "c_1")
    assert "secret" not in str(line)


def test_an_error_is_described_without_its_message() -> None:
    """Exceptions quote what they were given."""
    error = errors.Unavailable("mon secret")
    error.__cause__ = KeyError("mon secret")

    assert describe(error) == "Unavailable < KeyError"


def test_every_error_has_its_own_code() -> None:
    """Codes are public and stable: a client decides by them."""
    found: list[type[errors.ServiceError]] = [
        one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.ServiceError)]

    assert len({one.code for one in found}) == len(found)
    assert all(400 <= one.status < 600 for one in found)
