/// The third migration: bank reconciliations and certifications.
enum StoreSchemaV3 {
  static let tables = """
    CREATE TABLE stored_bank_reconciliation (
      close_id INTEGER NOT NULL,
      number INTEGER NOT NULL,
      bank_account_ref TEXT NOT NULL,
      statement_account TEXT NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      status TEXT NOT NULL,
      ledger_closing_minor INTEGER NOT NULL,
      statement_opening_minor INTEGER,
      statement_closing_minor INTEGER,
      difference_minor INTEGER NOT NULL,
      unexplained_minor INTEGER NOT NULL,
      matched_by_reference INTEGER NOT NULL,
      matched_by_amount INTEGER NOT NULL,
      PRIMARY KEY (close_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_outstanding_item (
      close_id INTEGER NOT NULL,
      bank_account_ref TEXT NOT NULL,
      number INTEGER NOT NULL,
      side TEXT NOT NULL,
      identity TEXT NOT NULL,
      reference TEXT,
      second_reference TEXT,
      amount_minor INTEGER NOT NULL,
      item_date TEXT NOT NULL,
      since TEXT NOT NULL,
      ambiguous_group INTEGER,
      PRIMARY KEY (close_id, bank_account_ref, number)
    ) STRICT, WITHOUT ROWID;

    -- Sums over all accounts can pass 64 bits: they are digits.
    CREATE TABLE stored_close_total (
      close_id INTEGER NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      dr_minor TEXT NOT NULL,
      cr_minor TEXT NOT NULL,
      PRIMARY KEY (close_id, currency, layer)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_certification (
      certification_id INTEGER PRIMARY KEY,
      tenant_ref INTEGER NOT NULL REFERENCES tenant,
      close_id INTEGER NOT NULL,
      head_close_id INTEGER NOT NULL,
      chain_digest TEXT NOT NULL,
      name TEXT NOT NULL,
      note TEXT NOT NULL,
      certified_at TEXT NOT NULL,
      digest TEXT NOT NULL
    ) STRICT;
    CREATE INDEX stored_certification_by_close ON stored_certification (close_id);

    ALTER TABLE chain_head ADD COLUMN certification_count INTEGER NOT NULL DEFAULT 0;
    """

  static let views = """
    CREATE VIEW bank_reconciliation AS
      SELECT b.close_id, t.tenant_id, c.business_date, b.bank_account_ref, b.account_code, b.currency,
        b.status, b.ledger_closing_minor, b.statement_opening_minor, b.statement_closing_minor,
        b.difference_minor, b.unexplained_minor, b.matched_by_reference, b.matched_by_amount
      FROM stored_bank_reconciliation b JOIN stored_close c ON c.close_id = b.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    CREATE VIEW outstanding_item AS
      SELECT o.close_id, t.tenant_id, c.business_date, o.bank_account_ref, o.side, o.identity,
        o.reference, o.second_reference, o.amount_minor, o.item_date, o.since, o.ambiguous_group
      FROM stored_outstanding_item o JOIN stored_close c ON c.close_id = o.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    CREATE VIEW certification AS
      SELECT f.certification_id, t.tenant_id, c.business_date, f.close_id, f.chain_digest, f.name,
        f.note, f.certified_at,
        (SELECT min(w.close_id) FROM stored_close w
         WHERE w.tenant_ref = f.tenant_ref AND w.close_id > f.head_close_id
           AND (w.business_date = c.business_date OR EXISTS (
             SELECT 1 FROM stored_restatement r
             WHERE r.close_id = w.close_id AND r.as_of_date = c.business_date)))
          AS withdrawn_by_close_id
      FROM stored_certification f JOIN stored_close c ON c.close_id = f.close_id
        JOIN tenant t ON t.tenant_ref = f.tenant_ref;
    """
}
