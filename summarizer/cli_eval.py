"""The command that measures briefs by gold: eval."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from summarizer.cli_base import DONE, say
from summarizer.counted import counted

if TYPE_CHECKING:
    from summarizer.evaluate import Case
    from summarizer.evaluate.briefs import OneBrief

_SLIPS_TOLD: Final = 5


@click.command("eval", short_help="Measure BRIEFS by GOLD: recall, precision, values, verdicts …")
@click.argument("gold")
@click.argument("briefs", metavar="BRIEFS|STORE")
@click.option("--against", metavar="BRIEFS|STORE", help="Compare with the briefs of another run, with significance.")
@click.option("--briefed", is_flag=True, help="Leave out gold without brief; else it counts as missed.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write a page with every miss in its sentence.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for a person, json: one object.",
)
def evaluate_command(
    gold: str, briefs: str, against: str | None, briefed: bool, page: Path | None, form: Literal["text", "json"]
) -> int:
    """Measure BRIEFS by GOLD, article by article and in sum.

    GOLD and BRIEFS are JSON or JSON Lines files, folders of them, or patterns; BRIEFS may be the store of a batch run.
    Gold is written as schemas/gold.v1.json says; a brief belongs to the gold whose id its source or its file is called.
    """
    from summarizer.evaluate import compare, evaluate
    from summarizer.show_eval import WORDINGS, write_report

    if "-" in (gold, against) or (briefs == "-" and against == "-"):
        raise click.UsageError("only BRIEFS can be standard input")
    cases = _read(gold)
    report = evaluate(*_paired(cases, briefs, briefed))
    comparison = None if against is None else compare(report, evaluate(*_paired(cases, against, briefed)))
    if page is not None:
        from summarizer.evaluate.page import write_page

        write_page(report, comparison, WORDINGS, page)
    write_report(report, comparison, sys.stdout, form)
    return DONE


def _read(location: str) -> Sequence["Case"]:
    """Return gold, and say what is wrong with it and can be borne."""
    from summarizer.evaluate import read_gold
    from summarizer.evaluate.gold_files import unfound

    cases = read_gold(location)
    textless = [case.id for case in cases if case.printed is None]
    if textless:
        first = f"{textless[0]!r}" if len(textless) == 1 else f"{textless[0]!r} and {len(textless) - 1:,} more"
        say(f"gold {first} without its article's text: places and sentences are not known")
    slips = list(unfound(cases))
    for slip in slips[:_SLIPS_TOLD]:
        say(slip)
    if len(slips) > _SLIPS_TOLD:
        one, many = "more number of gold stands nowhere in its", "more numbers of gold stand nowhere in their"
        say(counted(len(slips) - _SLIPS_TOLD, f"{one} article", f"{many} articles"))
    return cases


def _paired(cases: Sequence["Case"], location: str, briefed: bool) -> tuple[Sequence["Case"], Mapping[str, "OneBrief"]]:
    """Return gold and the briefs that belong to it, and say what has no counterpart."""
    from summarizer.errors import EvaluationError
    from summarizer.evaluate import pair_briefs, read_briefs

    paired = pair_briefs(cases, read_briefs(location))
    for remark in paired.remarks:
        say(remark)
    if briefed:
        cases = [case for case in cases if case.id in paired.briefs]
        if not cases:
            raise EvaluationError(f"no brief of {location!r} has gold; its source or file must bear the id of one")
    return cases, paired.briefs


EVAL_COMMANDS: tuple[click.Command, ...] = (evaluate_command,)
"""What tells how good briefs are."""
