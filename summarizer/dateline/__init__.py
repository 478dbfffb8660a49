"""Finds in a text as read when and by whom it was published: pure, text in, value out.

A date counts only where it stands as a paper's or a site's own, by one of these patterns, the strongest first:

- `label`: 发布时间：2023-07-03, 刊发日期, Published: July 3, 2023; in a line at the head;
- `masthead` and `source line`: a line at the head that holds one date and nothing but what such lines hold besides: a
  weekday, a time of day, an edition (第05版), an outlet, 来源, 记者 and the like;
- `date line`: a line at the head that is a date alone, as no other line of the text is with another date;
- the first two at the foot of the text, where some extractions put them;
- `dateline`: 新华社北京2023年7月3日电, 本报讯 2023年6月25日, `BEIJING, July 3, 2023 (Xinhua) --` at the head of any
  line; of month and day alone only where the dateline itself prints exactly one year;
- `sign-off`: a date alone at the foot;
- `update`: 更新时间, Updated.

Two different dates of one rank give none, and then no weaker one is asked. Whatever goes on in words
(2022年7月18日，园区揭牌) is an event's date. The weekday beside a date must be that day's.

The outlet comes from `source` (来源：X), else `masthead` (a line, or a piece of a date line, that is a paper's name),
else `agency` (新华社 before 电, 云岭日报 before 讯); 本报 names nobody.

Looked through are the first and last few thousand characters, and the heads of all lines for datelines.
"""

from summarizer.dateline.days import PLAUSIBLE_YEARS
from summarizer.dateline.publication import Publication, read_publication

__all__ = ["PLAUSIBLE_YEARS", "Publication", "read_publication"]
