"""Print what every fault of a service costs in HTTP requests and what the user reads: python -m bench.faults."""

from tests.faults import FAULTS, run


def main() -> int:
    print("| fault | HTTP calls | outcome | message |")
    print("|---|---|---|---|")
    wrong = 0
    for fault in FAULTS:
        seen = run(fault)
        expected = (seen.calls, seen.outcome) == (fault.calls, fault.outcome)
        wrong += not expected
        mark = "" if expected else f" (expected {fault.calls}, {fault.outcome})"
        print(f"| {fault.name} | {seen.calls} | {seen.outcome}{mark} | {seen.message} |")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
