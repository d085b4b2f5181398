"""Days promised to members, as the rest of the house counts them. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kernel.calendar import PARIS, complaint_dates, due_after_business_hours, is_business_day

WRITTEN_ANSWER_HOURS = 48


def complaint_due(asked_at: datetime) -> date:
    """Give the day a complaint is answered by."""
    return complaint_dates(asked_at.astimezone(PARIS).date()).answer


def written_due(asked_at: datetime) -> date:
    """Give the day a written request is answered by."""
    return due_after_business_hours(asked_at, WRITTEN_ANSWER_HOURS).by


def business_day(day: date, *, back: bool = False) -> date:
    """Give *day* when people work, else the next such day, or the one before."""
    while not is_business_day(day):
        day += timedelta(days=-1 if back else 1)
    return day
