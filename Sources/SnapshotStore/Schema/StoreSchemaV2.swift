/// The second migration: recloses, the entries that caused restatements, digests of records, pruning.
enum StoreSchemaV2 {
  static let tables = """
    ALTER TABLE stored_close ADD COLUMN replaces_close_id INTEGER;
    ALTER TABLE stored_close ADD COLUMN record_digest TEXT;
    CREATE INDEX stored_close_by_replaced ON stored_close (replaces_close_id)
      WHERE replaces_close_id IS NOT NULL;

    CREATE TABLE chain_head (
      tenant_ref INTEGER PRIMARY KEY REFERENCES tenant,
      close_id INTEGER NOT NULL,
      close_count INTEGER NOT NULL,
      chain_digest TEXT NOT NULL,
      -- Closes up to this one were written before records had digests.
      unrecorded_through INTEGER NOT NULL
    ) STRICT;
    INSERT INTO chain_head
      SELECT c.tenant_ref, c.close_id,
        (SELECT count(*) FROM stored_close n WHERE n.tenant_ref = c.tenant_ref), c.chain_digest,
        c.close_id
      FROM stored_close c
      WHERE c.close_id = (
        SELECT max(l.close_id) FROM stored_close l WHERE l.tenant_ref = c.tenant_ref);

    CREATE TABLE stored_restating_entry (
      close_id INTEGER NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      number INTEGER NOT NULL,
      journal_entry_id TEXT NOT NULL,
      effective_date TEXT NOT NULL,
      posted_at TEXT NOT NULL,
      dr_minor INTEGER NOT NULL,
      cr_minor INTEGER NOT NULL,
      file TEXT NOT NULL,
      record INTEGER NOT NULL,
      PRIMARY KEY (close_id, account_code, currency, layer, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE restating_count (
      close_id INTEGER NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      count INTEGER NOT NULL,
      kept INTEGER NOT NULL,
      PRIMARY KEY (close_id, account_code, currency, layer)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_prune (
      prune_id INTEGER PRIMARY KEY,
      tenant_ref INTEGER NOT NULL REFERENCES tenant,
      before_date TEXT NOT NULL,
      head_close_id INTEGER NOT NULL,
      pruned_at TEXT NOT NULL,
      rows_removed INTEGER NOT NULL,
      digest TEXT NOT NULL
    ) STRICT;
    CREATE INDEX stored_prune_by_tenant ON stored_prune (tenant_ref, prune_id);

    CREATE TABLE pruned_close (
      close_id INTEGER PRIMARY KEY,
      rows_removed INTEGER NOT NULL,
      remaining_digest TEXT NOT NULL
    ) STRICT;
    """

  static let views = """
    DROP VIEW close_run;
    CREATE VIEW close_run AS
      SELECT c.close_id, t.tenant_id, c.business_date, c.status, c.records_read,
        c.entries_accepted, c.records_quarantined, c.started_at, c.finished_at, c.input_digest,
        c.chain_digest, c.replaces_close_id,
        (SELECT r.close_id FROM stored_close r WHERE r.replaces_close_id = c.close_id)
          AS replaced_by_close_id
      FROM tenant t JOIN stored_close c ON c.tenant_ref = t.tenant_ref;

    CREATE VIEW restating_entry AS
      SELECT e.close_id, t.tenant_id, e.account_code, e.currency, e.layer, e.journal_entry_id,
        e.effective_date, e.posted_at, e.dr_minor, e.cr_minor, e.file, e.record
      FROM stored_restating_entry e JOIN stored_close c ON c.close_id = e.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    CREATE VIEW prune_run AS
      SELECT p.prune_id, t.tenant_id, p.before_date, p.head_close_id, p.pruned_at, p.rows_removed
      FROM stored_prune p JOIN tenant t ON t.tenant_ref = p.tenant_ref;
    """
}
