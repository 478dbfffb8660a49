"""The main of a bench that consists of named trials, each in a folder of its own."""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

Trial = Callable[[Path], object]


def run_trials(told: str | None, trials: Mapping[str, Trial]) -> None:
    """Run the trials that the command line names, or all; `told` is what --help says."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trials", nargs="*", choices=[*trials, []], metavar="TRIAL")
    for name in parser.parse_args().trials or trials:
        print(f"{name}: {(trials[name].__doc__ or '').strip()}", flush=True)
        folder = Path(tempfile.mkdtemp())
        try:
            trials[name](folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
