"""How good briefs are: gold, what a brief has right and wrong of it, and whether one run is better than another.

gold files -> Case      what a careful reader found, with the article's text
briefs     -> OneBrief  what is to be measured
paired     -> Report    figures with intervals, verdicts against the truth, every miss
two runs   -> Comparison
"""

from summarizer.evaluate.briefs import brief_as_read, read_briefs
from summarizer.evaluate.compare import Comparison, compare
from summarizer.evaluate.from_brief import gold_of
from summarizer.evaluate.gold import Gold
from summarizer.evaluate.gold_files import Case, gold_from, read_gold
from summarizer.evaluate.pairing import Paired, pair_briefs
from summarizer.evaluate.report import Report, evaluate

__all__ = [
    "Case",
    "Comparison",
    "Gold",
    "Paired",
    "Report",
    "brief_as_read",
    "compare",
    "evaluate",
    "gold_from",
    "gold_of",
    "pair_briefs",
    "read_briefs",
    "read_gold",
]
