"""The commands over whole archives: batch, status, show, export."""

import os
import sys
from contextlib import redirect_stdout
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli_base import DONE, FAILED, FLAGGED, INTERRUPTED, say, worst
from summarizer.cli_options import USUAL_FIELDS, date_option, field_options, model_options, split_option

if TYPE_CHECKING:
    from summarizer.archive import Orders
    from summarizer.settings import Settings
    from summarizer.show_run import Watched


def _amount(_: click.Context, __: click.Parameter, text: str | None) -> Decimal | None:
    """Return an exact amount of money."""
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0:
        raise click.BadParameter(f"{text!r} is no amount of money; write it as 5.00")
    return amount


_WHERE = (
    click.option("--store", type=click.Path(path_type=Path), metavar="FILE", help="The SQLite file to fill."),
    click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="ray: on many machines."),
    click.option("--address", metavar="HOST:PORT", help="Of a Ray cluster; else Ray runs on this machine."),
    click.option("-o", "--output", metavar="DIR", help="With --engine ray: folder or URL for briefs/ and tables/."),
)
_ORDERS = (
    click.option(
        "--concurrency", type=click.IntRange(1), metavar="N", help="Requests in flight; else it is found out."
    ),
    click.option("--rpm", type=click.FloatRange(0, min_open=True), metavar="N", help="Requests a minute allowed."),
    click.option("--tpm", type=click.FloatRange(0, min_open=True), metavar="N", help="Tokens a minute allowed."),
    click.option("--budget", callback=_amount, metavar="AMOUNT", help="Money that the store may cost in all."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="Draft at most N articles in this run."),
    click.option(
        "--again", type=click.Choice(["failed", "flagged", "all"]), help="Do these again, though they are done."
    ),
    click.option(
        "--via",
        type=click.Choice(["live", "batch-api"]),
        help="Ask question by question, or by the provider's batch API: within days, for less.",
    ),
    click.option("--processes", type=click.IntRange(1), metavar="N", help="Worker processes at most."),
)


def _order_options(command: Any) -> Any:  # noqa: ANN401 - as click's decorators are
    for option in reversed((*_WHERE, *_ORDERS)):
        command = option(command)
    return command


@click.command(short_help="Brief whole ARCHIVEs into a store; run again to go on.")
@click.argument("archives", nargs=-1, required=True, metavar="ARCHIVE...")
@_order_options
@click.option(
    "--extractor", type=click.Choice(["auto", "model", "rules"]), help="auto: the model if one is named, else rules."
)
@model_options
@click.option(
    "--reasks", "check_reasks", type=click.IntRange(0), metavar="N", help="Re-asks for items that fail the check (2)."
)
@click.option("--complete/--no-complete", default=None, help="Ask the model once for what its draft leaves out (on).")
@split_option
@date_option
@field_options
@click.option("--dry-run", is_flag=True, help="Tell what there is to do and what it would cost; ask nobody.")
@click.option("--strict", is_flag=True, help="Exit with 3 where the check flagged something.")
def batch(archives: tuple[str, ...], store: Path | None, dry_run: bool, strict: bool, **flags: Any) -> int:  # noqa: ANN401 - click's options
    """Brief every article of ARCHIVEs (files, folders, patterns, archives, tables; - is standard input).

    The briefs and all that is known of them go into one SQLite file. What it holds already is not done again, so the
    same command goes on after an interruption of any kind. Ctrl-C once finishes what is in flight, twice stops at once.
    With --engine ray, many machines do the same work, and write Parquet files: see docs/scale.md.
    """
    from summarizer.archive.archive import forecast, opened_run
    from summarizer.archive.opening import Orders
    from summarizer.read import Fields
    from summarizer.settings import read_settings
    from summarizer.show_run import forecast_lines, watched

    engine, address, output = (flags.pop(name) for name in ("engine", "address", "output"))
    fields = Fields.model_validate({role: flags.pop(f"{role}_field") for role in USUAL_FIELDS})
    told = {name: flags.pop(name) for name in Orders.model_fields if name in flags}
    orders = Orders.model_validate(told | {"fields": fields if fields.named() else None})
    settings = read_settings(os.environ, **flags)
    by_rules = settings.extractor == "auto" and not settings.uses_model and settings.replay is None
    if by_rules and settings.via == "live":
        say("no model is set (--model or SUMMARIZER_MODEL): the rules write the drafts")
    if engine == "ray":
        if store is not None or output is None:
            raise click.UsageError("--engine ray writes to a folder or URL: name it with -o, and leave --store out")
        if not dry_run:
            return _batch_on_ray(archives, (output, address), settings, orders, strict=strict)
        return _foretold_on_ray(archives, (output, address), settings, orders)
    if store is None:
        raise click.UsageError("Missing option '--store'")
    if output is not None or address is not None:
        raise click.UsageError("-o and --address are for --engine ray")
    if dry_run:
        for line in forecast_lines(forecast(list(archives), store, settings, orders)):
            say(line)
        return DONE
    with opened_run(list(archives), store, settings, orders, tell=say) as run:
        with watched(run, sys.stderr):
            for _ in run.articles():
                pass
        return _told(run, store, orders, strict)


def _batch_on_ray(
    archives: tuple[str, ...], where: tuple[str, str | None], settings: "Settings", orders: "Orders", *, strict: bool
) -> int:
    from summarizer.cluster.engine import Where, opened_cluster_run
    from summarizer.show_run import watched

    # Ray prints to standard output, whatever it is told, when a worker dies, and once more when it is left.
    with (
        Path(os.devnull).open("w") as nowhere,
        redirect_stdout(nowhere),
        opened_cluster_run(list(archives), Where(*where), settings, orders, say) as run,
    ):
        with watched(run, sys.stderr):
            for _ in run.articles():
                pass
        return _told(run, where[0], orders, strict)


def _foretold_on_ray(
    archives: tuple[str, ...], where: tuple[str, str | None], settings: "Settings", orders: "Orders"
) -> int:
    from summarizer.cluster.engine import Where, forecast
    from summarizer.show_run import forecast_lines

    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # as above
        foretold = forecast(list(archives), Where(*where), settings, orders)
    for line in forecast_lines(foretold):
        say(line)
    return DONE


def _told(run: "Watched", store: Path | str, orders: "Orders", strict: bool) -> int:
    """Say how a run ended, and return its exit code."""
    from summarizer.show_run import closing_lines

    for line in closing_lines(run.progress, run.outcome, store, again=orders.again is not None):
        say(line)
    progress = run.progress
    if run.outcome == "interrupted":
        return INTERRUPTED
    outcomes = {FLAGGED} if progress.flagged else set()
    if progress.failed or progress.seen.unreadable:
        outcomes.add(FAILED)
    return worst(outcomes, strict)


ARCHIVE_COMMANDS: tuple[click.Command, ...] = (batch,)
