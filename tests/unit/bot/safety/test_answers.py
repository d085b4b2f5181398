"""What somebody in danger reads first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.safety import Danger, answer, way_to_a_person
from kernel.organisation import Organisation, Section, load_organisation


@pytest.fixture(scope="module")
def insurer() -> Organisation:
    """The installation's insurer."""
    return load_organisation()


def with_numbers(insurer: Organisation, **numbers: Any) -> Organisation:
    """Give *insurer* with other public numbers."""
    return replace(insurer, raw=Section({**insurer.raw, "public_numbers": Section(numbers)}))


def numbers_of(body: dict[str, Any]) -> list[str]:
    """Give the numbers shown as links."""
    return [one["number"] for one in body["numbers"]]


@pytest.mark.parametrize(("danger", "numbers", "quick_exit", "said"), [
    (Danger("urgence_medicale"), ["15", "112", "114"], False, "Je ne peux pas évaluer un état de santé."),
    (Danger("urgence_medicale", "poisoning"), ["15", "112", "114"], False, "intoxication"),
    (Danger("detresse"), ["3114", "15", "112", "114"], False, "Ce que vous dites est important."),
    (Danger("violences_danger"), ["17", "112", "114", "3919"], True, "Écoute et conseil"),
    (Danger("violences_danger", "child"), ["119", "17", "112", "114"], True, "24h/24"),
    (Danger("violences_danger", "threat"), ["17", "112"], False, "menace"),
])
def test_each_danger_has_its_fixed_text_and_numbers(
        insurer: Organisation, danger: Danger, numbers: list[str], quick_exit: bool, said: str) -> None:
    """Fixed by the regulation notes: never composed, never guessed."""
    body = answer(danger, insurer)

    assert set(body) == {"topic", "text", "numbers", "quick_exit"}
    assert body["topic"] == danger.topic
    assert numbers_of(body) == numbers
    assert all(number in body["text"] for number in numbers[:2])
    assert body["quick_exit"] is quick_exit
    assert said in body["text"].replace("\u00a0", " ")


@pytest.mark.parametrize("topic", ["urgence_medicale", "detresse", "violences_danger"])
def test_a_reminder_is_one_line(insurer: Organisation, topic: str) -> None:
    """The normal answer follows: the reminder must not bury it."""
    body = answer(Danger(topic, is_reminder=True), insurer)

    assert "\n" not in body["text"]
    assert len(body["text"]) < 200
    assert body["numbers"]


def test_the_numbers_are_the_insurers_own_when_given(insurer: Organisation) -> None:
    """An overseas insurer has other numbers; one missing from the file is not missing from the answer."""
    body = answer(Danger("urgence_medicale"), with_numbers(insurer, samu="0590 15"))

    assert numbers_of(body) == ["0590 15", "112", "114"]
    assert "0590 15" in body["text"].replace("\u00a0", " ").replace("\u202f", " ")


def test_the_poison_centre_is_told_only_when_it_is_known(insurer: Organisation) -> None:
    """A number is never invented."""
    known = answer(Danger("urgence_medicale", "poisoning"), with_numbers(insurer, poison_centre="05 56 96 40 80"))
    unknown = answer(Danger("urgence_medicale", "poisoning"), insurer)

    assert "05 56 96 40 80" in numbers_of(known)
    assert "Centre antipoison" in known["text"]
    assert "antipoison" not in unknown["text"]


def test_a_second_danger_adds_its_numbers(insurer: Organisation) -> None:
    """Beaten and bleeding: 17 and 15. The page can be left quickly whichever comes first."""
    body = answer(Danger("urgence_medicale", also=("violences_danger",)), insurer)

    assert numbers_of(body) == ["15", "112", "114", "17"]
    assert body["quick_exit"] is True


def test_an_unknown_variant_has_its_topics_text(insurer: Organisation) -> None:
    """Rules may gain a variant before the texts do."""
    assert answer(Danger("detresse", "new"), insurer) == answer(Danger("detresse"), insurer)


def test_the_way_to_a_person_is_the_one_offered_everywhere() -> None:
    """Clients know what to do with it: it works even with every worker dead."""
    button = way_to_a_person()

    assert (button.title, button.act, button.rasa_payload) == ("Parler à un conseiller", "handoff", "/parler_humain")
