"""Appointments: a slot is taken once even when two race, moved without being lost, cancelled in time."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from kernel.errors import Conflict, NotFound
from member_api.contract import Appointment, AppointmentStatus, Way
from tests.integration.member_api.conftest import Sandbox
from tests.integration.member_api.mailbox import messages

KEY = "summary-1-appointment"


async def test_slots_are_found_by_way_town_and_day(sandbox: Sandbox) -> None:
    """« Un rendez-vous à Niort jeudi » becomes a short list."""
    caller = sandbox.caller()
    phone = await sandbox.client.slots(caller, way=Way.PHONE)
    poitiers = await sandbox.client.slots(caller, agency="poitiers", since=date(2026, 12, 1))

    assert {slot.way for slot in phone} == {Way.PHONE}
    assert {slot.agency for slot in poitiers} == {"Poitiers"}
    assert min(slot.starts_at.date() for slot in poitiers) >= date(2026, 12, 1)
    assert await sandbox.client.slots(caller, agency="Niort") == ()


async def test_a_slot_is_taken_once_even_when_two_race(any_sandbox: Sandbox) -> None:
    """Six members, one half hour: one comes, five are told to choose again."""
    slot = (await any_sandbox.client.slots(any_sandbox.caller(), way=Way.VIDEO))[0]
    tries = await asyncio.gather(*(
        any_sandbox.client.book(any_sandbox.caller(f"demo-{number}"), slot.id, "Mes garanties", key=KEY) for number in range(1, 7)),
        return_exceptions=True)

    assert len([one for one in tries if isinstance(one, Appointment)]) == 1
    assert [str(one) for one in tries if isinstance(one, Exception)] == ["slot_taken"] * 5
    assert slot.id not in {one.id for one in await any_sandbox.client.slots(any_sandbox.caller(), way=Way.VIDEO)}


async def test_booking_repeated_books_once(any_sandbox: Sandbox) -> None:
    """Raced under one key and after a lost answer: the member is not refused his own slot."""
    slot = (await any_sandbox.client.slots(any_sandbox.caller()))[0]
    await any_sandbox.fail("lost_answer", 2)
    booked = await asyncio.gather(*(any_sandbox.client.book(any_sandbox.caller(), slot.id, "Un devis", key=KEY) for _ in range(4)))

    assert len({one.id for one in booked}) == 1
    assert [one.id for one in await any_sandbox.client.appointments(any_sandbox.caller())] == [booked[0].id]
    assert len(await messages(any_sandbox)) == 2  # one SMS, one e-mail


async def test_an_appointment_is_moved_and_its_first_slot_is_free_again(any_sandbox: Sandbox) -> None:
    """Both devices of the couple end on the same hour; the calendar file replaces the first one."""
    api, caller = any_sandbox.client, any_sandbox.caller("demo-3")
    first, second, third = (await api.slots(caller, way=Way.PHONE))[:3]
    booked = await api.book(caller, first.id, "Résilier ou non", key=KEY)
    await api.book(any_sandbox.caller("demo-1"), third.id, "Autre", key=KEY)
    moved = await api.move(caller, booked.id, second.id, key=f"{KEY}-2")
    with pytest.raises(Conflict, match="slot_taken"):
        await api.move(caller, booked.id, third.id, key=f"{KEY}-3")
    free = {slot.id for slot in await api.slots(caller, way=Way.PHONE)}

    assert (moved.id, moved.slot.id) == (booked.id, second.id)
    assert (first.id in free, second.id in free) == (True, False)
    assert ("SEQUENCE:0" in booked.calendar, "SEQUENCE:1" in moved.calendar) == (True, True)
    assert booked.calendar.split("UID:")[1][:20] == moved.calendar.split("UID:")[1][:20]
    assert [one.slot.id for one in await api.appointments(caller)] == [second.id]


async def test_an_appointment_is_cancelled_in_time(sandbox: Sandbox) -> None:
    """Twice is once; nobody else's; not when the advisor already waits."""
    api, caller = sandbox.client, sandbox.caller()
    slot = (await api.slots(caller, way=Way.PHONE))[0]
    booked = await api.book(caller, slot.id, "Mes garanties", key=KEY)
    with pytest.raises(NotFound):
        await api.cancel_appointment(sandbox.caller("demo-2"), booked.id, key=f"{KEY}-1")
    cancelled = await api.cancel_appointment(caller, booked.id, key=f"{KEY}-2")
    again = await api.cancel_appointment(caller, booked.id, key=f"{KEY}-3")
    second = await api.book(caller, slot.id, "Mes garanties", key=f"{KEY}-4")
    sandbox.clock.advance(second.changeable_until - sandbox.clock.now())
    with pytest.raises(Conflict, match="too_late"):
        await api.cancel_appointment(sandbox.caller(), second.id, key=f"{KEY}-5")

    assert cancelled.status is again.status is AppointmentStatus.CANCELLED
    assert "METHOD:CANCEL" in cancelled.calendar
    assert second.changeable_until == slot.starts_at - timedelta(hours=2)
