"""Measures closes against peers in the same run, and prints and saves one table.

  run.py --isal TIEOUT --zlib TIEOUT --work DIR [--runs 5] [--cases a,b] [--out FILE]

Peers and Tieout take turns, so noise of the machine affects both; figures are medians. Each close
writes its own store and reports, which are removed at the very end, because a file system that has just
removed files creates new ones more slowly.
"""
import argparse
import glob
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent


class Measured:
    def __init__(self, wall, cpu, peak_kib):
        self.wall, self.cpu, self.peak_kib = wall, cpu, peak_kib


def measure(command, accepted=(0,)):
    """Runs a command and returns its wall and CPU seconds and its peak memory."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    code = os.waitstatus_to_exitcode(status)
    if code not in accepted:
        sys.exit(f"{' '.join(map(str, command))} ended with {code}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


class Bench:
    def __init__(self, options):
        self.options = options
        self.work = pathlib.Path(options.work)
        self.work.mkdir(parents=True, exist_ok=True)
        self.rows = []
        self.closes = 0

    def tree(self, name, **shape):
        """A demo ledger; generated once and reused."""
        root = self.work / name
        if not (root / "job.yaml").exists():
            shutil.rmtree(root, ignore_errors=True)
            flags = [part for key, value in shape.items() for part in (f"--{key}", str(value))]
            run = [self.options.isal, "demo", "--out", root, "--no-defects", "--no-opening", *flags]
            subprocess.run(list(map(str, run)), check=True, stdout=subprocess.DEVNULL)
        for part in self.parts(root):
            with open(part, "rb") as file:
                while file.read(1 << 24):
                    pass
        return root

    def parts(self, root):
        return sorted(glob.glob(f"{root}/exports/*/*/*.gz"))

    def close(self, root, tieout=None, store=None, reports=None, command="close", **flags):
        self.closes += 1
        out = self.work / "out" / str(self.closes)
        out.mkdir(parents=True)
        store = store or out / "books.sqlite"
        given = [part for key, value in flags.items() for part in (f"--{key.replace('_', '-')}", str(value))]
        command = [tieout or self.options.isal, command, "--job", root / "job.yaml", "--store", store,
                   "--reports", reports or out / "reports", *given]
        return measure(list(map(str, command))), store

    def medians(self, *work):
        """Runs all work in turns and returns medians of wall and CPU time, and the peak memory."""
        taken = [[] for _ in work]
        for _ in range(self.options.runs):
            for piece, results in zip(work, taken):
                results.append(piece())
        middle = statistics.median
        return [Measured(middle(r.wall for r in rs), middle(r.cpu for r in rs), max(r.peak_kib for r in rs))
                for rs in taken]

    def row(self, case, figure, bar, reach, detail, at_least=False):
        met = figure >= bar if at_least else figure <= bar
        self.rows.append(dict(case=case, figure=round(figure, 3), bar=bar, reach=reach, met=met, detail=detail))
        print(f"{'ok  ' if met else 'MISS'} {case}: {figure:.3f} (bar {bar}) {detail}", flush=True)

    # Cases

    def one_part(self):
        root = self.tree("one-part", tenants=1, dates=1, entries=1_000_000, parts=1)
        part = self.parts(root)[0]
        python = sys.executable
        close, zlib, igzip, gzip, pigz, duck = self.medians(
            lambda: self.close(root, date="2026-01-01")[0],
            lambda: self.close(root, tieout=self.options.zlib, date="2026-01-01")[0],
            lambda: measure(["igzip", "-dc", part]),
            lambda: measure(["gzip", "-dc", part]),
            lambda: measure(["pigz", "-p1", "-dc", part]),
            lambda: measure([python, str(HERE / "duckdb_peer.py"), part]))
        wall = f"{close.wall:.2f} s, peak {close.peak_kib // 1024} MiB"
        self.row("one part, 1 M entries / igzip -dc", close.wall / igzip.wall, 1.25, 1.0, f"{wall}; igzip {igzip.wall:.2f} s")
        self.row("the same / gzip -dc", close.wall / gzip.wall, 0.30, 0.22, f"gzip {gzip.wall:.2f} s")
        self.row("built without ISA-L / pigz -p1 -dc", zlib.wall / pigz.wall, 1.10, 1.0, f"{zlib.wall:.2f} s; pigz {pigz.wall:.2f} s")
        self.row("the same / DuckDB, same checks", close.wall / duck.wall, 0.25, 0.20, f"DuckDB {duck.wall:.2f} s, peak {duck.peak_kib // 1024} MiB")
        self.row("CPU of the close / CPU of igzip -dc", close.cpu / igzip.cpu, 2.3, 1.8, f"{close.cpu:.2f} s; igzip {igzip.cpu:.2f} s")

    def eight_parts(self):
        root = self.tree("eight-parts", tenants=1, dates=1, entries=1_000_000, parts=8)
        parts = self.parts(root)
        close, igzip = self.medians(
            lambda: self.close(root, date="2026-01-01")[0],
            lambda: measure(["sh", "-c", 'for part; do igzip -dc "$part"; done', "sh", *parts]))
        self.row("8 parts, 1 M entries / igzip -dc in turn", close.wall / igzip.wall, 1.05, 0.9, f"{close.wall:.2f} s; igzip {igzip.wall:.2f} s")

    def ten_million(self):
        root = self.tree("ten-million", tenants=1, dates=1, entries=10_000_000, parts=1)
        free, store = self.close(root, date="2026-01-01")
        entry_bytes = (free.peak_kib * 1024 - (64 << 20)) / 10_000_000
        self.row("10 M entries: peak memory past 64 MiB, bytes per entry", entry_bytes, 40, 28, f"peak {free.peak_kib // 1024} MiB, {free.wall:.1f} s")
        limited, limited_store = self.close(root, date="2026-01-01", memory_limit="128MiB")
        same = self.digests(store) == self.digests(limited_store)
        self.row("10 M entries with --memory-limit 128MiB: digest differs", 0 if same else 1, 0, 0, f"peak {limited.peak_kib // 1024} MiB, {limited.wall:.1f} s")

    def digests(self, store):
        import sqlite3
        with sqlite3.connect(store) as db:
            return db.execute("SELECT tenant_id, business_date, chain_digest FROM close_run ORDER BY 1, 2").fetchall()

    def last_of_many(self):
        root = self.tree("four-hundred-dates", tenants=1, dates=400, entries=2_000, parts=1)
        _, early = self.close(root, date="2026-01-01")
        _, late = self.close(root, date="2027-02-03")

        def on(base, date):
            def work():
                store = base.parent / f"{date}-{self.closes}.sqlite"
                shutil.copy(base, store)
                os.sync()  # or the close would wait for the copy to reach the disk
                # With the reports of the dates before: a new directory would get all of them anew.
                return self.close(root, store=store, reports=base.parent / "reports", date=date)[0]
            return work
        second, last = self.medians(on(early, "2026-01-02"), on(late, "2027-02-04"))
        self.row("date 400 of 400 / date 2", last.wall / second.wall, 1.10, 1.0, f"{last.wall * 1000:.0f} ms; {second.wall * 1000:.0f} ms")

    def many_tenants(self):
        many = self.tree("thousand-tenants", tenants=1000, dates=1, entries=1000, parts=1)
        one = self.tree("one-part", tenants=1, dates=1, entries=1_000_000, parts=1)
        small, large = self.medians(
            lambda: self.close(many, date="2026-01-01")[0], lambda: self.close(one, date="2026-01-01")[0])
        self.row("1,000 tenants x 1,000 entries / 1 x 1 M", small.wall / large.wall, 2.0, 1.3, f"{small.wall:.2f} s; {large.wall:.2f} s")

    def backfill(self):
        dates = self.tree("hundred-dates", tenants=1, dates=100, entries=100_000, parts=1)
        one = self.tree("one-part", tenants=1, dates=1, entries=1_000_000, parts=1)
        history, single = self.medians(
            lambda: self.close(dates, command="backfill", **{"from": "2026-01-01", "to": "2026-04-10"})[0], lambda: self.close(one, date="2026-01-01")[0])
        self.row("100 dates x 100,000: entries/s / those of one date of 1 M", (10_000_000 / history.wall) / (1_000_000 / single.wall), 0.85, 1.0,
                 f"{10_000_000 / history.wall / 1e6:.2f} M/s; {1_000_000 / single.wall / 1e6:.2f} M/s", at_least=True)

    def restatement(self):
        """1,000 entries that reach back over 365 dates, over 37 and over none: the cost of a row."""
        import sqlite3
        root = self.tree("a-year", tenants=1, dates=366, entries=300, parts=1)
        _, base = self.close(root, date="2026-12-31")
        chart = root / "chart.csv"
        accounts = [line.split(",")[0] for line in chart.read_text().splitlines()[1:]]
        stores = {}

        def work(reach):
            exports = self.backdated(root, accounts, reach)

            def close():
                store = base.parent / f"{reach}-{self.closes}.sqlite"
                shutil.copy(base, store)
                os.sync()
                stores[reach] = store
                return self.close(root, store=store, exports=exports, reports=base.parent / f"reports-{reach}",
                                  date="2027-01-01")[0]
            return close
        for reach in (0, 37, 365):  # the reports of the dates before are written once
            work(reach)()
        none, short, long = self.medians(work(0), work(37), work(365))

        def rows(reach):
            with sqlite3.connect(stores[reach]) as db:
                return db.execute("SELECT count(*) FROM stored_restatement WHERE close_id = 366").fetchone()[0]
        cost = [(taken.cpu - none.cpu) / rows(reach) * 1e6 for taken, reach in ((short, 37), (long, 365))]
        self.row("1,000 backdated entries: CPU of a restated row, reaching back 365 dates / 37", cost[1] / cost[0], 1.5, 1.0,
                 f"{cost[1]:.1f} us for each of {rows(365)} rows ({long.wall * 1000:.0f} ms in all); {cost[0]:.1f} us for each of {rows(37)}; "
                 f"without backdated entries {none.wall * 1000:.0f} ms")

    def backdated(self, root, accounts, reach):
        """An export of 2027-01-01 whose 1,000 entries are effective up to so many days before it."""
        import datetime
        tenant = next((root / "exports").iterdir()).name
        part = self.work / f"backdated-{reach}" / tenant / "date=2027-01-01" / "part-00000.ndjson"
        part.parent.mkdir(parents=True, exist_ok=True)
        date = datetime.date(2027, 1, 1)
        with open(part, "w") as file:
            for i in range(1000):
                effective = date - datetime.timedelta(days=i * reach // 1000 + 1 if reach else 0)
                lines = [dict(sequence=n + 1, account_code=accounts[(i * 7 + n) % len(accounts)], direction=side,
                              amount_minor="100", currency="USD", layer="SETTLED") for n, side in enumerate(("DR", "CR"))]
                file.write(json.dumps(dict(journal_entry_id=f"00000000-0000-4000-8000-{i:012}", event_type="manual_adjustment",
                                           effective_at=str(effective), posted_at=f"{date}T12:00:00Z", lines=lines)) + "\n")
        return part.parent.parent.parent


CASES = ["one_part", "eight_parts", "ten_million", "last_of_many", "many_tenants", "backfill", "restatement"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--isal", required=True)
    parser.add_argument("--zlib", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--out")
    options = parser.parse_args()
    bench = Bench(options)
    for case in options.cases.split(","):
        getattr(bench, case)()
    lines = ["| case | measured | bar | reach | |", "|---|---|---|---|---|"]
    lines += [f"| {r['case']} | {'**' if r['met'] else ''}{r['figure']}{'**' if r['met'] else ' (missed)'} | {r['bar']} | {r['reach']} | {r['detail']} |" for r in bench.rows]
    table = "\n".join(lines) + "\n"
    print("\n" + table)
    if options.out:
        pathlib.Path(options.out).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(options.out).write_text(table)
        pathlib.Path(options.out).with_suffix(".json").write_text(json.dumps(bench.rows, indent=2) + "\n")
    shutil.rmtree(bench.work / "out", ignore_errors=True)


main()
