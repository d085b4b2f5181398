"""The member's own reimbursements: where they are, why late, how much and why, the list of them, the year they make."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.services.reimbursements import follow_button, followed_ids
from bot.actions.turn import say_card, say_phrase, text_of
from bot.actions.wanted import Wanted, wanted
from bot.phrasing.phrasebook import Button
from bot.phrasing.reimbursement_steps import agreement_of, line_card
from bot.phrasing.reimbursements import MOST, history_card, late, overview_card, progress_card, waiting
from kernel.french import day
from kernel.organisation import organisation
from member_api.contract import CoveredPerson, LateReason, Reimbursement, ReimbursementStatus

PERSON = Button("Parler à un conseiller", act="handoff")
TERMS = Button("Comprendre les mots", topic="decompte_sigles")
COMPLAINT = Button("Enregistrer une réclamation", topic="reclamation_deposer")
PDF = Button("Mon décompte en PDF", topic="decompte_pdf")
YEAR = Button("Le bilan de l'année", topic="conso_analyser")
HISTORY = Button("Voir mon historique", topic="remb_historique")
WHY = Button("Expliquer le montant", topic="remb_montant")
BANK = Button("Donner mon RIB", topic="rib_changer")
LINK = Button("La télétransmission", topic="teletransmission")
OF_REASON = {LateReason.BANK_DETAILS_MISSING: BANK, LateReason.NO_NOEMIE_LINK: LINK}


@dataclass(frozen=True)
class Look:
    """What is read to answer: *lines* (latest care first) of whom and what the message names, whatever the period."""

    lines: list[Reimbursement]
    people: tuple[CoveredPerson, ...]
    wanted: Wanted

    @property
    def names(self) -> dict[str, str]:
        """Give first names by person; none when the contract covers one person only."""
        return {one.id: one.first_name for one in self.people} if len(self.people) > 1 else {}

    def name(self, line: Reimbursement) -> str:
        """Give the first name of the person cared for."""
        return next((one.first_name for one in self.people if one.id == line.beneficiary_id), "vous")


Showing = Callable[[Ports, CollectingDispatcher, str, Look], Awaitable[None]]


async def look(ports: Ports, tracker: Tracker) -> Look | None:
    """Read the lines the message is about; None without a file."""
    if ports.file is None:
        return None
    people = await ports.file.read("beneficiaries", lambda members, caller: members.beneficiaries(caller))
    lines = await ports.file.read("reimbursements", lambda members, caller: members.reimbursements(caller))
    asked = wanted(text_of(tracker), tracker.latest_message.get("entities") or (), people)
    return Look(asked.of_care(asked.of_person(lines)), people, asked)


async def _answer(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str, show: Showing) -> bool:
    """Say first what cannot be shown, then *show* what can."""
    seen = await look(ports, tracker)
    if seen is None:
        return False
    if seen.wanted.unseen and not seen.wanted.people:
        say_phrase(say, ports.phrase("remb_unseen_person", who=seen.wanted.unseen[0]), topic=topic)
    elif seen.wanted.has_stranger:
        say_phrase(say, ports.phrase("remb_stranger"), topic=topic)
    elif not seen.lines:
        say_phrase(say, ports.phrase("remb_nothing_such" if seen.wanted.care or seen.wanted.people else "no_reimbursement"), topic=topic)
    else:
        await show(ports, say, topic, seen)
    return True


def _near_period(ports: Ports, say: CollectingDispatcher, topic: str, seen: Look, lines: list[Reimbursement]) -> list[Reimbursement]:
    """Give the *lines* of the day named; when there is none, say so for a single day, and give them all: « depuis trois semaines »."""
    found = seen.wanted.of_period(lines, also_paid=True)
    if found or seen.wanted.period is None:
        return found
    first, last = seen.wanted.period
    if first == last and first < _today(ports):
        say_phrase(say, ports.phrase("remb_nothing_that_day", that_day=day(first, weekday=False)), topic=topic)
    return lines


def _today(ports: Ports) -> date:
    return ports.context.now.astimezone(organisation().timezone).date()


async def _progress(ports: Ports, say: CollectingDispatcher, topic: str, seen: Look) -> None:
    """Where my reimbursement is: what waits, else the last one paid."""
    named = seen.wanted.of_period(seen.lines, also_paid=True) if seen.wanted.period or seen.wanted.care else []
    lines = waiting(named) or waiting(seen.lines) if not named else waiting(named) or named[:1]
    shown = _near_period(ports, say, topic, seen, lines or seen.lines[:1])[:MOST]
    is_over = not waiting(shown)
    name = "remb_all_paid" if is_over and not named else "reimbursement_shown"
    say_phrase(say, ports.phrase(name), topic=topic)
    await _show_progress(ports, say, topic, seen, shown)


async def _lateness(ports: Ports, say: CollectingDispatcher, topic: str, seen: Look) -> None:
    """Why it is late; or that it is not late yet, or that nothing waits."""
    behind, coming = late(seen.lines), waiting(seen.lines)
    name = "reimbursement_late" if behind else "remb_not_late" if coming else "remb_nothing_waits"
    say_phrase(say, ports.phrase(name), topic=topic)
    await _show_progress(ports, say, topic, seen, (behind or coming or seen.lines)[:MOST if behind or coming else 1])


async def _show_progress(ports: Ports, say: CollectingDispatcher, topic: str, seen: Look, lines: list[Reimbursement]) -> None:
    followed = await followed_ids(ports) if late(lines) else set()
    for line in lines:
        card = progress_card(line, seen.name(line), is_followed=line.id in followed)
        say_card(say, card, _next_steps(line, followed, is_late_topic=topic == "remb_retard"), topic=topic)


def _next_steps(line: Reimbursement, followed: set[str], *, is_late_topic: bool) -> tuple[Button, ...]:
    if line.late_reason is None:
        return (COMPLAINT, PERSON) if is_late_topic else (WHY, PERSON)
    by_reason = OF_REASON.get(line.late_reason)
    follow = None if line.id in followed or by_reason is BANK else follow_button(line.id)
    return tuple(one for one in (by_reason, follow, COMPLAINT if is_late_topic else None, PERSON) if one)


async def _amounts(ports: Ports, say: CollectingDispatcher, topic: str, seen: Look) -> None:
    """Why this amount: the line told by its amount, its day or its care, else the latest that left something to pay."""
    told = [line for line in seen.lines if line.status in (ReimbursementStatus.PAID, ReimbursementStatus.REFUSED, ReimbursementStatus.PROCESSED)]
    lines = _near_period(ports, say, topic, seen, told or seen.lines)
    is_precise = seen.wanted.period or seen.wanted.amounts or seen.wanted.care
    lines = seen.wanted.of_amount(lines) if is_precise else sorted(lines, key=lambda line: line.out_of_pocket == 0)
    await _explain(ports, say, topic, seen, lines[:1])


async def _statement(ports: Ports, say: CollectingDispatcher, topic: str, seen: Look) -> None:
    """Explain the lines of the day, the care, the person named; else the latest statement."""
    found = _near_period(ports, say, topic, seen, seen.lines)
    if seen.wanted.period is None and not seen.wanted.care:
        paid = [line for line in seen.lines if line.statement_id]
        found = [line for line in paid if line.statement_id == paid[0].statement_id] if paid else found
    is_one = seen.wanted.care and not seen.wanted.period  # « la ligne pharmacie »: the latest
    await _explain(ports, say, topic, seen, found[:1 if is_one else MOST])


async def _explain(ports: Ports, say: CollectingDispatcher, topic: str, seen: Look, lines: list[Reimbursement]) -> None:
    """Show how each line is computed; one that does not hold is handed over, never explained."""
    agreed = [(line, found) for line in lines if (found := agreement_of(line))]
    if agreed:
        say_phrase(say, ports.phrase("remb_explained"), topic=topic)
    for line, found in agreed:
        say_card(say, line_card(line, found, seen.name(line)), (TERMS, PDF, COMPLAINT, PERSON), topic=topic)
    for line in lines:
        if line.id not in {one.id for one, _ in agreed}:
            say_phrase(say, ports.phrase("remb_does_not_hold", care=line.care, that_day=day(line.care_on, weekday=False)), topic=topic)


async def _history(ports: Ports, say: CollectingDispatcher, topic: str, seen: Look) -> None:
    """List what is asked for, latest first."""
    lines = seen.wanted.of_period(seen.lines)
    if not lines:
        say_phrase(say, ports.phrase("remb_nothing_such"), topic=topic)
        return
    say_phrase(say, ports.phrase("remb_listed", count=len(lines)), topic=topic)
    say_card(say, history_card(lines, seen.names, _history_title(seen.wanted)), (PDF, YEAR, PERSON), topic=topic)


def _history_title(asked: Wanted) -> str:
    *others, last = [one.first_name for one in asked.people] or [""]
    who = f"{', '.join(others)} et {last}" if others else last
    when = f"du {day(asked.period[0], weekday=False)} au {day(asked.period[1], weekday=False)}" if asked.period else "du plus récent au plus ancien"
    return ", ".join(part for part in ("Remboursements", who, when) if part)


async def show_year(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show a year by kind of care: figures, no opinion (D28)."""
    seen = await look(ports, tracker)
    if seen is None or ports.file is None:
        return False
    year = seen.wanted.period[1].year if seen.wanted.period else _today(ports).year
    person = seen.wanted.people[0] if len(seen.wanted.people) == 1 else None
    overview = await ports.file.read("overview", lambda members, caller: members.overview(
        caller, year=year, beneficiary_id=person.id if person else None))
    headings = {line.covered_as for line in seen.lines} if seen.wanted.care else {one.covered_as for one in overview.totals}
    totals = [one for one in overview.totals if one.covered_as in headings]
    if not totals:
        say_phrase(say, ports.phrase("remb_nothing_such"), topic=topic)
        return True
    say_phrase(say, ports.phrase("year_shown", year=year), topic=topic)
    say_card(say, overview_card(overview, totals, person.first_name if person else None), (HISTORY, PDF, PERSON), topic=topic)
    return True


async def show_progress(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Answer « où en est mon remboursement ? »."""
    return await _answer(ports, tracker, say, topic, _progress)


async def show_lateness(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Answer « je n'ai toujours rien reçu »."""
    return await _answer(ports, tracker, say, topic, _lateness)


async def show_amounts(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Answer « pourquoi seulement 9 euros ? »."""
    return await _answer(ports, tracker, say, topic, _amounts)


async def show_statement(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Answer « expliquez-moi mon décompte »."""
    return await _answer(ports, tracker, say, topic, _statement)


async def show_history(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Answer « mes remboursements de mars »."""
    return await _answer(ports, tracker, say, topic, _history)


READINGS = {"remb_suivi": show_progress, "remb_retard": show_lateness, "remb_montant": show_amounts, "decompte_expliquer": show_statement,
            "remb_historique": show_history, "conso_analyser": show_year}
