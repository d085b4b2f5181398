"""The fictional world: ``world.yml`` says who there is; the rest turns it into rows as it stands on the day of seeding."""

from __future__ import annotations

from member_api.sandbox.world.rows import WRITTEN_ANSWER_HOURS, Row, Seeding, complaint_due, load_world, written_due

__all__ = ["WRITTEN_ANSWER_HOURS", "Row", "Seeding", "complaint_due", "load_world", "written_due"]
