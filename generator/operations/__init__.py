"""The commands that run unattended, each a function: from what it is given to what it says.

Beside `pipeline` the other place where stages meet. collect: snapshot, store, behind, notify. deploy: pages, (build),
verify, notify. watchdog: watch, notify. By hand: doctor. Each raises GeneratorError for whatever a person has to do
something about.
"""

from generator.git import Repository
from generator.github import GitHub

from .doctor import Subject, doctor
from .live import behind, pages, verify, watch
from .making import built, outcome_line, pulled_line, snapshot, warnings_of
from .notify import Run, notify
from .storing import store

__all__ = [
    "GitHub",
    "Repository",
    "Run",
    "Subject",
    "behind",
    "built",
    "doctor",
    "notify",
    "outcome_line",
    "pages",
    "pulled_line",
    "snapshot",
    "store",
    "verify",
    "warnings_of",
    "watch",
]
