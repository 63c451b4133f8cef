"""The peer: the checks and balances of a close, in DuckDB over the same parts, on all cores.

  duckdb_peer.py PART…

Checks that each entry balances per currency and layer, finds repeated identifiers, and sums every
account, currency and layer. It validates nothing else, stores nothing and reports nothing.
"""
import sys

import duckdb

COLUMNS = """{
  journal_entry_id: 'UUID', tenant_id: 'UUID', event_type: 'VARCHAR', effective_at: 'DATE',
  posted_at: 'TIMESTAMPTZ',
  lines: 'STRUCT(sequence SMALLINT, account_code VARCHAR, direction VARCHAR, amount_minor BIGINT,
                 currency VARCHAR, layer VARCHAR)[]'
}"""


def main(parts):
    db = duckdb.connect()
    db.execute(
        f"""CREATE TEMP TABLE line AS
            SELECT journal_entry_id AS id, effective_at, unnest(lines) AS l
            FROM read_json(?, format = 'newline_delimited', columns = {COLUMNS})""",
        [parts],
    )
    unbalanced = db.execute(
        """SELECT count(*) FROM (
             SELECT id, l.currency, l.layer,
               sum(CASE l.direction WHEN 'DR' THEN l.amount_minor ELSE -l.amount_minor END) AS d
             FROM line GROUP BY ALL HAVING d <> 0)"""
    ).fetchone()[0]
    duplicates = db.execute(
        """SELECT count(*) FROM (
             SELECT id, l.sequence FROM line GROUP BY ALL HAVING count(*) > 1)"""
    ).fetchone()[0]
    balances = db.execute(
        """SELECT l.account_code, l.currency, l.layer, effective_at,
             sum(l.amount_minor) FILTER (l.direction = 'DR'),
             sum(l.amount_minor) FILTER (l.direction = 'CR')
           FROM line GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    print(f"{unbalanced} unbalanced, {duplicates} repeated, {len(balances)} movements")


main(sys.argv[1:])
