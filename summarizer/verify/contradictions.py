"""Where the article contradicts itself: one thing told twice, growth against levels, parts against their whole.

It is the source's fault, so it is reported and never re-asked. A false accusation is worse than a miss: each rule
speaks only where the words leave no other reading.
"""

from summarizer.verify.evidence import Evidence
from summarizer.verify.growths import find_growths
from summarizer.verify.headlines import find_slips
from summarizer.verify.labels import Labels
from summarizer.verify.parts import find_parts
from summarizer.verify.places import Contradicted, Places
from summarizer.verify.tellings import find_tellings


def find_contradictions(evidence: Evidence, labels: Labels) -> list[Contradicted]:
    """Return the places that cannot all be right with a sentence that says why, in the order of the article."""
    places = Places(evidence)
    found = [
        *find_tellings(evidence, labels, places),
        *find_growths(places),
        *find_parts(places),
        *find_slips(evidence),
    ]
    by_place = {tuple(quantity.start for quantity in one.places): one for one in reversed(found)}
    return [by_place[starts] for starts in sorted(by_place)]
