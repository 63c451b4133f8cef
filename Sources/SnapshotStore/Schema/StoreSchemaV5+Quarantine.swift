extension StoreSchemaV5 {
  /// The records that a close left out, and who accepted that.
  static let quarantineTables = """

    CREATE TABLE stored_quarantine_count (
      close_id INTEGER NOT NULL,
      code TEXT NOT NULL,
      record_count INTEGER NOT NULL,
      -- How many of them have readable lines, whose amounts are in stored_quarantine_total.
      readable_count INTEGER NOT NULL,
      -- How many of them have a row in stored_quarantined_record.
      kept INTEGER NOT NULL,
      PRIMARY KEY (close_id, code)
    ) STRICT, WITHOUT ROWID;

    -- What the readable lines of these records add up to. Sums can pass 64 bits: they are digits.
    CREATE TABLE stored_quarantine_total (
      close_id INTEGER NOT NULL,
      code TEXT NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      dr_minor TEXT NOT NULL,
      cr_minor TEXT NOT NULL,
      PRIMARY KEY (close_id, code, currency, layer)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_quarantined_record (
      close_id INTEGER NOT NULL,
      file TEXT NOT NULL,
      record INTEGER NOT NULL,
      code TEXT NOT NULL,
      journal_entry_id TEXT,
      PRIMARY KEY (close_id, file, record)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_quarantined_amount (
      close_id INTEGER NOT NULL,
      file TEXT NOT NULL,
      record INTEGER NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      dr_minor TEXT NOT NULL,
      cr_minor TEXT NOT NULL,
      PRIMARY KEY (close_id, file, record, currency, layer)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_acceptance (
      acceptance_id INTEGER PRIMARY KEY,
      tenant_ref INTEGER NOT NULL REFERENCES tenant,
      close_id INTEGER NOT NULL,
      -- What is accepted: records with this code, or this record; everything if all three are NULL.
      code TEXT,
      file TEXT,
      record INTEGER,
      -- Whether it takes back what was accepted.
      is_undo INTEGER NOT NULL,
      name TEXT NOT NULL,
      note TEXT NOT NULL,
      accepted_at TEXT NOT NULL,
      digest TEXT NOT NULL
    ) STRICT;
    CREATE INDEX stored_acceptance_by_close ON stored_acceptance (close_id);

    -- The closes whose records may be open, without reading the others.
    CREATE INDEX stored_close_with_quarantine ON stored_close (tenant_ref, business_date)
      WHERE records_quarantined > 0;

    ALTER TABLE chain_head ADD COLUMN acceptance_count INTEGER NOT NULL DEFAULT 0;
    """

  static let quarantineViews = """

    CREATE VIEW quarantine_count AS
      SELECT q.close_id, t.tenant_id, c.business_date, q.code, q.record_count, q.readable_count,
        q.kept
      FROM stored_quarantine_count q JOIN stored_close c ON c.close_id = q.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    CREATE VIEW quarantined_record AS
      SELECT q.close_id, t.tenant_id, c.business_date, q.file, q.record, q.code, q.journal_entry_id,
        a.currency, a.layer, a.dr_minor, a.cr_minor
      FROM stored_quarantined_record q JOIN stored_close c ON c.close_id = q.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref
        LEFT JOIN stored_quarantined_amount a
          ON a.close_id = q.close_id AND a.file = q.file AND a.record = q.record;

    CREATE VIEW acceptance AS
      SELECT a.acceptance_id, t.tenant_id, c.business_date, a.close_id, a.code, a.file, a.record,
        a.is_undo, a.name, a.note, a.accepted_at
      FROM stored_acceptance a JOIN stored_close c ON c.close_id = a.close_id
        JOIN tenant t ON t.tenant_ref = a.tenant_ref;
    """
}
