"""Asking for a person, waiting, talking to an advisor, writing instead."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from journal.entries import AuthorKind, Kind, Mode
from tests.browser.widget.scenes import advisor, closed, waiting
from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway

pytestmark = pytest.mark.browser


def test_a_person_is_one_press_away_and_pressing_twice_asks_once(member: Visitor, gateway: RunningGateway) -> None:
    """The right to a human: always visible, one action."""
    member.panel.locator(".bar .handoff").dblclick()
    expect(member.panel.locator(".waiting")).to_be_visible()

    asked = [entry for entry in gateway.entries(member.conversation) if entry.kind is Kind.HANDOFF_REQUESTED]
    assert len(asked) == 1
    expect(member.panel.locator(".speaker")).to_have_text("En attente d’un conseiller")


def test_who_waits_sees_the_place_an_honest_range_and_three_ways_on(member: Visitor, gateway: RunningGateway) -> None:
    """And what the advisor will see."""
    waiting(member, gateway)

    card = member.panel.locator(".waiting")
    expect(card).to_contain_text("Vous êtes la prochaine personne.")
    expect(card).to_contain_text(re.compile(r"Attente estimée.: .*minutes"))
    assert card.get_by_role("button").all_inner_texts() == ["Continuer à attendre", "Écrire un message sécurisé", "Revenir à l’assistant"]
    member.log.get_by_text("Ce qui est transmis au conseiller").click()
    expect(member.log).to_contain_text("« Je veux parler à quelqu'un »")


def test_a_wait_nobody_can_estimate_is_said_as_such(member: Visitor) -> None:
    """No number rather than an invented one."""
    member.ask_for_a_person()

    expect(member.panel.locator(".waiting")).to_contain_text("Le temps d’attente n’est pas connu")


def test_choosing_to_wait_folds_the_card_and_the_options_come_back(member: Visitor, gateway: RunningGateway) -> None:
    """The place stays in sight."""
    waiting(member, gateway)
    member.button("Continuer à attendre").click()
    expect(member.panel.locator(".waiting")).to_be_hidden()
    expect(member.panel.locator(".bar")).to_contain_text("C’est bientôt à vous")
    expect(member.button("Mes options")).to_be_focused()
    member.button("Mes options").click()

    expect(member.button("Continuer à attendre")).to_be_focused()


def test_going_back_to_the_assistant_is_one_press(member: Visitor, gateway: RunningGateway) -> None:
    """Nobody is held in a queue."""
    waiting(member, gateway)
    member.button("Revenir à l’assistant").click()

    expect(member.log).to_contain_text("Vous parlez de nouveau à l’assistant automatique.")
    expect(member.panel.locator(".waiting")).to_be_hidden()


def test_writing_instead_gives_a_date(member: Visitor, gateway: RunningGateway) -> None:
    """A date rather than a delay, kept in sight."""
    waiting(member, gateway)
    member.button("Écrire un message sécurisé").click()

    expect(member.log).to_contain_text(re.compile(r"répondra par écrit au plus tard le \w+ \d+"))
    expect(member.panel.locator(".bar")).to_contain_text("Réponse écrite")
    expect(member.panel.locator(".speaker")).to_have_text("Message sécurisé")
    assert gateway.run(gateway.journal.conversation(member.conversation)).mode is Mode.WRITTEN


def test_another_question_can_be_asked_meanwhile(member: Visitor, gateway: RunningGateway) -> None:
    """A written request must not close the assistant."""
    waiting(member, gateway)
    member.button("Écrire un message sécurisé").click()
    first = member.conversation
    member.panel.locator(".bar").get_by_role("button", name="Nouvelle question").click()

    expect(member.panel.locator(".bar .handoff")).to_be_visible()
    expect(member.log.locator(".bubble")).to_have_count(1)
    assert member.conversation != first


def test_the_change_of_speaker_is_said(member: Visitor, gateway: RunningGateway) -> None:
    """A member always knows whether a person is there."""
    advisor(member, gateway)

    expect(member.panel.locator(".speaker")).to_have_text("Camille, conseillère")
    expect(member.log).to_contain_text("Vous parlez maintenant à Camille, conseillère.")
    expect(member.panel.locator(".typing")).to_have_text("Camille écrit")
    expect(member.log.get_by_role("button", name="Suivre un remboursement")).to_be_disabled()


def test_a_finished_talk_can_be_rated_or_taken_up_again(member: Visitor, gateway: RunningGateway) -> None:
    """The opinion is optional and asked once."""
    closed(member, gateway)
    expect(member.log).to_contain_text("Pour continuer, écrivez simplement votre message.")
    form = member.panel.get_by_role("form", name="Votre avis")
    form.get_by_label("Plutôt oui").check(force=True)
    form.get_by_label("Que pourrions-nous améliorer ?").fill("Rien, merci.")
    form.get_by_role("button", name="Envoyer mon avis").click()

    expect(form).to_be_hidden()
    rated = [entry.body for entry in gateway.entries(member.conversation) if entry.kind is Kind.RATING]
    assert [(body["score"], body["comment"]) for body in rated if body] == [(4, "Rien, merci.")]
    member.write("Une dernière chose")
    expect(member.log).to_contain_text("La conversation reprend.")


def test_private_notes_leave_neither_trace_nor_hole(member: Visitor, gateway: RunningGateway) -> None:
    """What advisors write between them is not a missing message."""
    gateway.write(member.conversation, Kind.NOTE, {"text": "Attention, mécontent"}, AuthorKind.ADVISOR, "Camille")
    gateway.answer(member.conversation, "Après la note.")

    expect(member.log).to_contain_text("Après la note.")
    expect(member.log).not_to_contain_text("mécontent")
