#!/usr/bin/env python3
"""Computes what the books of an export tree must be, without any code of Tieout.

Records are read in Python (records.py). Everything that looks at more than one record, at the
chart or at a calendar is SQL in DuckDB: verdicts of duplicates, findings, movements, and every
balance as a running sum over a grid of keys and closed dates.

    oracle.py --exports DIR --chart PATH [--opening DIR] --out DIR

writes balances.csv, findings.csv and closes.csv.
"""

import argparse
import csv
import gzip
import hashlib
import json
import re
import sys
import tempfile
import zlib
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

import sql
from records import read_record, split_records

QUARANTINED_PERCENT_MAX = 10
QUARANTINED_RECORDS_FREE = 100
# Of so many records not all may be quarantined.
QUARANTINED_WHOLE_DATE = 10


@dataclass(frozen=True)
class Tree:
    """An export tree, and how it is to be closed."""

    exports: Path
    chart: Path
    opening: Path | None = None
    first: date | None = None  # default: each tenant's earliest directory
    last: date | None = None  # default: each tenant's latest directory
    missing_dates: str = "fail"
    locked_through: date | None = None
    time_zone: str = "UTC"
    duplicate_window: int = 35


class DateStopped(Exception):
    """A fault of a part or a directory, because of which the date cannot close."""


# Files


def inflate(path):
    """A part's bytes, and what they inflate to: it is gzip if it begins as gzip does."""
    data = path.read_bytes()
    if not data.startswith(b"\x1f\x8b"):
        if path.name.lower().endswith(".gz") and not data:
            raise DateStopped(f"{path}: truncated")
        return data, data
    try:
        return data, gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise DateStopped(f"{path}: {error}") from None


def parts_of(directory):
    """The directory's parts by name, and its manifest or None; any other file stops the date."""
    parts, manifest = [], None
    paths = sorted(directory.iterdir(), key=lambda path: path.name.encode())
    if paths and all(path.name.startswith((".", "_")) for path in paths):
        raise DateStopped(f"{directory}: unfinished")
    for path in paths:
        name = path.name.lower()
        if name.startswith((".", "_")):
            continue
        if name == "manifest.json" and manifest is None:
            manifest = json.loads(inflate(path)[1])
        elif path.is_file() and name.endswith((".ndjson.gz", ".ndjson")):
            parts.append(path)
        else:
            raise DateStopped(f"{path}: neither a part nor the manifest")
    return parts, manifest


def check_manifest(directory, manifest, parts):
    """Checks the parts against the manifest. Counts and totals are a tie-out and stop nothing."""
    if manifest is None or "parts" not in manifest:
        return
    stated = {part["file"]: part for part in manifest["parts"]}
    if set(stated) != {path.name for path in parts}:
        raise DateStopped(f"{directory}: the manifest names other parts")
    for path in parts:
        data = path.read_bytes()
        digest = stated[path.name].get("sha256")
        size = stated[path.name].get("bytes")
        if digest is not None and digest.lower() != hashlib.sha256(data).hexdigest():
            raise DateStopped(f"{path}: SHA-256 differs from the manifest")
        if size is not None and size != len(data):
            raise DateStopped(f"{path}: size differs from the manifest")


def dated_directories(tenant_directory):
    found = {}
    for path in tenant_directory.iterdir():
        match = re.fullmatch(r"date=(\d{4}-\d{2}-\d{2})", path.name)
        if match and path.is_dir():
            found[date.fromisoformat(match[1])] = path
    return found


def csv_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


# Tables


def load(db, table, rows):
    """Appends rows to a table through a CSV file, which DuckDB reads much faster than inserts."""
    columns = dict(
        db.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? "
            "ORDER BY column_index",
            [table],
        ).fetchall()
    )
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
        file.flush()
        db.execute(
            f"INSERT INTO {table} SELECT * FROM read_csv(?, auto_detect = false, header = false, "
            f"delim = ',', quote = '\"', escape = '\"', columns = {columns!r})",
            [file.name],
        )


class Oracle:
    """The answers for one tree, as tables of an in-memory database (`self.db`; see sql.py)."""

    def __init__(self, tree):
        self.tree = tree
        self.zone = timezone.utc if tree.time_zone == "UTC" else ZoneInfo(tree.time_zone)
        self.stops = {}  # tenant: (first date that cannot close, why)
        self.db = duckdb.connect()
        self.db.execute(sql.TABLES)
        self.rows = {name: [] for name in ("calendar", "record", "line", "chart", "opening")}
        for path in sorted(Path(tree.exports).glob("tenant_id=*")):
            if path.is_dir():
                self._read_tenant(path.name.removeprefix("tenant_id=").lower(), path)
        for table, rows in self.rows.items():
            load(self.db, table, rows)
        self.rows = None
        self._compute()

    def _read_tenant(self, tenant, directory):
        found = dated_directories(directory)
        first = self.tree.first or min(found, default=None)
        last = self.tree.last or max(found, default=None)
        if first is None or not self._read_chart(tenant):
            return
        self._read_opening(tenant)
        for offset in range((last - first).days + 1):
            business_date = first + timedelta(days=offset)
            try:
                self._read_date(tenant, business_date, found.get(business_date))
            except DateStopped as stop:
                self.stops[tenant] = (business_date, str(stop))
                return
            self.rows["calendar"].append((tenant, business_date, first))

    def _read_chart(self, tenant):
        path = Path(self.tree.chart)
        path = path / f"{tenant}.csv" if path.is_dir() else path
        if not path.exists():
            return False
        for row in csv_rows(path):
            self.rows["chart"].append((tenant, row["account_code"], row["normal_side"]))
        return True

    def _read_opening(self, tenant):
        path = self.tree.opening and Path(self.tree.opening) / f"{tenant}.csv"
        for row in csv_rows(path) if path and path.exists() else ():
            key = (row["account_code"], row["currency"], row["layer"])
            amounts = (int(row["dr_balance_minor"]), int(row["cr_balance_minor"]))
            self.rows["opening"].append((tenant, *key, *amounts))

    def _read_date(self, tenant, business_date, directory):
        if directory is None:
            if self.tree.missing_dates == "empty":
                return
            raise DateStopped("no export")
        parts, manifest = parts_of(directory)
        check_manifest(directory, manifest, parts)
        contents = [(path.name, inflate(path)[1]) for path in parts]
        for file, data in contents:
            for number, offset, raw in split_records(data):
                record = read_record(raw, number, offset, tenant, business_date, self.zone)
                self._keep(tenant, business_date, file, record)

    def _keep(self, tenant, business_date, file, record):
        place = (tenant, business_date, file, record.number)
        entry = (record.entry_id, record.effective, record.reverses, record.code)
        self.rows["record"].append((*place, record.byte_offset, *entry, record.field_name))
        for line in record.lines:
            self.rows["line"].append((*place, *vars(line).values()))

    def _compute(self):
        window = {"window": self.tree.duplicate_window}
        for statement in sql.VERDICTS:
            self.db.execute(statement, window if "$window" in statement else None)
        limits = {
            "percent": QUARANTINED_PERCENT_MAX,
            "records": QUARANTINED_RECORDS_FREE,
            "whole": QUARANTINED_WHOLE_DATE,
        }
        for tenant, stop in self.db.execute(sql.TOO_MANY_QUARANTINED, limits).fetchall():
            self._stop(tenant, stop, "too many records would be quarantined")
        self.db.execute(sql.MOVEMENTS)
        for tenant, stop in self.db.execute(sql.OVERFLOWS).fetchall():
            self._stop(tenant, stop, "a sum is past 2^63-1")
        self.db.execute(sql.BALANCES)
        self.db.execute(sql.REVERSALS, window)
        self.db.execute(sql.FINDINGS, {"locked_through": self.tree.locked_through})

    def _stop(self, tenant, stop, why):
        """Removes a date that cannot close, and every later one, from all existing tables."""
        self.stops[tenant] = (stop, why)
        present = self.db.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        for (table,) in present:
            if column := sql.BY_BUSINESS_DATE.get(table):
                self.db.execute(
                    f"DELETE FROM {table} WHERE tenant_id = ? AND {column} >= ?", [tenant, stop]
                )

    def known_balances(self, closes):
        """Every balance of every date as known at each of the closes [(tenant, business date)].

        Leaves them in the table known_balance, which has one more column: known_date.
        """
        self.db.execute("DELETE FROM known")
        load(self.db, "known", closes)
        self.db.execute(sql.KNOWN_BALANCES)

    def write(self, directory):
        directory.mkdir(parents=True, exist_ok=True)
        for name, query in sql.OUTPUTS.items():
            target = str(directory / f"{name}.csv").replace("'", "''")
            self.db.execute(f"COPY ({query}) TO '{target}' (HEADER, DELIMITER ',')")


def add_tree_options(parser):
    parser.add_argument("--exports", type=Path)
    parser.add_argument("--chart", type=Path, help="a file, or a directory of <tenant>.csv")
    parser.add_argument("--opening", type=Path, help="a directory of <tenant>.csv")
    parser.add_argument("--first", type=date.fromisoformat)
    parser.add_argument("--last", type=date.fromisoformat)
    parser.add_argument("--missing-dates", choices=("fail", "empty"), default="fail")
    parser.add_argument("--locked-through", type=date.fromisoformat)
    parser.add_argument("--time-zone", default="UTC")
    parser.add_argument("--duplicate-window", type=int, default=35)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add_tree_options(parser)
    parser.add_argument("--out", type=Path, required=True)
    options = vars(parser.parse_args())
    out = options.pop("out")
    if not options["exports"] or not options["chart"]:
        parser.error("--exports and --chart are needed")
    oracle = Oracle(Tree(**options))
    oracle.write(out)
    for tenant, (stop, why) in sorted(oracle.stops.items()):
        print(f"{tenant} {stop} cannot close: {why}", file=sys.stderr)
    return 2 if oracle.stops else 0


if __name__ == "__main__":
    sys.exit(main())
