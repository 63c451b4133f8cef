#!/usr/bin/env python3
"""Generates trees of many shapes with `tieout demo`, closes them, and compares with the oracle.

    run.py --tieout PATH [--trees 20] [--seed 1] [--work DIR] [--versions N]

Some trees are changed after they were generated, without the product: a date directory is taken
away and closed as empty, a part is split in two, parts swap their names. The same seed gives the
same trees. Exit status 1 on any difference, or when a close ends with an unexpected exit code.
"""

import argparse
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from compare import Comparison, print_outcome, tree_at

# Dates where calendars go wrong: the ends of years, leap days and their absence, month ends.
FIRST_DATES = (
    "1999-12-20 2000-02-25 2019-12-28 2020-02-27 2023-02-20 2023-12-15 2024-02-10 2024-02-29 "
    "2024-12-30 2025-02-26 2025-10-31 2026-03-28"
).split()

CHANGES = {3: "take a date away", 8: "split a part", 13: "swap names", 16: "take a date away"}


@dataclass(frozen=True)
class Shape:
    """The shape of a tree, and the change made to it afterwards."""

    seed: int
    tenants: int
    dates: int
    entries: int
    parts: int
    first_date: str
    defects: bool
    opening: bool
    plain: bool
    change: str | None

    def options(self):
        options = {
            "seed": self.seed,
            "tenants": self.tenants,
            "dates": self.dates,
            "entries": self.entries,
            "parts": self.parts,
            "first-date": self.first_date,
        }
        flags = {
            "--all-defects": self.defects,
            "--no-defects": not self.defects,
            "--no-opening": not self.opening,
            "--plain": self.plain,
        }
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        return words + [flag for flag, wanted in flags.items() if wanted]


def shape_of(index, seed):
    """The shape of a tree; every run starts with the extremes of the ranges."""
    chance = random.Random(f"{seed}/{index}")
    change = CHANGES.get(index % 20)
    shape = Shape(
        seed=chance.randrange(1, 2**31),
        tenants=chance.randint(1, 4),
        dates=chance.randint(3, 40),
        entries=chance.choice((0, 1, 5, 20, 60, 120, 300)),
        parts=chance.randint(1, 5),
        first_date=chance.choice(FIRST_DATES),
        defects=chance.random() < 0.8,
        opening=chance.random() < 0.8,
        plain=chance.random() < 0.2,
        change=change,
    )
    if change:  # enough parts and records to change something
        least = {"dates": 5, "entries": 20, "parts": 2}
        at_least = {name: max(getattr(shape, name), least[name]) for name in least}
        return replace(shape, **at_least)
    corners = {
        0: {"tenants": 1, "dates": 3, "entries": 0, "parts": 1, "defects": False},
        1: {"tenants": 4, "dates": 40, "entries": 60, "defects": True},
        2: {"tenants": 1, "dates": 12, "entries": 300, "parts": 5, "defects": True},
        4: {"first_date": "2024-02-29", "entries": 60, "opening": False, "defects": True},
        5: {"first_date": "1999-12-20", "dates": 30, "entries": 20, "plain": True, "defects": True},
    }
    return replace(shape, **corners.get(index, {}))


# Changes, made without Tieout


def part_paths(directory):
    return sorted(path for path in directory.glob("part-*") if ".ndjson" in path.name.lower())


def read_part(path):
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def write_part(path, data):
    path.write_bytes(gzip.compress(data, mtime=0) if path.name.lower().endswith(".gz") else data)


def date_directories(root):
    return sorted((root / "exports").glob("tenant_id=*/date=*"))


def take_a_date_away(root, chance):
    """Neither the first nor the last date of a tenant, which would move its range."""
    tenant = chance.choice(sorted((root / "exports").glob("tenant_id=*")))
    shutil.rmtree(chance.choice(sorted(tenant.glob("date=*"))[1:-1]))


def split_a_part(root, chance):
    """The second half of a part's records goes to a part that sorts before all others."""
    for directory in chance.sample(date_directories(root), 3):
        (directory / "manifest.json").unlink(missing_ok=True)
        for number, path in reversed(list(enumerate(part_paths(directory), start=1))):
            path.rename(path.with_name(f"part-{number:05d}." + path.name.split(".", 1)[1]))
        path = max(part_paths(directory), key=lambda path: len(read_part(path)))
        data = read_part(path)
        middle = data.find(b"\n", len(data) // 2) + 1
        write_part(path, data[:middle])
        first_name = "part-00000." + path.name.split(".", 1)[1]
        write_part(path.with_name(first_name), data[middle:])


def swap_names(root, chance):
    """Every date's parts take each other's names, in the manifest too."""
    for directory in date_directories(root):
        paths = part_paths(directory)
        names = [path.name for path in paths]
        if len({path.suffix for path in paths}) != 1:
            continue
        for path in paths:
            path.rename(path.with_name("_" + path.name))
        chance.shuffle(paths)
        new_names = dict(zip([path.name for path in paths], names))
        for old, new in new_names.items():
            (directory / ("_" + old)).rename(directory / new)
        manifest_path = directory / "manifest.json"
        if manifest_path.exists():
            manifest = json.loads(manifest_path.read_text())
            for part in manifest.get("parts", ()):
                part["file"] = new_names[part["file"]]
            manifest_path.write_text(json.dumps(manifest))


def apply_change(shape, root):
    change = {
        "take a date away": take_a_date_away,
        "split a part": split_a_part,
        "swap names": swap_names,
    }[shape.change]
    change(root, random.Random(shape.seed))


# Running


def run(words):
    environment = {name: os.environ[name] for name in os.environ if not name.startswith("TIEOUT_")}
    return subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )


def store_of(root):
    """The store the tree's job writes: its `store` setting, from the job file's directory."""
    for text in (root / "job.yaml").read_text().splitlines():
        name, _, value = text.partition(":")
        if name == "store":
            return root / value.strip().strip("'\"")
    return root / "books.sqlite"


def close(tieout, shape, root):
    """The result of closing the tree, and the tree for the oracle."""
    tree = tree_at(root)
    words = [tieout, "close", "--job", str(root / "job.yaml")]
    if shape.change == "take a date away":
        words += ["--missing-dates", "empty"]
        tree = replace(tree, missing_dates="empty")
    return run(words), tree


def complaint_about_exit(shape, result, outcome):
    """The fault of a close's exit code, if any: 1 means that records were quarantined."""
    # A changed tree may not tie out: a date taken away is still in the loan tape and at the bank.
    allowed = {1} if outcome.errors_expected else {0, 1} if shape.change else {0}
    if result.returncode in allowed:
        return None
    wanted = " or ".join(map(str, sorted(allowed)))
    return f"close ended with {result.returncode}, not {wanted}\n{result.stdout[-3000:]}"


def check_tree(tieout, shape, root, versions):
    """(outcome or None, complaint or None) for one tree."""
    generated = run([tieout, "demo", "--no-statements", "--out", str(root), *shape.options()])
    if generated.returncode != 0:
        return None, f"demo ended with {generated.returncode}\n{generated.stdout[-3000:]}"
    if shape.change:
        apply_change(shape, root)
    result, tree = close(tieout, shape, root)
    store = store_of(root)
    if not store.exists():
        return None, f"close ended with {result.returncode}, no {store}\n{result.stdout[-3000:]}"
    planted = None if shape.change else root / "planted.csv"
    outcome = Comparison(tree, store, planted, versions).outcome
    if shape.defects and shape.entries and not outcome.errors_expected:
        return outcome, "no defects were planted"
    return outcome, complaint_about_exit(shape, result, outcome)


def check_all(options, work):
    """(balances, findings, mismatches) over all trees."""
    totals = [0, 0, 0]
    for index in range(options.trees):
        shape = shape_of(index, options.seed)
        root = work / f"tree-{index:03d}"
        shutil.rmtree(root, ignore_errors=True)
        outcome, complaint = check_tree(str(options.tieout), shape, root, options.versions)
        bad = (len(outcome.differences) if outcome else 0) + (complaint is not None)
        words = " ".join(shape.options()) + (f" ({shape.change})" if shape.change else "")
        print(f"tree {index}: {outcome or 'not compared'}: {words}", flush=True)
        if complaint:
            print(complaint)
        if outcome:
            print_outcome(outcome)
            totals[0] += outcome.balances + outcome.versions
            totals[1] += outcome.findings
        totals[2] += bad
        if not bad and not options.keep:
            shutil.rmtree(root)
    return totals


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tieout", type=Path, required=True)
    parser.add_argument("--trees", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="where trees go; one that mismatches stays there")
    parser.add_argument("--versions", type=int, help="closes per tenant to ask about, default all")
    parser.add_argument("--keep", action="store_true", help="keep the trees that match too")
    options = parser.parse_args()
    options.tieout = options.tieout.resolve()
    work = options.work or Path(tempfile.mkdtemp(prefix="tieout-oracle-"))
    work.mkdir(parents=True, exist_ok=True)
    balances, findings, mismatched = check_all(options, work)
    print(
        f"{options.trees} trees, {balances} balances, {findings} findings, {mismatched} mismatched"
    )
    return 1 if mismatched else 0


if __name__ == "__main__":
    sys.exit(main())
