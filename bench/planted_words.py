"""Plants faults in quotes, speakers and policies, one at a time."""

from collections.abc import Iterator

from bench.planted import Planted
from bench.true_drafts import Case
from summarizer.draft import Draft, DraftPolicy, DraftQuote

_MARKS = "，。；！？,.;!?、"


def plant_words(case: Case) -> Iterator[Planted]:
    """Yield the case's draft with one altered, cut or invented quote, one wrong speaker or policy at a time."""
    draft = case.draft
    for place, quote in enumerate(draft.quotes):
        for kind, code, change in _quote_faults(case, quote):
            quotes = (*draft.quotes[:place], quote.model_copy(update=change), *draft.quotes[place + 1 :])
            yield Planted(
                kind,
                case,
                draft.model_copy(update={"quotes": quotes}),
                frozenset({f"quotes.{place}"}),
                frozenset({code}),
                note=str(change),
            )
    for name in ("《低空经济创新发展三年行动方案》", "“雏鹰腾飞”工程"):
        yield _with_policy(case, draft, name)


def _quote_faults(case: Case, quote: DraftQuote) -> Iterator[tuple[str, str, dict[str, str]]]:
    chinese = case.article.language != "en"
    text, middle = quote.text, len(quote.text) // 2
    yield "quote altered", "altered", {"text": text[:middle] + ("不" if chinese else "never ") + text[middle:]}
    yield "quote altered", "altered", {"text": text[: middle - 3] + text[middle:]}
    foreign = (
        "我们要抓住低空经济的窗口期，三年再造一个新城" if chinese else "Our rivals will be left far behind by noon"
    )
    yield "quote invented", "absent", {"text": foreign}
    speaker = "欧阳锦程" if chinese else "Walter Quimby"
    yield "speaker invented", "speaker-unsupported", {"speaker": speaker}
    others = [other.speaker for other in case.draft.quotes if other.speaker and other.speaker != quote.speaker]
    if others and quote.speaker:
        yield "speaker other", "speaker-unsupported", {"speaker": others[0]}


def _with_policy(case: Case, draft: Draft, name: str) -> Planted:
    policy = DraftPolicy(name=name, detail=None, at=2)
    changed = draft.model_copy(update={"policies": (*draft.policies, policy)})
    path = frozenset({f"policies.{len(draft.policies)}"})
    return Planted("policy invented", case, changed, path, frozenset({"absent"}), note=name)
