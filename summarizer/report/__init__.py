"""The report: briefs beside their articles, every item lit up where it stands, the doubtful ones first.

`view` turns a brief and its text into values that are ready to be shown, `rendering` and the templates into HTML;
`page` makes one self-contained page of briefs, `folder` a page for each article of a store, with `index` and `charts`
in front. Whatever else shows briefs (a desk to review them) starts from `view_of` and from the macros of
`templates/parts.html`.
"""

from summarizer.report.page import write_page
from summarizer.report.view import BriefView, Item, Segment, view_of

__all__ = ["BriefView", "Item", "Segment", "view_of", "write_page"]
