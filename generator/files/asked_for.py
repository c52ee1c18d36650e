"""What scripts ask for by address: the kept days, the search index, and of every chart its specifications."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.addresses import category_path, day_path, model_path, raw_path, task_path
from generator.files.raw import packed_files
from generator.files.rows import rows_csv
from generator.files.words import in_script, json_in_script, light_colours
from generator.models import Chart, Drawing, File, History, Log, Report


def files_asked_for(
    report: Report, drawn: Mapping[str, tuple[Chart, Drawing]], palette: str, of_history: Sequence[File]
) -> tuple[File, ...]:
    """What scripts ask for: what is known `of_history`, the search index, and of every chart its specifications."""
    index = ("search-index.js", f"self.taskShareSearch={json_in_script(_search_rows(report))};\n")
    return (*of_history, *(File(path, text.encode()) for path, text in (index, *_chart_files(drawn, palette))))


def kept_days(history: History, log: Log) -> File:
    """Every kept day with the file of its last version, an old one packed: what pages that look into them choose from.

    `edition`: the one of its week, which is over. `repeats`: the source sent the day before once more. `page`: its own.
    """
    editions = {edition.as_of: edition.label for edition in log.editions if edition.is_finished}
    pages, packed = log.days_with_pages, packed_files(history, log)
    rows = [
        {"day": day.as_of.isoformat(), "file": raw_path(day.shown.path, is_packed=day.shown.path in packed)}
        | ({"edition": editions[day.as_of]} if day.as_of in editions else {})
        | ({"repeats": True} if day.is_repeat else {})
        | ({"page": day_path(day.as_of)} if day.as_of in pages else {})
        for day in history.days
    ]
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    return File("compare/days.json", f"[\n{lines}\n]\n".encode())


def _search_rows(report: Report) -> list[list[str]]:
    """Name, path and kind of everything that can be searched for."""
    rows = [[category.label, category_path(category.key), "macro-category"] for category in report.categories]
    rows += [
        [task.label, task_path(task.category, task.tag), f"task in {task.category_label}"] for task in report.tasks
    ]
    rows += [[model.name, model_path(model.id), f"model {model.id}"] for model in report.models]
    return rows


def _chart_files(drawn: Mapping[str, tuple[Chart, Drawing]], palette: str) -> Iterator[tuple[str, str]]:
    for chart_id, (chart, drawing) in drawn.items():
        yield f"charts/{chart_id}.json", _portable(chart, palette)
        yield f"charts/{chart_id}.csv", rows_csv(chart)
        spec = in_script(drawing.vega)
        yield f"charts/{chart_id}.vega.js", f"(self.taskShareCharts??={{}})[{json_in_script(chart_id)}]={spec};\n"


def _portable(chart: Chart, palette: str) -> str:
    """The Vega-Lite specification with the colours of the light scheme, for any Vega-Lite viewer."""
    light = light_colours(palette)
    spec = {"$schema": chart.spec["$schema"], "description": chart.description, **chart.spec}
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"var\(--(\w+)\)", lambda match: light[match[1]], text) + "\n"
