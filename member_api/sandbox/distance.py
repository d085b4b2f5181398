"""Where a place is, and how far. Pure; the sandbox knows the positions of its own towns only (world/places.yml)."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from kernel.errors import NotFound
from kernel.towns import fold
from member_api.contract import Around
from member_api.sandbox.world.catalogue import load_places

_EARTH_KM = 6371.0
Point = tuple[float, float]


class PlaceUnknown(NotFound):
    """The insurer does not know where that place is."""

    code = "place_unknown"


def point_of(around: Around) -> Point:
    """Give the position to search around: the point given, else the town's; PlaceUnknown."""
    if around.latitude is not None and around.longitude is not None:
        return around.latitude, around.longitude
    for town in load_places()["towns"]:
        is_named = around.town is not None and fold(around.town) == fold(town["name"])
        if is_named or (around.town is None and around.postal_code == town["postal_code"]):
            return town["at"][0], town["at"][1]
    raise PlaceUnknown


def km_between(here: Point, there: Point) -> float:
    """Give the distance as the crow flies, in kilometres with one decimal."""
    latitude, other = radians(here[0]), radians(there[0])
    half = sin((other - latitude) / 2) ** 2 + cos(latitude) * cos(other) * sin(radians(there[1] - here[1]) / 2) ** 2
    return round(2 * _EARTH_KM * asin(sqrt(half)), 1)
