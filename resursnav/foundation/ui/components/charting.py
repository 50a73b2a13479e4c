"""Pictures that answer a question: the title says the answer, the table beside holds the numbers."""

from __future__ import annotations

from django.template.context import Context

from resursnav.foundation.ui import charts

from .library import Values, tag


def _rows(chart: charts.Chart) -> list[tuple[str, list[float | None]]]:
    return [(label, [row.values[place] for row in chart.series]) for place, label in enumerate(chart.labels)]


@tag
def bar_chart(context: Context, chart: charts.Chart) -> Values:
    """Bars beside their labels, with the number at each: the picture is its own table."""
    return {"chart": chart, "groups": charts.bars(chart), "several": len(chart.series) > 1}


@tag
def line_chart(context: Context, chart: charts.Chart) -> Values:
    """Change over time, each line named where it ends, with a mark of its own."""
    return {"chart": chart, "frame_": charts.lines(chart), "rows": _rows(chart)}


@tag
def small_multiples(context: Context, chart: charts.Chart) -> Values:
    """The same picture once for each row, on one scale."""
    return {
        "chart": chart,
        "frames": list(zip(chart.series, charts.multiples(chart), strict=True)),
        "rows": _rows(chart),
    }
