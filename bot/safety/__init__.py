"""
Danger in a member's words: medical emergency, distress, violence. Pure, deterministic, works with no model at all.

``look(text)`` says whether there is one; ``answer(danger, organisation)`` gives the fixed text to show first. The rules
are data: ``words.yml`` (what words mean), ``signs/*.yml`` (what is danger, and why), ``contexts.yml`` (what is not), and
``weights.tsv`` for what no sign says outright. The first call reads them, in about a second: call once at start.
"""

from bot.safety.answers import answer, way_to_a_person
from bot.safety.danger import Danger, Suspicion, joined, look

__all__ = ["Danger", "Suspicion", "answer", "joined", "look", "way_to_a_person"]
