#!/usr/bin/env python3
"""Compares a store written by tieout with the oracle's result for the same tree.

    compare.py --tree DIR --store FILE [--versions N]

DIR holds exports/, chart.csv or chart/, and maybe opening/, planted.csv and job.yaml, as
`tieout demo` writes them; each can be given by itself (--exports, --chart, --opening).
Compared are the current balance of every key and date, every version of them as known at each
close, the findings and the counts of the closes; with planted.csv also the planted findings.
Exit status 1 on any difference.
"""

import argparse
import csv
import re
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import oracle
from oracle import Oracle, Tree, load

DIFFERENCES_PRINTED = 20
CLOSES_PER_QUERY = 40

STORE_TABLES = """
CREATE TABLE stored_balance (
  tenant_id VARCHAR, account_code VARCHAR, currency VARCHAR, layer VARCHAR, as_of_date DATE,
  dr_balance_minor HUGEINT, cr_balance_minor HUGEINT);
CREATE TABLE stored_version (
  tenant_id VARCHAR, account_code VARCHAR, currency VARCHAR, layer VARCHAR, as_of_date DATE,
  close_id BIGINT, dr_balance_minor HUGEINT, cr_balance_minor HUGEINT);
CREATE TABLE stored_close (
  tenant_id VARCHAR, business_date DATE, records_read BIGINT, entries_accepted BIGINT,
  records_quarantined BIGINT, close_id BIGINT);
CREATE TABLE stored_finding (
  code VARCHAR, severity VARCHAR, tenant_id VARCHAR, business_date DATE, file VARCHAR,
  record BIGINT, entry_id VARCHAR, field VARCHAR, account_code VARCHAR, currency VARCHAR,
  layer VARCHAR, dr_minor HUGEINT, cr_minor HUGEINT);
CREATE TABLE planted (
  code VARCHAR, severity VARCHAR, tenant_id VARCHAR, business_date DATE, file VARCHAR,
  record BIGINT, entry_id VARCHAR, field VARCHAR, account_code VARCHAR, currency VARCHAR,
  layer VARCHAR);
"""

KEY = "lower(tenant_id), account_code, currency, layer"
STORE_QUERIES = {
    "stored_balance": f"SELECT {KEY}, as_of_date, dr_balance_minor, cr_balance_minor "
    "FROM current_balance",
    "stored_version": f"SELECT {KEY}, as_of_date, close_id, dr_balance_minor, cr_balance_minor "
    "FROM balance_snapshot",
    "stored_close": "SELECT lower(tenant_id), business_date, records_read, entries_accepted, "
    "records_quarantined, close_id FROM close_run",
    "stored_finding": "SELECT code, severity, lower(tenant_id), business_date, file, record, "
    "lower(journal_entry_id), field, account_code, currency, layer, dr_minor, cr_minor "
    "FROM finding",
}

BALANCE_COLUMNS = (
    "tenant_id, account_code, currency, layer, as_of_date, dr_balance_minor, cr_balance_minor"
)

# What identifies a finding: its part by name, and its key only where it is about one.
FINDING_COLUMNS = """
  code, severity, tenant_id, business_date,
  CASE WHEN code <> 'abnormal_balance'
    THEN nullif(regexp_replace(file, '^.*/', ''), '') END AS file,
  CASE WHEN code <> 'abnormal_balance' THEN record END AS record,
  CASE WHEN code LIKE 'reversal%' THEN entry_id END AS entry_id,
  CASE WHEN code LIKE 'reversal%' THEN field END AS field,
  CASE WHEN code = 'abnormal_balance' THEN account_code END AS account_code,
  CASE WHEN code IN ('abnormal_balance', 'unbalanced') THEN currency END AS currency,
  CASE WHEN code IN ('abnormal_balance', 'unbalanced') THEN layer END AS layer"""
AMOUNT_COLUMNS = """,
  CASE WHEN code = 'unbalanced' THEN dr_minor END AS dr_minor,
  CASE WHEN code = 'unbalanced' THEN cr_minor END AS cr_minor"""

# The version of every key and date with the greatest close_id up to each of the known closes.
STORED_AS_KNOWN = """
SELECT k.known_date, v.tenant_id, account_code, currency, layer, as_of_date,
  arg_max(dr_balance_minor, v.close_id) AS dr_balance_minor,
  arg_max(cr_balance_minor, v.close_id) AS cr_balance_minor
FROM stored_version v
JOIN (SELECT c.tenant_id, c.business_date AS known_date, max(close_id) AS close_id
  FROM stored_close c JOIN known k
    ON k.tenant_id = c.tenant_id AND k.known_date = c.business_date GROUP BY ALL) k
  ON k.tenant_id = v.tenant_id AND v.close_id <= k.close_id
GROUP BY ALL
"""


@dataclass
class Outcome:
    """What was compared, and each difference as a line of text."""

    balances: int = 0
    findings: int = 0
    versions: int = 0
    closes: int = 0
    differences: list = field(default_factory=list)
    errors_expected: int = 0

    def __str__(self):
        return (
            f"{self.balances} balances compared, {self.findings} findings compared, "
            f"{len(self.differences)} mismatched"
        )


class Comparison:
    def __init__(self, tree, store, planted=None, versions=None):
        self.outcome = Outcome()
        self.oracle = Oracle(tree)
        self.db = self.oracle.db
        self.db.execute(STORE_TABLES)
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as sqlite:
            for table, query in STORE_QUERIES.items():
                load(self.db, table, sqlite.execute(query).fetchall())
        self._balances()
        self._findings()
        self._closes()
        self._versions(versions)
        if planted is not None and Path(planted).exists():
            self._planted(planted)

    def _differ(self, what, expected, stored):
        """Notes the rows that one of two queries has and the other has not, equal rows counted.

        Returns how many rows there were to compare.
        """
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE expected_row AS {expected}")
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE stored_row AS {stored}")
        for sign, one, other in (
            ("expected", "expected_row", "stored_row"),
            ("stored", "stored_row", "expected_row"),
        ):
            query = f"SELECT * FROM (FROM {one} EXCEPT ALL FROM {other}) ORDER BY ALL"
            for row in self.db.execute(query).fetchall():
                text = " ".join("-" if value is None else str(value) for value in row)
                self.outcome.differences.append((f"{what}: {text}", sign))
        (count,) = self.db.execute("SELECT count(*) FROM expected_row").fetchone()
        return count

    def _balances(self):
        self.outcome.balances = self._differ(
            "balance",
            f"SELECT {BALANCE_COLUMNS} FROM balance",
            f"SELECT {BALANCE_COLUMNS} FROM stored_balance",
        )

    def _findings(self):
        columns = FINDING_COLUMNS + AMOUNT_COLUMNS
        self.outcome.findings = self._differ(
            "finding",
            f"SELECT {columns} FROM finding",
            f"SELECT {columns} FROM stored_finding",
        )
        (self.outcome.errors_expected,) = self.db.execute(
            "SELECT count(*) FROM finding WHERE severity = 'error'"
        ).fetchone()

    def _closes(self):
        columns = "tenant_id, business_date, records_read, entries_accepted, records_quarantined"
        self.outcome.closes = self._differ(
            "close", f"SELECT {columns} FROM close", f"SELECT {columns} FROM stored_close"
        )

    def _versions(self, per_tenant):
        closes = self._sampled_closes(per_tenant)
        for start in range(0, len(closes), CLOSES_PER_QUERY):
            self.oracle.known_balances(closes[start : start + CLOSES_PER_QUERY])
            self.outcome.versions += self._differ(
                "balance as known at the close of",
                f"SELECT known_date, {BALANCE_COLUMNS} FROM known_balance",
                STORED_AS_KNOWN,
            )

    def _sampled_closes(self, per_tenant):
        """Up to this many closes of each tenant, spread from its first date to its last."""
        dates = {}
        for tenant, business_date in self.db.execute(
            "SELECT tenant_id, business_date FROM close ORDER BY ALL"
        ).fetchall():
            dates.setdefault(tenant, []).append(business_date)
        closes = []
        for tenant, all_dates in dates.items():
            last = len(all_dates) - 1
            count = len(all_dates) if per_tenant is None else min(per_tenant, len(all_dates))
            picks = {round(pick * last / max(count - 1, 1)) for pick in range(count)}
            closes += [(tenant, all_dates[pick]) for pick in sorted(picks)]
        return closes

    def _planted(self, path):
        """The store's findings are the planted ones and no others.

        A detail that the list leaves empty (an entry's id, a field) is not compared.
        """
        load(self.db, "planted", planted_rows(path))
        self._differ(
            "planted finding",
            f"SELECT {FINDING_COLUMNS} FROM planted",
            f"SELECT {FINDING_COLUMNS} FROM stored_finding",
        )
        details = "code, tenant_id, business_date, regexp_replace(file, '^.*/', '') AS file, record"
        for column in ("entry_id", "field"):
            places = f"SELECT DISTINCT {details} FROM planted WHERE {column} IS NOT NULL"
            self._differ(
                f"planted {column}",
                f"SELECT {details}, {column} FROM planted WHERE {column} IS NOT NULL",
                f"SELECT * FROM (SELECT {details}, {column} FROM stored_finding) "
                f"SEMI JOIN ({places}) USING (code, tenant_id, business_date, file, record)",
            )


def planted_rows(path):
    columns = (
        "code severity tenant_id business_date file record journal_entry_id field account_code "
        "currency layer".split()
    )
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            row["tenant_id"] = row["tenant_id"].lower()
            row["journal_entry_id"] = row["journal_entry_id"].lower()
            yield [row[column] for column in columns]


def job_settings(path):
    """The `key: value` lines of a job file that determine how a tree is closed."""
    settings = {}
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for key, value in re.findall(r"(?m)^(\w+):[ \t]*['\"]?([^'\"#\s]+)", text):
        settings[key] = value
    readings = {
        "date": ("last", date.fromisoformat),
        "locked_through": ("locked_through", date.fromisoformat),
        "missing_dates": ("missing_dates", str),
        "time_zone": ("time_zone", str),
        "duplicate_window": ("duplicate_window", int),
    }
    return {
        option: read(settings[name])
        for name, (option, read) in readings.items()
        if name in settings
    }


def tree_at(directory):
    """The tree that `tieout demo` wrote into a directory."""
    chart = directory / "chart.csv"
    opening = directory / "opening"
    return Tree(
        exports=directory / "exports",
        chart=chart if chart.exists() else directory / "chart",
        opening=opening if opening.is_dir() else None,
        **job_settings(directory / "job.yaml"),
    )


def print_outcome(outcome, file=sys.stdout):
    for text, sign in outcome.differences[:DIFFERENCES_PRINTED]:
        print(f"only {sign}  {text}", file=file)
    if len(outcome.differences) > DIFFERENCES_PRINTED:
        print(f"... {len(outcome.differences) - DIFFERENCES_PRINTED} more", file=file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tree", type=Path)
    oracle.add_tree_options(parser)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--planted", type=Path, help="default: planted.csv of the tree")
    parser.add_argument("--no-planted", action="store_true")
    parser.add_argument("--versions", type=int, help="closes per tenant to ask about, default all")
    options = parser.parse_args()
    given = {
        name: getattr(options, name)
        for name in Tree.__dataclass_fields__
        if getattr(options, name) != parser.get_default(name)
    }
    if options.tree:
        tree = replace(tree_at(options.tree), **given)
    elif options.exports and options.chart:
        tree = Tree(**given)
    else:
        parser.error("--tree, or --exports and --chart, is needed")
    planted = options.planted or (options.tree and options.tree / "planted.csv")
    comparison = Comparison(
        tree, options.store, None if options.no_planted else planted, options.versions
    )
    for tenant, (stop, why) in sorted(comparison.oracle.stops.items()):
        print(f"{tenant} {stop} cannot close: {why}", file=sys.stderr)
    outcome = comparison.outcome
    print_outcome(outcome)
    print(f"{outcome.closes} closes, {outcome.versions} balances as known at a close")
    print(outcome)
    return 1 if outcome.differences else 0


if __name__ == "__main__":
    sys.exit(main())
