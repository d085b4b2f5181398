"""Partners, agencies and services: nobody's personal file, so no member is named."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from kernel.errors import Malformed, NotFound, Unavailable
from member_api.client import MemberApiClient
from member_api.contract import Around, PractitionerFilter, PractitionerKind, ServiceName
from tests.integration.member_api.conftest import Sandbox

POITIERS = Around(town="poitiers")


async def test_the_nearest_come_first(any_sandbox: Sandbox) -> None:
    """« Un dentiste près de Poitiers »: those of the town, then those around, each with its distance."""
    wanted = PractitionerFilter(kind=PractitionerKind.DENTIST, around=POITIERS)
    page = await any_sandbox.client.practitioners(wanted, limit=10)
    distances = [one.distance_km or 0.0 for one in page.practitioners]

    assert len(page.practitioners) == 10
    assert [one.place.town for one in page.practitioners[:3]] == ["Poitiers"] * 3
    assert all(near <= far for near, far in pairwise(distances))
    assert {one.kind for one in page.practitioners} == {PractitionerKind.DENTIST}
    following = await any_sandbox.client.practitioners(wanted, limit=10, cursor=page.next_cursor)
    assert not {one.id for one in page.practitioners} & {one.id for one in following.practitioners}


@pytest.mark.parametrize("around", [
    Around(town="La Rochelle", within_km=10), Around(town="la rochelle", within_km=10), Around(postal_code="17000", within_km=10),
    Around(latitude=46.16, longitude=-1.15, within_km=10)])
async def test_a_place_is_named_pointed_at_or_given_by_its_code(sandbox: Sandbox, around: Around) -> None:
    """The phone's position, or a town as people write it."""
    found = (await sandbox.client.practitioners(PractitionerFilter(around=around), limit=100)).practitioners

    assert {one.place.town for one in found} == {"La Rochelle"}
    assert max(one.distance_km or 0 for one in found) <= 10


async def test_filters_narrow_together(sandbox: Sandbox) -> None:
    """An accessible optician who signs, on a Saturday."""
    saturday = datetime(2026, 11, 28, 10, 30, tzinfo=UTC)
    wanted = PractitionerFilter(kind=PractitionerKind.OPTICIAN, is_accessible=True, open_at=saturday)
    found = (await sandbox.client.practitioners(wanted, limit=100)).practitioners
    signing = (await sandbox.client.practitioners(PractitionerFilter(language="lsf"), limit=100)).practitioners

    assert found
    assert all(one.is_accessible and any(span.weekday == "sat" for span in one.opening_hours) for one in found)
    assert all("lsf" in one.languages for one in signing)
    assert all(one.advantages and one.distance_km is None for one in found)
    by_name = (await sandbox.client.practitioners(PractitionerFilter(name="OPTIQUE de la gare"), limit=100)).practitioners
    assert {one.name for one in by_name} == {"Optique de la Gare"}


async def test_a_place_we_cannot_locate_is_said_to_be_so(sandbox: Sandbox) -> None:
    """Better « I do not know where that is » than the wrong end of France."""
    with pytest.raises(NotFound, match="place_unknown"):
        await sandbox.client.practitioners(PractitionerFilter(around=Around(town="Trifouillis-les-Oies")))
    with pytest.raises(NotFound):
        await sandbox.client.agencies(Around(postal_code="99999"))
    with pytest.raises(Malformed):
        await sandbox.client.practitioners(PractitionerFilter(around=Around(latitude=46.0)))


async def test_agencies_near_a_town(sandbox: Sandbox) -> None:
    """The agency of one's town first; hours and telephone with each."""
    agencies = await sandbox.client.agencies(Around(town="Tours"))

    assert agencies[0].name == "Agence de Tours"
    assert all(one.opening_hours and one.phone for one in agencies)
    assert len(await sandbox.client.agencies()) == len(agencies) == 6


async def test_a_known_outage_is_told_until_it_is_over(sandbox: Sandbox) -> None:
    """« Le site est en panne ? »: what is down, since when, and what was."""
    status = await sandbox.client.service_status()
    up = {service.name: service.is_up for service in status.services}

    assert up == {ServiceName.MEMBER_AREA: True, ServiceName.APPLICATION: False, ServiceName.DIRECT_BILLING: True, ServiceName.PAYMENTS: True}
    assert [(outage.service, outage.ended_at is None) for outage in status.outages] == [
        (ServiceName.APPLICATION, True), (ServiceName.MEMBER_AREA, False)]


async def test_only_our_service_asks(without_service: MemberApiClient, sandbox: Sandbox) -> None:
    """Public to members is not public to everybody."""
    with pytest.raises(Unavailable):
        await without_service.practitioners(PractitionerFilter())
