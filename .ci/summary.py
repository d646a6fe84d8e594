#!/usr/bin/env python3
"""Sums JUnit XML reports of all suites and prints "N passed, N failed" (", N skipped").

Usage: summary.py [--broken NAME]... FOLDER...

Every TEST-*.xml or junit*.xml below a FOLDER counts. A suite that broke before it could report
(a compiler error, say) is named by --broken and counts as one failure. Exit code 0 if nothing
failed and something passed, else 1.
"""

import argparse
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def reports(folder: pathlib.Path) -> list[pathlib.Path]:
    return sorted(
        path for pattern in ("TEST-*.xml", "junit*.xml") for path in folder.rglob(pattern)
    )


def counts(report: pathlib.Path) -> tuple[int, int, int]:
    """The (passed, failed, skipped) test cases of one report; failed ones are printed."""
    passed = failed = skipped = 0
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
            print(f"FAILED {case.get('classname')}.{case.get('name')}")
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--broken", action="append", default=[], metavar="NAME")
    parser.add_argument("folders", nargs="+", type=pathlib.Path, metavar="FOLDER")
    arguments = parser.parse_args()
    totals = [0, 0, 0]
    for folder in arguments.folders:
        for report in reports(folder):
            totals = [total + count for total, count in zip(totals, counts(report))]
    passed, failed, skipped = totals
    for name in arguments.broken:
        print(f"BROKEN {name}")
        # A suite that reported its failures is not counted a second time.
        failed = failed or 1
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
