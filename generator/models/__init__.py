"""The frozen dataclasses that pass between stages. No behaviour but what follows from the fields.

Shares are fractions (0 to 1), as published: three decimals. A share that is not known is None, never 0.
"""

from generator.models.archive import Day, History, Outcome, Stored, StoredSnapshot
from generator.models.chart import Chart, Drawing
from generator.models.report import (
    CarryingModel,
    CategoryReport,
    Change,
    Departed,
    Intensity,
    ListedModel,
    Listing,
    ModelReport,
    Pair,
    Rank,
    Ranks,
    Report,
    State,
    TaskReport,
)
from generator.models.settings import Settings
from generator.models.site import Cell, Column, Figure, File, Link, Mark, Page, SiteWords, Table, Written
from generator.models.snapshot import Category, Download, ModelShare, Snapshot, Task

__all__ = [
    "CarryingModel",
    "Category",
    "CategoryReport",
    "Cell",
    "Change",
    "Chart",
    "Column",
    "Day",
    "Departed",
    "Download",
    "Drawing",
    "Figure",
    "File",
    "History",
    "Intensity",
    "Link",
    "ListedModel",
    "Listing",
    "Mark",
    "ModelReport",
    "ModelShare",
    "Outcome",
    "Page",
    "Pair",
    "Rank",
    "Ranks",
    "Report",
    "Settings",
    "SiteWords",
    "Snapshot",
    "State",
    "Stored",
    "StoredSnapshot",
    "Table",
    "Task",
    "TaskReport",
    "Written",
]
