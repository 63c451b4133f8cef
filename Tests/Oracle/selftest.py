#!/usr/bin/env python3
"""The oracle against trees small enough to compute by hand: python3 selftest.py"""

import gzip
import json
import sqlite3
import tempfile
import unittest
from contextlib import closing
from datetime import date
from pathlib import Path

from compare import Comparison
from oracle import Oracle, Tree
from records import RECORD_BYTES_MAX, parse_instant, read_record, split_records

TENANT = "0a0b0c0d-0000-4000-8000-000000000001"
OTHER = "0a0b0c0d-0000-4000-8000-000000000002"
CHART = "account_code,account_name,normal_side\n1000,Cash,DR\n1100,Loans,DR\n4000,Interest,CR\n"


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


def line(account, direction, amount, currency="USD", layer="SETTLED", **more):
    return {
        "account_code": account,
        "direction": direction,
        "amount_minor": str(amount),
        "currency": currency,
        "layer": layer,
        **more,
    }


def pair(amount, debit="1000", credit="4000", **more):
    return [line(debit, "DR", amount, **more), line(credit, "CR", amount, **more)]


def entry(number, posted, lines, effective=None, **more):
    numbered = [{"sequence": place, **each} for place, each in enumerate(lines, start=1)]
    return {
        "journal_entry_id": uuid(number),
        "event_type": "accrual",
        "effective_at": effective or posted,
        "posted_at": f"{posted}T12:00:00Z",
        "lines": numbered,
        **more,
    }


class Micro(unittest.TestCase):
    """A tree under a temporary directory, and short ways to ask the oracle about it."""

    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.root = Path(held.name)
        (self.root / "chart.csv").write_text(CHART)

    def day(self, day, *entries, part="part-00000.ndjson.gz", tenant=TENANT):
        directory = self.root / "exports" / f"tenant_id={tenant}" / f"date={day}"
        directory.mkdir(parents=True, exist_ok=True)
        rows = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in entries]
        data = b"".join(row + b"\n" for row in rows)
        (directory / part).write_bytes(gzip.compress(data) if part.endswith(".gz") else data)
        return directory

    def opening(self, *rows):
        (self.root / "opening").mkdir()
        head = "account_code,currency,layer,dr_balance_minor,cr_balance_minor\n"
        (self.root / "opening" / f"{TENANT}.csv").write_text(head + "".join(f"{r}\n" for r in rows))

    def tree(self, **options):
        opening = self.root / "opening"
        options.setdefault("opening", opening if opening.exists() else None)
        return Tree(self.root / "exports", self.root / "chart.csv", **options)

    def solve(self, **options):
        self.oracle = Oracle(self.tree(**options))

    def query(self, text):
        return self.oracle.db.execute(text).fetchall()

    def balances(self, account, currency="USD", layer="SETTLED", table="balance"):
        """{day: (dr, cr)} of a key; `known_balance` is asked for one close at a time."""
        rows = self.query(
            f"SELECT as_of_date, dr_balance_minor, cr_balance_minor FROM {table} "
            f"WHERE account_code = '{account}' AND currency = '{currency}' AND layer = '{layer}'"
        )
        return {str(day): (dr, cr) for day, dr, cr in rows}

    def known(self, day, account):
        self.oracle.known_balances([(TENANT, date.fromisoformat(day))])
        return self.balances(account, table="known_balance")

    def findings(self, *columns):
        columns = ", ".join(columns or ("code", "business_date::VARCHAR", "record"))
        return sorted(
            self.query(f"SELECT {columns} FROM finding WHERE code <> 'abnormal_balance'")
        )

    def counts(self):
        return self.query(
            "SELECT business_date::VARCHAR, records_read, entries_accepted, records_quarantined "
            "FROM close ORDER BY ALL"
        )


class Balances(Micro):
    def test_quiet_day_keeps_its_row(self):
        self.day("2024-02-28", entry(1, "2024-02-28", pair(100)))
        self.day("2024-02-29")
        self.day("2024-03-01", entry(2, "2024-03-01", pair(7)))
        self.solve()
        self.assertEqual(
            self.balances("1000"),
            {"2024-02-28": (100, 0), "2024-02-29": (100, 0), "2024-03-01": (107, 0)},
        )
        self.assertEqual(self.balances("4000")["2024-03-01"], (0, 107))
        self.assertEqual(self.balances("1100"), {})

    def test_debits_and_credits_are_not_netted(self):
        self.day(
            "2024-01-01",
            entry(1, "2024-01-01", pair(100)),
            entry(2, "2024-01-01", pair(30, debit="4000", credit="1000")),
        )
        self.solve()
        self.assertEqual(self.balances("1000"), {"2024-01-01": (100, 30)})

    def test_backdated_restates_from_its_effective_date(self):
        self.day("2023-12-30", entry(1, "2023-12-30", pair(100)))
        self.day("2023-12-31", entry(2, "2023-12-31", pair(1)))
        self.day("2024-01-01", entry(3, "2024-01-01", pair(50), effective="2023-12-31"))
        self.solve()
        self.assertEqual(
            self.balances("1000"),
            {"2023-12-30": (100, 0), "2023-12-31": (151, 0), "2024-01-01": (151, 0)},
        )
        self.assertEqual(
            self.known("2023-12-31", "1000"), {"2023-12-30": (100, 0), "2023-12-31": (101, 0)}
        )
        self.assertEqual(self.findings(), [("backdated", "2024-01-01", 1)])

    def test_backdated_key_begins_at_its_effective_date(self):
        self.day("2024-01-01")
        self.day("2024-01-02")
        self.day("2024-01-03", entry(1, "2024-01-03", pair(5), effective="2024-01-02"))
        self.solve()
        self.assertEqual(self.balances("1000"), {"2024-01-02": (5, 0), "2024-01-03": (5, 0)})
        self.assertEqual(self.known("2024-01-02", "1000"), {})

    def test_future_effective_counts_from_its_own_date(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(10), effective="2024-01-03"))
        self.day("2024-01-02")
        self.day("2024-01-03")
        self.solve()
        self.assertEqual(self.balances("1000"), {"2024-01-03": (10, 0)})
        self.assertEqual(self.known("2024-01-02", "1000"), {})
        self.assertEqual(self.findings(), [("future_effective", "2024-01-01", 1)])

    def test_future_effective_past_the_last_close_has_no_row(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(10), effective="2024-06-01"))
        self.solve()
        self.assertEqual(self.balances("1000"), {})

    def test_effective_before_opening_counts_from_the_first_close(self):
        self.opening("1000,USD,SETTLED,1000,200", "4000,USD,SETTLED,0,800")
        self.day("2024-01-01")
        self.day("2024-01-02", entry(1, "2024-01-02", pair(5), effective="2023-06-30"))
        self.solve()
        self.assertEqual(
            self.balances("1000"), {"2024-01-01": (1005, 200), "2024-01-02": (1005, 200)}
        )
        self.assertEqual(self.known("2024-01-01", "1000"), {"2024-01-01": (1000, 200)})
        self.assertEqual(
            self.findings(),
            [("backdated", "2024-01-02", 1), ("effective_before_opening", "2024-01-02", 1)],
        )

    def test_opening_of_an_untouched_key_has_every_row(self):
        self.opening("1100,EUR,PENDING,9,0", "4000,EUR,PENDING,0,9")
        self.day("2024-01-01")
        self.day("2024-01-02")
        self.solve()
        self.assertEqual(
            self.balances("1100", "EUR", "PENDING"), {"2024-01-01": (9, 0), "2024-01-02": (9, 0)}
        )

    def test_missing_day_as_empty(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(3)))
        self.day("2024-01-03", entry(2, "2024-01-03", pair(4), effective="2024-01-02"))
        self.solve(missing_dates="empty", last=date(2024, 1, 4))
        self.assertEqual(
            self.balances("1000"),
            {
                "2024-01-01": (3, 0),
                "2024-01-02": (7, 0),
                "2024-01-03": (7, 0),
                "2024-01-04": (7, 0),
            },
        )
        self.assertEqual(self.counts()[1], ("2024-01-02", 0, 0, 0))

    def test_missing_day_stops_the_tenant(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(3)))
        self.day("2024-01-03", entry(2, "2024-01-03", pair(4), effective="2024-01-01"))
        self.day("2024-01-03", entry(2, "2024-01-03", pair(4)), tenant=OTHER)
        self.solve()
        self.assertEqual(self.balances("1000"), {"2024-01-01": (3, 0), "2024-01-03": (4, 0)})
        self.assertEqual(self.oracle.stops[TENANT][0], date(2024, 1, 2))
        self.assertNotIn(OTHER, self.oracle.stops)

    def test_zero_amounts_make_a_key(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(0)))
        self.solve()
        self.assertEqual(self.balances("1000"), {"2024-01-01": (0, 0)})

    def test_sums_pass_the_range_of_doubles(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(2**62 + 1)))
        self.day("2024-01-02", entry(2, "2024-01-02", pair(2**62 - 2)))
        self.solve()
        self.assertEqual(self.balances("1000")["2024-01-02"], (2**63 - 1, 0))

    def test_sum_past_the_limit_stops(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(2**63 - 1)))
        self.day("2024-01-02", entry(2, "2024-01-02", pair(1)))
        self.solve()
        self.assertEqual(self.balances("1000"), {"2024-01-01": (2**63 - 1, 0)})
        self.assertEqual(self.oracle.stops[TENANT][0], date(2024, 1, 2))


class Duplicates(Micro):
    def test_across_parts_the_first_name_wins(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(8)), part="part-00001.ndjson.gz")
        self.day("2024-01-01", entry(1, "2024-01-01", pair(5)), part="part-00000.ndjson")
        self.solve()
        self.assertEqual(self.balances("1000"), {"2024-01-01": (5, 0)})
        self.assertEqual(
            self.findings("code", "file", "record"),
            [("conflicting_duplicate", "part-00001.ndjson.gz", 1)],
        )

    def test_same_content_in_another_order_and_case(self):
        loan = "ABCDEF00-0000-4000-8000-000000000009"
        first = entry(1, "2024-01-01", pair(5, loan_id=loan, external_ref="é"))
        again = entry(1, "2024-01-01", pair(5, loan_id=loan.lower(), external_ref="é"))
        again["lines"].reverse()
        again["posted_at"] = "2024-01-01T23:59:59+00:00"
        again["description"] = "sent again"
        escaped = json.dumps(again).encode()  # \u00e9
        plain = json.dumps(again, ensure_ascii=False).encode()
        self.day("2024-01-01", first, escaped, plain)
        self.solve()
        self.assertEqual(self.findings(), [("duplicate_entry", "2024-01-01", n) for n in (2, 3)])
        self.assertEqual(self.counts(), [("2024-01-01", 3, 1, 2)])

    def test_each_is_compared_with_the_accepted_one(self):
        self.day(
            "2024-01-01",
            entry(1, "2024-01-01", pair(5)),
            entry(1, "2024-01-01", pair(6)),
            entry(1, "2024-01-01", pair(6)),
            entry(1, "2024-01-01", pair(5), effective="2023-12-31"),
            entry(1, "2024-01-01", pair(5)),
        )
        self.solve()
        self.assertEqual(
            [code for code, _ in self.findings("code", "record")],
            ["conflicting_duplicate"] * 3 + ["duplicate_entry"],
        )

    def test_a_quarantined_record_is_no_original(self):
        broken = [line("1000", "DR", 5), line("4000", "CR", 6)]
        self.day("2024-01-01", entry(1, "2024-01-01", broken), entry(1, "2024-01-01", pair(5)))
        self.solve()
        self.assertEqual(self.findings(), [("unbalanced", "2024-01-01", 1)])
        self.assertEqual(self.balances("1000"), {"2024-01-01": (5, 0)})

    def again(self, posted, amount=5):
        """Entry 1 of 2024-01-01, posted on that date."""
        return entry(1, posted, pair(amount), effective="2024-01-01")

    def test_an_entry_counts_once_across_dates(self):
        self.day("2024-01-01", self.again("2024-01-01"))
        self.day("2024-01-02", self.again("2024-01-02"), self.again("2024-01-02", 6))
        self.day("2024-01-03", entry(1, "2024-01-03", pair(5)))
        self.solve()
        self.assertEqual(
            self.findings(),
            [
                ("conflicting_duplicate", "2024-01-02", 2),
                ("conflicting_duplicate", "2024-01-03", 1),
                ("entry_already_closed", "2024-01-02", 1),
            ],
        )
        self.assertEqual(self.balances("1000")["2024-01-03"], (5, 0))

    def test_the_window_counts_from_the_accepting_date(self):
        for day in (1, 3, 4, 6, 7):
            self.day(f"2024-01-0{day}", self.again(f"2024-01-0{day}"))
        self.solve(missing_dates="empty", duplicate_window=2)
        self.assertEqual(
            self.findings("code", "business_date::VARCHAR"),
            [
                ("backdated", "2024-01-04"),
                ("backdated", "2024-01-07"),
                ("entry_already_closed", "2024-01-03"),
                ("entry_already_closed", "2024-01-06"),
            ],
        )
        self.assertEqual(self.balances("1000")["2024-01-07"], (15, 0))
        self.solve(missing_dates="empty", duplicate_window=0)
        self.assertEqual(self.balances("1000")["2024-01-07"], (25, 0))

    def test_a_quarantined_record_of_an_earlier_date_is_no_original(self):
        broken = [line("1000", "DR", 5), line("4000", "CR", 6)]
        self.day("2024-01-01", entry(1, "2024-01-01", broken))
        self.day("2024-01-02", entry(1, "2024-01-02", pair(5)))
        self.day("2024-01-02", entry(1, "2024-01-02", pair(5)), tenant=OTHER)
        self.solve()
        self.assertEqual(self.findings(), [("unbalanced", "2024-01-01", 1)])


class Findings(Micro):
    def test_unbalanced_in_two_layers(self):
        lines = [
            line("1000", "DR", 100),
            line("4000", "CR", 99),
            line("1100", "DR", 7, layer="PENDING"),
            line("1100", "DR", 5, layer="ENCUMBRANCE"),
            line("4000", "CR", 5, layer="ENCUMBRANCE"),
        ]
        self.day("2024-01-01", entry(1, "2024-01-01", lines))
        self.solve()
        self.assertEqual(
            self.findings("code", "currency", "layer", "dr_minor", "cr_minor"),
            [("unbalanced", "USD", "PENDING", 7, 0), ("unbalanced", "USD", "SETTLED", 100, 99)],
        )
        self.assertEqual(self.counts(), [("2024-01-01", 1, 0, 1)])
        self.assertEqual(self.query("SELECT * FROM balance"), [])

    def test_balanced_over_currencies_is_unbalanced(self):
        lines = [line("1000", "DR", 5), line("4000", "CR", 5, currency="EUR")]
        self.day("2024-01-01", entry(1, "2024-01-01", lines))
        self.solve()
        self.assertEqual(
            self.findings("currency", "dr_minor", "cr_minor"), [("EUR", 0, 5), ("USD", 5, 0)]
        )

    def test_order_of_the_later_checks(self):
        unbalanced = [line("1000", "DR", 5), line("4000", "CR", 6)]
        unknown = [line("9999", "DR", 5), line("4000", "CR", 6)]
        twice = entry(2, "2024-01-01", unbalanced)
        twice["lines"][1]["sequence"] = 1
        worst = entry(3, "2024-01-01", unknown)
        worst["lines"][1]["sequence"] = 1
        self.day("2024-01-01", entry(1, "2024-01-01", unbalanced), twice, worst)
        self.solve()
        self.assertEqual(
            self.findings("record", "code"),
            [(1, "unbalanced"), (2, "duplicate_sequence"), (3, "unknown_account")],
        )

    def test_locked_period(self):
        self.day("2024-01-31", entry(1, "2024-01-31", pair(1)))
        self.day("2024-02-01", entry(2, "2024-02-01", pair(1), effective="2024-01-31"))
        self.solve(locked_through=date(2024, 1, 31))
        self.assertEqual(
            self.findings(),
            [
                ("backdated", "2024-02-01", 1),
                ("locked_period", "2024-01-31", 1),
                ("locked_period", "2024-02-01", 1),
            ],
        )

    def test_abnormal_balance_as_its_own_close_knew_it(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(10, debit="4000", credit="1000")))
        self.day("2024-01-02", entry(2, "2024-01-02", pair(10), effective="2024-01-01"))
        self.solve()
        self.assertEqual(
            self.query(
                "SELECT account_code, business_date::VARCHAR, dr_minor, cr_minor FROM finding "
                "WHERE code = 'abnormal_balance' ORDER BY ALL"
            ),
            [("1000", "2024-01-01", 0, 10), ("4000", "2024-01-01", 10, 0)],
        )

    def test_business_date_in_the_time_zone_of_the_ledger(self):
        late = entry(1, "2024-01-01", pair(1)) | {"posted_at": "2024-01-02T05:30:00Z"}
        early = entry(2, "2024-01-01", pair(1)) | {"posted_at": "2024-01-01T05:59:59Z"}
        self.day("2024-01-01", late, early)
        self.solve(time_zone="America/Chicago")
        self.assertEqual(self.findings(), [("posted_outside_date", "2024-01-01", 2)])

    def test_too_many_quarantined_close_nothing(self):
        good = [entry(number, "2024-01-01", pair(1)) for number in range(1, 1001)]
        self.day("2024-01-01", *good[:890], *[b"{"] * 100)
        self.solve()
        self.assertEqual(self.counts(), [("2024-01-01", 990, 890, 100)])
        self.day("2024-01-01", *good[:909], *[b"{"] * 101)
        self.solve()
        self.assertEqual(self.counts(), [("2024-01-01", 1010, 909, 101)])
        self.day("2024-01-01", *good[:908], *[b"{"] * 101)
        self.solve()
        self.assertEqual(self.counts(), [])
        self.day("2024-01-01", *[b"{"] * 9)
        self.solve()
        self.assertEqual(self.counts(), [("2024-01-01", 9, 0, 9)])
        self.day("2024-01-01", *[b"{"] * 10)
        self.solve()
        self.assertEqual(self.counts(), [])

    def test_broken_part_stops_its_tenant_alone(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(1)))
        path = self.day("2024-01-02", entry(2, "2024-01-02", pair(1))) / "part-00000.ndjson.gz"
        path.write_bytes(path.read_bytes()[:-3])
        self.day("2024-01-02", entry(3, "2024-01-02", pair(1)), tenant=OTHER)
        self.solve()
        closed = self.query("SELECT tenant_id, business_date::VARCHAR FROM close ORDER BY ALL")
        self.assertEqual(closed, [(TENANT, "2024-01-01"), (OTHER, "2024-01-02")])

    def test_overlooked_file_stops_and_hidden_does_not(self):
        directory = self.day("2024-01-01", entry(1, "2024-01-01", pair(1)))
        (directory / "_SUCCESS").touch()
        self.solve()
        self.assertEqual(len(self.counts()), 1)
        (directory / "part-00001.ndjson.zst").touch()
        self.solve()
        self.assertEqual(self.counts(), [])


    def test_unfinished_export_stops_and_an_empty_day_does_not(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(1)))
        directory = self.root / "exports" / f"tenant_id={TENANT}" / "date=2024-01-02"
        directory.mkdir()
        self.solve()
        self.assertEqual(len(self.counts()), 2)
        (directory / "_temporary").mkdir()
        self.solve()
        self.assertEqual(len(self.counts()), 1)

    def test_content_decides_and_blank_last_lines_are_no_records(self):
        records = [entry(number, "2024-01-01", pair(1)) for number in (1, 2)]
        directory = self.day("2024-01-01", *records, b"", b"\r", part="A.NDJSON")
        plain = (directory / "A.NDJSON").read_bytes()
        for data in (plain, b"\xef\xbb\xbf" + plain, gzip.compress(plain)):
            (directory / "A.NDJSON").write_bytes(data)
            self.solve()
            self.assertEqual(self.counts(), [("2024-01-01", 2, 2, 0)])


class Reversals(Micro):
    def reversals(self):
        return [row for row in self.findings("record", "code", "file") if "reversal" in row[1]]

    def found(self, *entries):
        self.day("2024-01-01", *entries)
        self.solve()
        return [row[:2] for row in self.reversals()]

    def test_mirrored_in_any_order(self):
        lines = [*pair(5), *pair(7, layer="PENDING")]
        mirror = [*pair(7, "4000", "1000", layer="PENDING"), *pair(5, "4000", "1000")]
        reversal = entry(2, "2024-01-01", mirror, reverses_entry_id=uuid(1).upper())
        self.assertEqual(self.found(entry(1, "2024-01-01", lines), reversal), [])
        self.assertEqual(self.found(reversal, entry(1, "2024-01-01", lines)), [])

    def test_mismatches(self):
        for mirror in (
            pair(6, "4000", "1000"),
            pair(5),
            pair(5, "4000", "1100"),
            pair(5, "4000", "1000", layer="PENDING"),
            pair(5, "4000", "1000", currency="EUR"),
            pair(5, "4000", "1000") * 2,
            [line("4000", "DR", 5), line("1000", "CR", 2), line("1000", "CR", 3)],
            [*pair(5, "4000", "1000"), *pair(0, "4000", "1000")],
        ):
            with self.subTest(mirror):
                original = entry(1, "2024-01-01", pair(5))
                reversal = entry(2, "2024-01-01", mirror, reverses_entry_id=uuid(1))
                self.assertEqual(self.found(original, reversal), [(2, "reversal_mismatch")])
                self.assertEqual(self.found(reversal, original), [(1, "reversal_mismatch")])

    def test_missing_lines(self):
        lines = [*pair(5), *pair(5)]
        mirror = entry(2, "2024-01-01", pair(5, "4000", "1000"), reverses_entry_id=uuid(1))
        self.assertEqual(
            self.found(entry(1, "2024-01-01", lines), mirror), [(2, "reversal_mismatch")]
        )

    def test_only_what_the_close_accepted_is_compared(self):
        broken = [line("1000", "DR", 5), line("4000", "CR", 6)]
        reversal = entry(2, "2024-01-01", pair(9), reverses_entry_id=uuid(1))
        self.assertEqual(self.found(entry(1, "2024-01-01", broken), reversal), [])

    def test_compared_with_an_earlier_date_of_the_window(self):
        self.day("2024-01-01", entry(1, "2024-01-01", pair(5)))
        self.day("2024-01-03", entry(2, "2024-01-03", pair(9), reverses_entry_id=uuid(1)))
        self.day("2024-01-04", entry(4, "2024-01-04", pair(5)))
        mirror = pair(5, "4000", "1000")
        self.day("2024-01-05", entry(3, "2024-01-05", mirror, reverses_entry_id=uuid(1)))
        self.day("2024-01-06", entry(5, "2024-01-06", mirror, reverses_entry_id=uuid(4)))
        repeated = ("reversal_repeated", "2024-01-05", 1)
        self.solve(missing_dates="empty", duplicate_window=2)
        self.assertEqual(self.findings(), [("reversal_mismatch", "2024-01-03", 1), repeated])
        self.solve(missing_dates="empty", duplicate_window=1)
        self.assertEqual(self.findings(), [repeated])

    def test_an_entry_of_a_later_date_is_not_compared(self):
        self.day("2024-01-01", entry(2, "2024-01-01", pair(9), reverses_entry_id=uuid(1)))
        self.day("2024-01-02", entry(1, "2024-01-02", pair(5)))
        self.solve()
        self.assertEqual(self.findings(), [])

    def test_compared_with_the_accepted_of_two(self):
        original, other = entry(1, "2024-01-01", pair(5)), entry(1, "2024-01-01", pair(6))
        mirror = entry(2, "2024-01-01", pair(5, "4000", "1000"), reverses_entry_id=uuid(1))
        self.assertEqual(self.found(original, other, mirror), [])
        self.assertEqual(self.found(other, original, mirror), [(3, "reversal_mismatch")])

    def test_repeated_across_parts(self):
        mirrors = [
            entry(number, "2024-01-01", pair(5, "4000", "1000"), reverses_entry_id=uuid(1))
            for number in (2, 3, 4)
        ]
        self.day("2024-01-01", mirrors[0], part="b.ndjson")
        self.day("2024-01-01", mirrors[1], mirrors[1], part="a.ndjson")
        self.day("2024-01-01", mirrors[2], part="c.ndjson")
        self.solve()
        self.assertEqual(
            self.findings("file", "record", "code", "entry_id", "field"),
            [
                ("a.ndjson", 2, "duplicate_entry", uuid(3), None),
                ("b.ndjson", 1, "reversal_repeated", uuid(2), "reverses_entry_id"),
                ("c.ndjson", 1, "reversal_repeated", uuid(4), "reverses_entry_id"),
            ],
        )

    def test_repeated_and_mismatched(self):
        original = entry(1, "2024-01-01", pair(5))
        mirror = entry(2, "2024-01-01", pair(5, "4000", "1000"), reverses_entry_id=uuid(1))
        wrong = entry(3, "2024-01-01", pair(4, "4000", "1000"), reverses_entry_id=uuid(1))
        self.assertEqual(
            self.found(original, mirror, wrong), [(3, "reversal_mismatch"), (3, "reversal_repeated")]
        )


class Records(unittest.TestCase):
    """One record against the checks that need nothing else."""

    def verdict(self, record, **changes):
        if isinstance(record, dict):
            record = json.dumps(record | changes).encode()
        found = read_record(record, 1, 0, TENANT, date(2024, 1, 1))
        return found.code, found.field_name

    def setUp(self):
        self.good = entry(1, "2024-01-01", pair(5))

    def test_accepts(self):
        for changes in (
            {},
            {"tenant_id": TENANT.upper()},
            {"tenant_id": None, "actor": None, "correlation_id": None},
            {"description": "a lone surrogate: \ud800"},
            {"unknown": [[1.5e3, {"deep": None}]]},
            {"posted_at": "2024-01-01T23:59:60Z"},
            {"posted_at": "2023-12-31t19:00:00.123456789-05:00"},
            {"posted_at": "2024-01-02T13:59:59+14:00"},
        ):
            with self.subTest(changes):
                self.assertEqual(self.verdict(self.good, **changes), (None, None))
        self.assertEqual(self.verdict(b" \t" + json.dumps(self.good).encode() + b"\r")[0], None)

    def test_malformed_json(self):
        text = json.dumps(self.good).encode()
        for raw in (
            b"",
            b"\r",
            text[:-1],
            text + b",",
            text + text,
            b"\xef\xbb\xbf" + text,
            text[:-1] + b',"a":NaN}',
            text[:-1] + b',"a":-Infinity}',
            text[:-1] + b',"a":01}',
            text[:-1] + b',"a":1.}',
            text[:-1] + b',"a":1,}',
            text[:-1] + b',"a":"\t"}',
            text[:-1] + b',"a":"\xff"}',
            text[:-1] + b',"a":"\xed\xa0\x80"}',
            text[:-1] + b',"a":"\xc0\xaf"}',
            text[:-1] + b',"a":"\\x41"}',
            text[:-1] + b',"a":{"b":1,"b":1}}',
            text[:-1] + b',"a":{"b":1,"\\u0062":1}}',
            text[:-1] + b',"a":' + b"[" * 32 + b"]" * 32 + b"}",
            b"[" * 100_000,
        ):
            with self.subTest(raw[-40:]):
                self.assertEqual(self.verdict(raw), ("malformed_json", None))
        for raw in (b"[]", b"null", b'"{}"', b"[" + text + b"]", b"[" * 32 + b"]" * 32):
            self.assertEqual(self.verdict(raw), ("invalid_field", None))
        self.assertEqual(self.verdict(b"[" * 33 + b"]" * 33), ("malformed_json", None))
        deep = text[:-1] + b',"a":' + b"[" * 31 + b"]" * 31 + b"}"
        self.assertEqual(self.verdict(deep), (None, None))
        self.assertEqual(self.verdict(text[:-1] + b',"a":' + b"9" * 5000 + b"}"), (None, None))

    def test_record_too_long(self):
        text = json.dumps(self.good).encode()
        fits = text + b" " * (RECORD_BYTES_MAX - len(text))
        self.assertEqual(self.verdict(fits), (None, None))
        self.assertEqual(self.verdict(fits + b" "), ("record_too_long", None))

    def test_header_fields(self):
        for changes, expected in (
            ({"journal_entry_id": "1"}, "journal_entry_id"),
            ({"journal_entry_id": None}, "journal_entry_id"),
            ({"tenant_id": 5}, "tenant_id"),
            ({"event_type": "Accrual"}, "event_type"),
            ({"effective_at": "2023-02-29"}, "effective_at"),
            ({"effective_at": "20240101"}, "effective_at"),
            ({"effective_at": "2024-01-01\n"}, "effective_at"),
            ({"posted_at": "2024-01-01 12:00:00Z"}, "posted_at"),
            ({"posted_at": "2024-01-01T12:00:00"}, "posted_at"),
            ({"posted_at": "2024-01-01T12:00:60Z"}, "posted_at"),
            ({"posted_at": "2024-01-01T24:00:00Z"}, "posted_at"),
            ({"posted_at": "2024-01-01T12:00:00+2400"}, "posted_at"),
            ({"lines": self.good["lines"][:1]}, "lines"),
            ({"lines": {}}, "lines"),
            ({"lines": [1, 2]}, "lines[0]"),
            ({"reverses_entry_id": ""}, "reverses_entry_id"),
            ({"actor": 1}, "actor"),
            ({"actor": 1, "event_type": "x", "lines": []}, "event_type"),
        ):
            with self.subTest(changes):
                self.assertEqual(self.verdict(self.good, **changes), ("invalid_field", expected))
        del self.good["posted_at"]
        self.assertEqual(self.verdict(self.good, actor=1), ("missing_field", "posted_at"))

    def test_line_fields(self):
        for name, value in (
            ("sequence", 0),
            ("sequence", 32768),
            ("sequence", 1.0),
            ("sequence", "1"),
            ("sequence", True),
            ("account_code", "100"),
            ("account_code", "١٢٣٤"),
            ("account_code", 1000),
            ("direction", "dr"),
            ("amount_minor", 5),
            ("amount_minor", "05"),
            ("amount_minor", "-5"),
            ("amount_minor", str(2**63)),
            ("currency", "usd"),
            ("layer", "settled"),
            ("loan_id", "x"),
            ("external_ref", 1),
        ):
            with self.subTest(name, value=value):
                lines = [dict(each) for each in self.good["lines"]]
                lines[1][name] = value
                expected = ("invalid_field", f"lines[1].{name}")
                self.assertEqual(self.verdict(self.good, lines=lines, actor=1), expected)
                del lines[0]["layer"]
                expected = ("missing_field", "lines[0].layer")
                self.assertEqual(self.verdict(self.good, lines=lines), expected)

    def test_order_after_the_fields(self):
        self.good["posted_at"] = "2024-01-02T00:00:00Z"
        self.assertEqual(self.verdict(self.good)[0], "posted_outside_date")
        self.good["tenant_id"] = OTHER
        self.assertEqual(self.verdict(self.good)[0], "tenant_mismatch")
        self.good["lines"][0]["currency"] = "ZZZ"
        self.assertEqual(self.verdict(self.good)[0], "unknown_currency")

    def test_leap_second_in_utc_only(self):
        self.assertIsNotNone(parse_instant("2016-12-31T15:59:60-08:00"))
        self.assertIsNone(parse_instant("2016-12-31T23:59:60-08:00"))
        self.assertIsNotNone(parse_instant("9999-12-31T23:59:59-01:00"))
        self.assertIsNone(parse_instant("0000-01-01T00:00:00Z"))

    def test_splitting(self):
        self.assertEqual(list(split_records(b"")), [])
        self.assertEqual(list(split_records(b"a\n\nb")), [(1, 0, b"a"), (2, 2, b""), (3, 3, b"b")])
        self.assertEqual(list(split_records(b"a\n")), [(1, 0, b"a")])


STORE = """
CREATE TABLE balance_snapshot (tenant_id, account_code, currency, layer, as_of_date, close_id,
  dr_balance_minor, cr_balance_minor);
CREATE VIEW current_balance AS SELECT *, max(close_id) FROM balance_snapshot
  GROUP BY tenant_id, account_code, currency, layer, as_of_date;
CREATE TABLE close_run (close_id, tenant_id, business_date, status, records_read,
  entries_accepted, records_quarantined);
CREATE TABLE finding (close_id, tenant_id, business_date, code, severity, file, record,
  byte_offset, journal_entry_id, field, account_code, currency, layer, dr_minor, cr_minor, message);
"""


class Comparing(Micro):
    """The comparison itself, against a store written by hand."""

    def setUp(self):
        super().setUp()
        self.day("2024-01-01", entry(1, "2024-01-01", pair(10)))
        self.day("2024-01-02", entry(2, "2024-01-02", pair(5), effective="2024-01-01"), b"{")
        self.store = self.root / "books.sqlite"
        with closing(sqlite3.connect(self.store)) as db:
            db.executescript(STORE)
            versions = ((1, "01", 10), (2, "01", 15), (2, "02", 15))
            db.executemany(
                "INSERT INTO balance_snapshot VALUES (?,?,'USD','SETTLED',?,?,?,?)",
                [
                    (TENANT, account, f"2024-01-{day}", close, *amounts)
                    for close, day, amount in versions
                    for account, amounts in (("1000", (amount, 0)), ("4000", (0, amount)))
                ],
            )
            db.executemany(
                "INSERT INTO close_run VALUES (?,?,?,'complete',?,?,?)",
                [(1, TENANT, "2024-01-01", 1, 1, 0), (2, TENANT, "2024-01-02", 2, 1, 1)],
            )
            place = (TENANT, "2024-01-02")
            part = "date=2024-01-02/part-00000.ndjson.gz"
            db.executemany(
                "INSERT INTO finding (close_id, tenant_id, business_date, code, severity, file, "
                "record) VALUES (2,?,?,?,?,?,?)",
                [
                    (*place, "backdated", "info", part, 1),
                    (*place, "malformed_json", "error", part, 2),
                ],
            )
            db.commit()

    def outcome(self, change=None, planted=None, versions=None):
        if change:
            with closing(sqlite3.connect(self.store)) as db:
                self.assertEqual(db.execute(change).rowcount, 1)
                db.commit()
        return Comparison(self.tree(), self.store, planted, versions).outcome

    def test_equal(self):
        outcome = self.outcome()
        self.assertEqual(outcome.differences, [])
        self.assertEqual((outcome.balances, outcome.findings, outcome.closes), (4, 2, 2))
        self.assertEqual(outcome.versions, 2 + 4)
        self.assertEqual(str(outcome), "4 balances compared, 2 findings compared, 0 mismatched")

    def test_each_change_is_seen(self):
        for change in (
            "UPDATE balance_snapshot SET dr_balance_minor = 11 WHERE rowid = 1",
            "UPDATE balance_snapshot SET cr_balance_minor = 14 WHERE rowid = 6",
            "DELETE FROM balance_snapshot WHERE rowid = 1",
            "DELETE FROM balance_snapshot WHERE rowid = 5",
            "INSERT INTO balance_snapshot VALUES ('x','1000','USD','SETTLED','2024-01-01',1,0,0)",
            "UPDATE close_run SET records_read = 3 WHERE close_id = 2",
            "DELETE FROM finding WHERE code = 'backdated'",
            "UPDATE finding SET record = 1 WHERE code = 'malformed_json'",
            "UPDATE finding SET severity = 'warning' WHERE code = 'malformed_json'",
            "INSERT INTO finding SELECT * FROM finding WHERE code = 'backdated'",
        ):
            with self.subTest(change):
                kept = self.store.read_bytes()
                self.assertNotEqual(self.outcome(change).differences, [])
                self.store.write_bytes(kept)

    def test_sampled_versions(self):
        self.assertEqual(self.outcome(versions=1).versions, 2)
        broken = "UPDATE balance_snapshot SET dr_balance_minor = 11 WHERE rowid = 1"
        self.assertNotEqual(self.outcome(broken, versions=1).differences, [])

    def test_planted(self):
        planted = self.root / "planted.csv"
        head = (
            "code,severity,tenant_id,business_date,file,record,journal_entry_id,field,"
            "account_code,currency,layer\n"
        )
        rows = [
            f"backdated,info,{TENANT},2024-01-02,part-00000.ndjson.gz,1,,,,,\n",
            f"malformed_json,error,{TENANT},2024-01-02,part-00000.ndjson.gz,2,,,,,\n",
        ]
        planted.write_text(head + "".join(rows))
        self.assertEqual(self.outcome(planted=planted).differences, [])
        planted.write_text(head + rows[0])
        self.assertEqual(len(self.outcome(planted=planted).differences), 1)
        planted.write_text(head + "".join(rows).replace("2,,,", f"2,{uuid(9)},,"))
        self.assertEqual(len(self.outcome(planted=planted).differences), 2)


if __name__ == "__main__":
    unittest.main()
