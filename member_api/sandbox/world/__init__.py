"""
The fictional world: ``world.yml``, ``families.yml`` and ``places.yml`` say who and what there is; the rest turns them into
rows as they stand on the day of seeding. The same day gives the same rows.
"""

from __future__ import annotations

from member_api.sandbox.world.catalogue import load_world
from member_api.sandbox.world.promises import WRITTEN_ANSWER_HOURS, complaint_due, written_due
from member_api.sandbox.world.rows import Row, Seeding

__all__ = ["WRITTEN_ANSWER_HOURS", "Row", "Seeding", "complaint_due", "load_world", "written_due"]
