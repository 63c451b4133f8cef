"""Measures closes against peers in the same run, and prints and saves one table.

  run.py --isal TIEOUT --zlib TIEOUT --work DIR [--runs 5] [--cases a,b] [--out FILE]

Peers and product take turns, so that a noisy machine is noisy for both; figures are medians. Each
close writes a store and reports of its own, which are removed only when everything is measured:
a file system that has just removed files makes new ones more slowly.
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
        """A demo ledger; made once and used again."""
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

    def close(self, root, tieout=None, store=None, reports=None, **flags):
        self.closes += 1
        out = self.work / "out" / str(self.closes)
        out.mkdir(parents=True)
        store = store or out / "books.sqlite"
        given = [part for key, value in flags.items() for part in (f"--{key.replace('_', '-')}", str(value))]
        command = [tieout or self.options.isal, "close", "--job", root / "job.yaml", "--store", store,
                   "--reports", reports or out / "reports", *given]
        return measure(list(map(str, command))), store

    def medians(self, *work):
        """Medians of wall, CPU and peak of each piece of work, taking turns."""
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
            lambda: self.close(dates, date="2026-04-10")[0], lambda: self.close(one, date="2026-01-01")[0])
        self.row("100 dates x 100,000: entries/s / those of one date of 1 M", (10_000_000 / history.wall) / (1_000_000 / single.wall), 0.85, 1.0,
                 f"{10_000_000 / history.wall / 1e6:.2f} M/s; {1_000_000 / single.wall / 1e6:.2f} M/s", at_least=True)


CASES = ["one_part", "eight_parts", "ten_million", "last_of_many", "many_tenants", "backfill"]


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
