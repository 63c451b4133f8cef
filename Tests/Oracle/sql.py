"""The oracle's computation, as DuckDB SQL.

The tables calendar (the closed dates), record, line, chart and opening are the input; the others
are derived from them.
"""

TABLES = """
CREATE TABLE calendar (tenant_id VARCHAR, business_date DATE, first_date DATE);
CREATE TABLE record (
  tenant_id VARCHAR, business_date DATE, file VARCHAR, record BIGINT, byte_offset BIGINT,
  entry_id VARCHAR, effective DATE, reverses VARCHAR, code VARCHAR, field VARCHAR);
CREATE TABLE line (
  tenant_id VARCHAR, business_date DATE, file VARCHAR, record BIGINT,
  sequence INTEGER, account_code VARCHAR, direction VARCHAR, amount_minor BIGINT,
  currency VARCHAR, layer VARCHAR, loan_id VARCHAR, borrower_id VARCHAR, external_ref VARCHAR);
CREATE TABLE chart (tenant_id VARCHAR, account_code VARCHAR, normal_side VARCHAR);
CREATE TABLE opening (
  tenant_id VARCHAR, account_code VARCHAR, currency VARCHAR, layer VARCHAR,
  dr_minor BIGINT, cr_minor BIGINT);
CREATE TABLE known (tenant_id VARCHAR, known_date DATE);
"""

# The tables with rows of a business date, for removing a date that cannot close.
BY_BUSINESS_DATE = {
    "calendar": "business_date",
    "record": "business_date",
    "alone": "business_date",
    "verdict": "business_date",
    "imbalance": "business_date",
    "movement": "posted_date",
}

# The checks after the record's own: the chart, the sequence, the balance. Then, among the remaining
# records, those of an id that a close of the $window days before accepted against that entry; and
# the first of every id of a tenant's business date against the others. A date that accepted nothing
# of an id does not count for later dates, so the dates that accept an id follow from each other.
VERDICTS = (
    """
CREATE TABLE imbalance AS
SELECT tenant_id, business_date, file, record, currency, layer,
  coalesce(sum(amount_minor) FILTER (direction = 'DR'), 0) AS dr_minor,
  coalesce(sum(amount_minor) FILTER (direction = 'CR'), 0) AS cr_minor
FROM line GROUP BY ALL
HAVING coalesce(sum(amount_minor) FILTER (direction = 'DR'), 0)
    <> coalesce(sum(amount_minor) FILTER (direction = 'CR'), 0)
""",
    """
CREATE TABLE alone AS
WITH of_lines AS (
  SELECT l.tenant_id, l.business_date, l.file, l.record,
    bool_or(c.account_code IS NULL) AS unknown_account,
    count(*) > count(DISTINCT l.sequence) AS duplicate_sequence,
    list({'n': l.sequence, 'account': l.account_code, 'side': l.direction,
      'amount': l.amount_minor, 'currency': l.currency, 'layer': l.layer, 'loan': l.loan_id,
      'borrower': l.borrower_id, 'ref': l.external_ref} ORDER BY l.sequence) AS lines
  FROM line l LEFT JOIN (SELECT DISTINCT tenant_id, account_code FROM chart) c
    USING (tenant_id, account_code)
  GROUP BY ALL
)
SELECT r.tenant_id, r.business_date, r.file, r.record, r.byte_offset, r.entry_id, r.effective,
  r.reverses, r.field, o.lines,
  CASE WHEN r.code IS NOT NULL THEN r.code
    WHEN o.unknown_account THEN 'unknown_account'
    WHEN o.duplicate_sequence THEN 'duplicate_sequence'
    WHEN EXISTS (SELECT 1 FROM imbalance i WHERE i.tenant_id = r.tenant_id
      AND i.business_date = r.business_date AND i.file = r.file AND i.record = r.record)
    THEN 'unbalanced' END AS code
FROM record r LEFT JOIN of_lines o USING (tenant_id, business_date, file, record)
""",
    """
CREATE TABLE verdict AS
WITH RECURSIVE of_several_dates AS (
  SELECT DISTINCT tenant_id, entry_id, business_date FROM alone WHERE code IS NULL
  QUALIFY count(*) OVER (PARTITION BY tenant_id, entry_id) > 1
), accepting AS (
  SELECT tenant_id, entry_id, min(business_date) AS business_date
  FROM of_several_dates GROUP BY ALL
  UNION ALL
  SELECT a.tenant_id, a.entry_id, min(d.business_date)
  FROM accepting a JOIN of_several_dates d USING (tenant_id, entry_id)
  WHERE d.business_date - a.business_date > $window
  GROUP BY ALL
), among AS (
  SELECT *,
    row_number() OVER same_id AS place,
    first_value({'effective': effective, 'lines': lines}) OVER same_id AS accepted
  FROM alone WHERE code IS NULL
  WINDOW same_id AS (PARTITION BY tenant_id, business_date, entry_id ORDER BY file, record)
), closed AS (
  SELECT d.tenant_id, d.entry_id, d.business_date, f.accepted
  FROM of_several_dates d JOIN accepting a USING (tenant_id, entry_id)
  JOIN among f ON f.tenant_id = a.tenant_id AND f.entry_id = a.entry_id
    AND f.business_date = a.business_date AND f.place = 1
  WHERE d.business_date > a.business_date AND d.business_date - a.business_date <= $window
)
SELECT a.tenant_id, a.business_date, a.file, a.record, a.byte_offset, a.entry_id, a.effective,
  a.reverses, a.field,
  CASE WHEN c.accepted IS NULL AND a.place = 1 THEN NULL
    WHEN {'effective': a.effective, 'lines': a.lines} <> coalesce(c.accepted, a.accepted)
    THEN 'conflicting_duplicate'
    WHEN c.accepted IS NULL THEN 'duplicate_entry'
    ELSE 'entry_already_closed' END AS code
FROM among a LEFT JOIN closed c USING (tenant_id, business_date, entry_id)
UNION ALL
SELECT tenant_id, business_date, file, record, byte_offset, entry_id, effective, reverses,
  field, code
FROM alone WHERE code IS NOT NULL
""",
)

TOO_MANY_QUARANTINED = """
SELECT tenant_id, min(business_date) FROM (
  SELECT tenant_id, business_date, count(*) AS records, count(code) AS quarantined
  FROM verdict GROUP BY ALL)
WHERE quarantined > $records AND quarantined * 100 > records * $percent
  OR quarantined = records AND records >= $whole
GROUP BY tenant_id
"""

# counts_from: what is effective before the first closed date counts from that date on.
# The opening balances are a movement known from before every close.
MOVEMENTS = """
CREATE TABLE movement AS
SELECT l.tenant_id, l.account_code, l.currency, l.layer, l.business_date AS posted_date,
  greatest(v.effective, c.first_date) AS counts_from,
  coalesce(sum(l.amount_minor) FILTER (l.direction = 'DR'), 0) AS dr_minor,
  coalesce(sum(l.amount_minor) FILTER (l.direction = 'CR'), 0) AS cr_minor,
  count(*) AS line_count
FROM line l
JOIN verdict v USING (tenant_id, business_date, file, record)
JOIN calendar c USING (tenant_id, business_date)
WHERE v.code IS NULL
GROUP BY ALL
UNION ALL
SELECT o.tenant_id, o.account_code, o.currency, o.layer, DATE '0001-01-01', c.first_date,
  sum(o.dr_minor), sum(o.cr_minor), 0
FROM opening o JOIN (SELECT DISTINCT tenant_id, first_date FROM calendar) c USING (tenant_id)
GROUP BY ALL;
"""

# A close fails if a balance that it knows exceeds the limit on any date up to its own.
OVERFLOWS = """
SELECT tenant_id, min(stop) FROM (
  SELECT tenant_id, greatest(counts_from, posted_date) AS stop,
    sum(sum(dr_minor)) OVER running AS dr, sum(sum(cr_minor)) OVER running AS cr
  FROM movement GROUP BY tenant_id, account_code, currency, layer, stop
  WINDOW running AS (PARTITION BY tenant_id, account_code, currency, layer ORDER BY stop))
JOIN (SELECT tenant_id, max(business_date) AS last_date FROM calendar GROUP BY ALL)
  USING (tenant_id)
WHERE greatest(dr, cr) > 9223372036854775807 AND stop <= last_date
GROUP BY tenant_id
"""


def _running(movements, calendar, version=""):
    """Balances: a running sum of movements over the grid of keys and the dates they have rows for.

    Source: the movement's key, `as_of_date` and amounts. Every key has a row for every date of the
    calendar from its first on. `version` is one more column that keys and dates are taken within.
    """
    key = f"{version}tenant_id, account_code, currency, layer"
    return f"""
WITH m AS ({movements}),
per_day AS (
  SELECT {key}, as_of_date, sum(dr_minor) AS dr, sum(cr_minor) AS cr FROM m GROUP BY ALL),
first_day AS (SELECT {key}, min(as_of_date) AS since FROM per_day GROUP BY ALL),
days AS ({calendar}),
grid AS (
  SELECT f.*, d.as_of_date FROM first_day f
  JOIN days d ON d.tenant_id = f.tenant_id AND d.as_of_date >= f.since
    {"AND d.known_date = f.known_date" if version else ""})
SELECT {key}, as_of_date,
  sum(coalesce(dr, 0)) OVER running AS dr_balance_minor,
  sum(coalesce(cr, 0)) OVER running AS cr_balance_minor
FROM grid LEFT JOIN per_day USING ({key}, as_of_date)
WINDOW running AS (PARTITION BY {key} ORDER BY as_of_date ROWS UNBOUNDED PRECEDING)
"""


_CALENDAR = "SELECT tenant_id, business_date AS as_of_date FROM calendar"

# balance: from everything that is closed. balance_at_close: each date as known at its own close,
# from what was posted up to then.
BALANCES = f"""
CREATE TABLE balance AS
{_running("SELECT *, counts_from AS as_of_date FROM movement", _CALENDAR)};
CREATE TABLE balance_at_close AS
{_running("SELECT *, greatest(counts_from, posted_date) AS as_of_date FROM movement", _CALENDAR)};

CREATE TABLE close AS
SELECT c.tenant_id, c.business_date, count(v.tenant_id) AS records_read,
  count(v.tenant_id) - count(v.code) AS entries_accepted, count(v.code) AS records_quarantined
FROM calendar c LEFT JOIN verdict v USING (tenant_id, business_date)
GROUP BY ALL;
"""

KNOWN_BALANCES = f"""
CREATE OR REPLACE TABLE known_balance AS
{_running(
    "SELECT k.known_date, m.*, m.counts_from AS as_of_date FROM movement m "
    "JOIN known k ON k.tenant_id = m.tenant_id AND m.posted_date <= k.known_date",
    "SELECT c.tenant_id, k.known_date, c.business_date AS as_of_date FROM calendar c "
    "JOIN known k ON k.tenant_id = c.tenant_id AND c.business_date <= k.known_date",
    "known_date, ")};
"""

# What accepted entries reverse. A reversal mirrors its entry if the lines of both, its own with the
# sides exchanged, are the same multiset. The entry is the date's own, else that of a close of the
# $window days before; any other cannot be compared. In the order of dates, files and records all but
# the first reversal of an entry are repeated.
REVERSALS = """
CREATE TABLE reversal AS
WITH accepted AS (SELECT * FROM verdict WHERE code IS NULL),
reversing AS (SELECT * FROM accepted WHERE reverses IS NOT NULL),
compared AS (
  SELECT r.tenant_id, r.business_date, r.file, r.record, o.business_date AS reversed_date,
    o.file AS reversed_file, o.record AS reversed_record
  FROM reversing r JOIN accepted o ON o.tenant_id = r.tenant_id
    AND r.business_date - o.business_date BETWEEN 0 AND $window AND o.entry_id = r.reverses
  QUALIFY row_number() OVER (
    PARTITION BY r.tenant_id, r.business_date, r.file, r.record ORDER BY o.business_date DESC) = 1
), line_of_either AS (
  SELECT c.*, l.account_code, l.currency, l.layer, l.amount_minor,
    CASE l.direction WHEN 'DR' THEN 'CR' ELSE 'DR' END AS side, 1 AS times
  FROM compared c JOIN line l USING (tenant_id, business_date, file, record)
  UNION ALL
  SELECT c.*, l.account_code, l.currency, l.layer, l.amount_minor, l.direction, -1
  FROM compared c JOIN line l ON l.tenant_id = c.tenant_id AND l.business_date = c.reversed_date
    AND l.file = c.reversed_file AND l.record = c.reversed_record
), left_over AS (
  SELECT tenant_id, business_date, file, record FROM line_of_either
  GROUP BY tenant_id, business_date, file, record, account_code, currency, layer, amount_minor, side
  HAVING sum(times) <> 0
)
SELECT tenant_id, business_date, file, record, entry_id, 'reversal_mismatch' AS code
FROM reversing SEMI JOIN left_over USING (tenant_id, business_date, file, record)
UNION ALL
SELECT tenant_id, business_date, file, record, entry_id, 'reversal_repeated'
FROM reversing
QUALIFY row_number() OVER (PARTITION BY tenant_id, reverses ORDER BY business_date, file, record) > 1;
"""

# A record has one error, an unbalanced one per currency and layer. An accepted entry may have
# several notes.
FINDINGS = """
CREATE TABLE finding AS
WITH accepted AS (
  SELECT v.*, c.first_date FROM verdict v JOIN calendar c USING (tenant_id, business_date)
  WHERE v.code IS NULL
), notes AS (
  SELECT *, 'future_effective' AS note, 'warning' AS severity FROM accepted
  WHERE effective > business_date
  UNION ALL
  SELECT *, 'effective_before_opening', 'warning' FROM accepted WHERE effective < first_date
  UNION ALL
  SELECT *, 'locked_period', 'warning' FROM accepted
  WHERE effective <= CAST($locked_through AS DATE)
  UNION ALL
  SELECT *, 'backdated', 'info' FROM accepted WHERE effective < business_date
)
SELECT v.code, 'error' AS severity, v.tenant_id, v.business_date, v.file, v.record, v.entry_id,
  v.field, NULL::VARCHAR AS account_code, i.currency, i.layer, i.dr_minor, i.cr_minor
FROM verdict v LEFT JOIN imbalance i
  ON v.code = 'unbalanced' AND i.tenant_id = v.tenant_id AND i.business_date = v.business_date
  AND i.file = v.file AND i.record = v.record
WHERE v.code IS NOT NULL
UNION ALL
SELECT note, severity, tenant_id, business_date, file, record, entry_id,
  NULL, NULL, NULL, NULL, NULL, NULL
FROM notes
UNION ALL
SELECT code, 'warning', tenant_id, business_date, file, record, entry_id,
  'reverses_entry_id', NULL, NULL, NULL, NULL, NULL
FROM reversal
UNION ALL
SELECT 'abnormal_balance', 'warning', b.tenant_id, b.as_of_date, NULL, NULL, NULL,
  NULL, b.account_code, b.currency, b.layer, b.dr_balance_minor, b.cr_balance_minor
FROM balance_at_close b
JOIN (SELECT DISTINCT * FROM chart) c USING (tenant_id, account_code)
WHERE CASE c.normal_side WHEN 'DR' THEN b.dr_balance_minor < b.cr_balance_minor
  ELSE b.cr_balance_minor < b.dr_balance_minor END
"""

OUTPUTS = {
    "balances": "SELECT * FROM balance ORDER BY ALL",
    "findings": "SELECT * FROM finding ORDER BY tenant_id, business_date, code, file, record, "
    "account_code, currency, layer",
    "closes": "SELECT * FROM close ORDER BY ALL",
}
