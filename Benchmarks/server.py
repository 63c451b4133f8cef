#!/usr/bin/env python3
"""Measures tieout-server with wrk; see scripts/benchmark-server. Standard library only."""
import argparse
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ISSUER, AUDIENCE = "https://issuer.localhost", "tieout"
TENANTS, DATES, ENTRIES, CLOSED = 20, 400, 60, 365


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def make_store(binary, work):
    """Makes a store of a million rows, and leaves dates to close."""
    # Made again each time, because measuring closes some of its dates.
    subprocess.run(["rm", "-rf", work], check=True)
    os.makedirs(work)
    demo = f"{work}/demo"
    run(f"{binary}/tieout", "demo", "--out", demo, "--tenants", str(TENANTS), "--dates", str(DATES),
        "--entries", str(ENTRIES), "--parts", "1", "--no-defects")
    settings = [line for line in open(f"{demo}/job.yaml") if not line.startswith(("reports:", "date:"))]
    with open(f"{demo}/job.yaml", "w") as job:
        job.writelines(settings)
    close(binary, demo, "2026-12-31")
    return demo


def close(binary, demo, date):
    outcome = subprocess.run([f"{binary}/tieout", "close", "--job", f"{demo}/job.yaml", "--date", date],
                             capture_output=True, text=True)
    if outcome.returncode not in (0, 1):
        sys.exit(outcome.stdout + outcome.stderr)


def write_requests(binary, demo, work):
    """Writes tokens of every tenant, and targets with shuffled keys and dates."""
    books = sqlite3.connect(f"{demo}/books.sqlite")
    tenants = [row[0] for row in books.execute("SELECT tenant_id FROM tenant ORDER BY 1")]
    keys = books.execute("SELECT DISTINCT account_code, currency, layer FROM balance_snapshot "
                         "WHERE as_of_date = '2026-06-01' ORDER BY 1, 2, 3").fetchall()
    dates = [row[0] for row in books.execute("SELECT DISTINCT business_date FROM close_run ORDER BY 1")]
    rows = books.execute("SELECT count(*) FROM balance_snapshot").fetchone()[0]
    books.close()
    with open(f"{work}/tokens", "w") as file:
        for tenant in tenants:
            file.write(run(f"{binary}/tieout-server", "dev-token", "--tenant", tenant, "--keys", f"{work}/keys",
                           "--valid-seconds", "86400"))
    targets = [f"/v1/accounts/{account}/balance?currency={currency}&layer={layer}&as_of_date={date}"
               for account, currency, layer in keys for date in dates]
    random.Random(1).shuffle(targets)
    with open(f"{work}/targets", "w") as file:
        file.writelines(target + "\n" for target in targets)
    return rows


class Server:
    def __init__(self, binary, demo, work):
        self.log = open(f"{work}/server.log", "w")
        self.process = subprocess.Popen(
            [f"{binary}/tieout-server", "serve", "--store", f"{demo}/books.sqlite", "--jwks", f"{work}/keys/jwks.json",
             "--issuer", ISSUER, "--audience", AUDIENCE, "--port", "0", "--metrics-port", "0"], stdout=self.log)
        self.ports = {}
        while len(self.ports) < 2:
            time.sleep(0.05)
            for line in open(f"{work}/server.log"):
                said = json.loads(line)
                if said["message"] == "listening":
                    self.ports[said["listener"]] = said["port"]

    def memory_mib(self):
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024

    def waits(self):
        page = urllib.request.urlopen(f"http://127.0.0.1:{self.ports['metrics']}/v1/metrics").read().decode()
        return int(re.search(r"^tieout_server_store_waits_total (\d+)", page, re.M).group(1))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(timeout=60) != 0:
            sys.exit("the server did not exit cleanly")
        self.log.close()


class Load:
    """wrk against a server, whose requests go through all pairs of token and target."""

    # Requests that a thread prepares: more than it can send, or so few that it repeats them.
    ONCE, AGAIN = 120_000, 20_000

    def __init__(self, server, work):
        self.server, self.work, self.next_pair = server, work, 0

    def once(self, seconds):
        """Every request is for a different balance, so none is in the cache."""
        measured = self.run(seconds, count=self.ONCE, first=self.next_pair)
        if measured["requests"] > 2 * self.ONCE:
            sys.exit("balances were requested twice; increase ONCE")
        self.next_pair += 2 * self.ONCE
        return measured

    def again(self, seconds):
        """40,000 balances, requested repeatedly."""
        return self.run(seconds, count=self.AGAIN, first=0)

    def live(self, seconds):
        """The cheapest route."""
        return self.run(seconds, target="/v1/health/live")

    def run(self, seconds, count=0, first=0, target=""):
        environment = dict(os.environ, TOKENS=f"{self.work}/tokens", TARGETS=f"{self.work}/targets",
                           TARGET=target, COUNT=str(count), FIRST=str(first))
        said = run("wrk", "-t2", "-c64", f"-d{seconds}s", "--latency", "-s", f"{HERE}/requests.lua",
                   f"http://127.0.0.1:{self.server.ports['api']}", env=environment)
        return {name: float(value) for name, value in re.findall(r"(\w+)=([0-9.]+)", said.split("result")[1])}


def load_while_closing(given, demo, server, load):
    """Measures while dates are closed one after another, each in its own transaction, with the priority that
    the units give a close."""
    before = server.waits()
    closing = subprocess.Popen(
        ["nice", "-n", "5", "sh", "-c", 'for date in "$@"; do "$0" close --quiet --job "$JOB" --date "$date" >/dev/null || [ $? -eq 1 ] || exit 2; sleep 0.1; done',
         f"{given.bin}/tieout"] + [f"2027-01-{day:02}" for day in range(1, 31)], env=dict(os.environ, JOB=f"{demo}/job.yaml"))
    measured = load.again(given.seconds)
    measured["waits"] = server.waits() - before
    if closing.wait() != 0:
        sys.exit("closing failed")
    return measured


def row(name, measured, bar, more=""):
    return f"| {name} | {measured} | {bar} | {more} |\n"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--work", required=True)
    options.add_argument("--out", required=True)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--seconds", type=int, default=10)
    given = options.parse_args()
    demo = make_store(given.bin, given.work)
    rows = write_requests(given.bin, demo, given.work)
    server = Server(given.bin, demo, given.work)
    load = Load(server, given.work)
    load.again(2)
    live, once, again = [], [], []
    for _ in range(given.runs):
        live.append(load.live(max(2, given.seconds // 3)))
        once.append(load.once(given.seconds))
        again.append(load.again(given.seconds))
    table = f"{rows} snapshot rows, wrk -t2 -c64, medians of {given.runs}\n\n| case | measured | bar | |\n|---|---|---|---|\n"
    median = lambda list, name: statistics.median(one[name] for one in list)
    bare = median(live, "rate")
    table += row("/v1/health/live, requests/s", f"{bare:.0f}", "", f"p50 {median(live, 'p50_ms'):.1f} ms, p99 {median(live, 'p99_ms'):.1f} ms")
    for name, measured in (("balances, none asked for twice", once), ("40,000 balances, again and again", again)):
        table += row(f"{name}, requests/s", f"{median(measured, 'rate'):.0f}", "10000", f"{median(measured, 'rate') / bare:.2f} of /v1/health/live")
        table += row("p99", f"{median(measured, 'p99_ms'):.1f} ms", "10 ms", f"p50 {median(measured, 'p50_ms'):.1f} ms; p99 of each run: " + ", ".join(f"{one['p99_ms']:.1f}" for one in measured))
    # At least a million requests; memory is sampled on the way.
    sent, memories = 0, []
    while sent < 1_000_000:
        sent += int(load.again(given.seconds)["requests"])
        memories.append(server.memory_mib())
    table += row(f"memory over {sent} requests", f"{memories[-1]:.0f} MiB", "flat", f"after the first {given.seconds} s {memories[0]:.0f}, at most {max(memories):.0f} MiB")
    closing = []
    shutil.copy(f"{demo}/books.sqlite", f"{demo}/books.before")
    for _ in range(min(given.runs, 3)):
        shutil.copy(f"{demo}/books.before", f"{demo}/books.next")
        os.rename(f"{demo}/books.next", f"{demo}/books.sqlite")
        # Lets the server open the new store and close the old one, and flushes pending writes, so that commits
        # do not wait for them.
        load.again(2)
        os.sync()
        time.sleep(1)
        closing.append(load_while_closing(given, demo, server, load))
    table += row("p99 while dates are closed", f"{median(closing, 'p99_ms'):.1f} ms", "25 ms",
                 f"{median(closing, 'rate'):.0f} requests/s; p99 of each run: " + ", ".join(f"{one['p99_ms']:.1f}" for one in closing)
                 + "; look-ups that waited: " + ", ".join(str(one["waits"]) for one in closing))
    errors = sum(one["errors"] for one in live + once + again + closing)
    table += row("errors", f"{errors:.0f}", "0")
    server.end()
    os.makedirs(os.path.dirname(given.out), exist_ok=True)
    open(given.out, "w").write(table)
    print(table)


if __name__ == "__main__":
    main()
