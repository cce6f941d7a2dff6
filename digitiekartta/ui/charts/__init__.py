"""Charts: pure functions from numbers to accessible SVG.

On a page a chart has no fixed width: places are shares of what there is, so that marks and texts
keep their size on a phone. For a document give ``width`` (and a ``palette``): the same marks then
stand at fixed places, in the palette's colours, in one file that needs no stylesheet.
"""

from digitiekartta.ui.charts.distribution import Distribution, distribution_bars
from digitiekartta.ui.charts.dumbbell import dumbbell, dumbbell_key, level_axis
from digitiekartta.ui.charts.ink import Palette
from digitiekartta.ui.charts.radar import Perspective, levels_radar, radar_key
from digitiekartta.ui.charts.series import Series, series_lines
from digitiekartta.ui.charts.situations import Part, situation_bar, situation_key
from digitiekartta.ui.charts.spark import Reading, indicator_spark
from digitiekartta.ui.charts.svg import Naming

__all__ = [
    "Distribution",
    "Naming",
    "Palette",
    "Part",
    "Perspective",
    "Reading",
    "Series",
    "distribution_bars",
    "dumbbell",
    "dumbbell_key",
    "indicator_spark",
    "level_axis",
    "levels_radar",
    "radar_key",
    "series_lines",
    "situation_bar",
    "situation_key",
]
