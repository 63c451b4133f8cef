"""Replaces the part of a demo export by one that another exporter might have written.

  second_exporter.py DIR ENTRIES      DIR: what `tieout demo --tenants 1 --dates 1 --parts 1` made

Names are sorted, commas and colons are followed by a blank, some members are unknown to the
specification or null, references and texts hold escapes and letters that are not ASCII, and instants have
six decimals and an offset. The same arguments give the same records.
"""
import gzip
import json
import pathlib
import random
import sys
import uuid

# The event, and the account and side of each line: the first line has the whole amount.
EVENTS = [
    ("payment_received", [("1000", "DR"), ("1200", "CR")]),
    ("accrual", [("1200", "DR"), ("4000", "CR")]),
    ("fee_assessed", [("1100", "DR"), ("4000", "CR")]),
    ("payment_allocated", [("2010", "DR"), ("1100", "CR"), ("1200", "CR"), ("4000", "CR")]),
]
TEXTS = ["interest", "Zinsen für März", 'late fee "A"']


class Exporter:
    def __init__(self, tenant, date):
        self.random = random.Random(7)
        self.tenant, self.date = tenant, date
        self.loans = [self.uuid() for _ in range(500)]

    def uuid(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def lines(self, sides):
        amount = self.random.randint(100, 10 ** self.random.randint(3, 8))
        currency = self.random.choice(["USD", "EUR", "GBP"])
        rest = amount
        for index, (account, direction) in enumerate(sides):
            is_last = index == len(sides) - 1
            part = amount if index == 0 else rest if is_last else self.random.randint(0, rest)
            rest -= part if index > 0 else 0
            line = {
                "sequence": index + 1, "account_code": account, "direction": direction,
                "amount_minor": str(part), "currency": currency, "layer": "SETTLED",
                "cost_centre": self.random.choice([None, "north", "south"]),
            }
            if self.random.random() < 0.6:
                line["loan_id"] = self.random.choice(self.loans)
            if self.random.random() < 0.3:
                line["external_ref"] = f"W/{self.random.getrandbits(30)}"
            yield line

    def record(self, number):
        event, sides = self.random.choice(EVENTS)
        second, micros = self.random.randrange(86_400), self.random.randrange(1_000_000)
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{micros:06}"
        record = {
            "journal_entry_id": self.uuid(), "event_type": event, "tenant_id": self.tenant,
            "effective_at": self.date, "posted_at": f"{self.date}T{clock}+00:00",
            "lines": list(self.lines(sides)), "description": self.random.choice(TEXTS),
            "ledger_offset": number, "source": {"system": "core", "batch": [1, 2, number]},
        }
        return json.dumps(record, sort_keys=True, ensure_ascii=self.random.random() < 0.5)


def main():
    directory, entries = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    (part,) = directory.glob("exports/tenant_id=*/date=*/part-*.ndjson.gz")
    tenant, date = (name.split("=")[1] for name in part.parts[-3:-1])
    exporter = Exporter(tenant, date)
    text = "".join(exporter.record(number) + "\n" for number in range(entries))
    # No time and no name in the header, so that the file is the same in every run.
    part.write_bytes(gzip.compress(text.encode(), 6, mtime=0))
    # It has the totals of what was replaced.
    part.with_name("manifest.json").unlink()


main()
