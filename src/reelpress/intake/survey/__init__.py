"""What is in a folder that nobody knows, and how it could be read.

folder ── walk ──▶ files ── look ──▶ headers and texts ── survey ──▶ Survey, with a map
"""

from reelpress.intake.survey.found import Counted, KeySeen, Pictures, Someone, Survey
from reelpress.intake.survey.proposal import scalar, written
from reelpress.intake.survey.surveyor import survey

__all__ = ["Counted", "KeySeen", "Pictures", "Someone", "Survey", "scalar", "survey", "written"]
