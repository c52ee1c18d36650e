"""What an unattended run says: its summary, what it hands on, the message of a data commit, the tracker issue.

Comes in: what happened, as dataclasses. Goes out: text in which nothing that the source, GitHub or git said is more
than text: no HTML, no Markdown, no mention, no command to a CI log. The summary and what is handed on are added to the
files that GitHub Actions names; everything else is pure.
"""

from .commit import commit_message
from .leaving import add_outputs, add_summary
from .summary import summary_html
from .tracker import FRESH_COMMIT, MARKER, TITLE, Failure, Step, failures_of, job_results, next_step

__all__ = [
    "FRESH_COMMIT",
    "MARKER",
    "TITLE",
    "Failure",
    "Step",
    "add_outputs",
    "add_summary",
    "commit_message",
    "failures_of",
    "job_results",
    "next_step",
    "summary_html",
]
