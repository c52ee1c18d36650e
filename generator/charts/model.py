"""The chart of a model: the tasks that list it."""

from generator import formats
from generator.addresses import model_chart_id, model_path
from generator.charts.dumbbell import LEGEND, dumbbell
from generator.charts.style import Words, colour_of, finished
from generator.models import Chart, ModelReport, Report, ShareRow


def model_chart(report: Report, model: ModelReport) -> Chart:
    """The tasks that list a model, by its share of the task's requests, tokens beside."""
    first = model.listings[0]
    tied = [listing.label for listing in model.listings if listing.share.requests == first.share.requests]
    shown = "; ".join(
        f"{listing.label}: {formats.percent(listing.share.requests)} of requests, "
        f"{formats.percent(listing.share.tokens)} of tokens"
        for listing in model.listings[:3]
    )
    words = Words(
        title=f"{model.name} has its largest share in {formats.listed(tied)}: "
        f"{formats.percent(first.share.requests)} of requests",
        subtitle=f"{LEGEND}: share of each task's requests and tokens, in the "
        f"{formats.plural(len(model.listings), 'task')} that list the model, "
        + formats.window_words(report.window_days, report.as_of),
        description=f"{formats.plural(len(model.listings), 'row')}, one a task, by requests. {shown}.",
    )
    rows = [ShareRow(item.tag, item.label, item.share, colour_of(item.category)) for item in model.listings]
    return finished(model_chart_id(model.id), model_path(model.id), words, dumbbell(rows), report)
