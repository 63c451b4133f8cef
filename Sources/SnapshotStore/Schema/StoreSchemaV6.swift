/// The sixth migration: what the bank delivered, what the ledger has on bank accounts, reconciliations in
/// versions, and what people settled.
///
/// A close's own tables get the ledger's items. Everything else is in `bank_record`, a log of its own for
/// each tenant: a file that was taken up, a version of a reconciliation, a settlement, a pruning.
enum StoreSchemaV6 {
  static let tables = """
    -- The bank accounts of the job at a close. Closes of older versions have no rows.
    CREATE TABLE stored_bank_position (
      close_id INTEGER NOT NULL,
      number INTEGER NOT NULL,
      bank_account_ref TEXT NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      item_count INTEGER NOT NULL,
      PRIMARY KEY (close_id, number)
    ) STRICT, WITHOUT ROWID;

    -- The lines that a close accepted on these accounts.
    CREATE TABLE stored_ledger_item (
      close_id INTEGER NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      number INTEGER NOT NULL,
      -- <entry>/<sequence>
      identity TEXT NOT NULL,
      item_references TEXT NOT NULL,
      item_text TEXT,
      reverses_entry_id TEXT,
      amount_minor INTEGER NOT NULL,
      effective_date TEXT NOT NULL,
      tenant_ref INTEGER NOT NULL,
      -- Whether it is effective on another date than the close's.
      is_off_date INTEGER NOT NULL,
      PRIMARY KEY (close_id, account_code, currency, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stored_ledger_item_off_date ON stored_ledger_item (tenant_ref, effective_date)
      WHERE is_off_date = 1;

    CREATE TABLE bank_record (
      record_id INTEGER PRIMARY KEY,
      tenant_ref INTEGER NOT NULL REFERENCES tenant,
      -- From 1 for each tenant, without gaps.
      number INTEGER NOT NULL,
      -- file, reconciliation, settlement or pruning
      kind TEXT NOT NULL,
      made_at TEXT NOT NULL,
      -- SHA-256 over the digest before it and the record's rows.
      digest TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX bank_record_by_tenant ON bank_record (tenant_ref, number);

    ALTER TABLE chain_head ADD COLUMN bank_record_count INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE chain_head ADD COLUMN bank_digest TEXT NOT NULL DEFAULT '';
    -- The last record of the tenant when a close was certified.
    ALTER TABLE stored_certification ADD COLUMN bank_record_number INTEGER NOT NULL DEFAULT 0;
    """ + statementTables + reconciliationTables

  /// Files of the bank as they were taken up.
  private static let statementTables = """

    CREATE TABLE stored_statement_file (
      record_id INTEGER PRIMARY KEY,
      file TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      -- Nanoseconds since 1970.
      modified_at INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      -- What the job's settings said about reading it.
      reading TEXT NOT NULL
    ) STRICT;

    CREATE INDEX stored_statement_file_by_name ON stored_statement_file (file);

    CREATE TABLE stored_statement (
      record_id INTEGER NOT NULL,
      -- statement or notification
      kind TEXT NOT NULL,
      place INTEGER NOT NULL,
      tenant_ref INTEGER NOT NULL,
      -- The file's path, and below it the member of an archive.
      file TEXT NOT NULL,
      format TEXT,
      number INTEGER NOT NULL,
      account TEXT NOT NULL,
      currency TEXT NOT NULL,
      identifier TEXT,
      sequence INTEGER,
      page INTEGER,
      is_last_page INTEGER,
      created_date TEXT,
      created_second INTEGER,
      opening_minor INTEGER,
      opening_date TEXT,
      opening_is_intermediate INTEGER,
      closing_minor INTEGER,
      -- Of a notification, the last booking date of its entries.
      closing_date TEXT NOT NULL,
      closing_is_intermediate INTEGER,
      PRIMARY KEY (record_id, kind, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stored_statement_by_date ON stored_statement (tenant_ref, closing_date);

    -- Entries, and below them (transaction_place from 1) the transactions of a batch.
    CREATE TABLE stored_statement_entry (
      record_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      statement_place INTEGER NOT NULL,
      place INTEGER NOT NULL,
      transaction_place INTEGER NOT NULL,
      number INTEGER NOT NULL,
      amount_minor INTEGER NOT NULL,
      booking_date TEXT,
      value_date TEXT,
      status TEXT,
      is_reversal INTEGER,
      item_references TEXT NOT NULL,
      item_text TEXT,
      PRIMARY KEY (record_id, kind, statement_place, place, transaction_place)
    ) STRICT, WITHOUT ROWID;

    -- What is wrong with a file, or with the statements of a reconciliation.
    CREATE TABLE stored_bank_finding (
      record_id INTEGER NOT NULL,
      number INTEGER NOT NULL,
      code TEXT NOT NULL,
      file TEXT,
      account_code TEXT,
      currency TEXT,
      message TEXT NOT NULL,
      PRIMARY KEY (record_id, number)
    ) STRICT, WITHOUT ROWID;
    """

  /// The columns of an item of either side.
  private static let itemColumns = """
      side TEXT NOT NULL,
      identity TEXT NOT NULL,
      place TEXT NOT NULL,
      item_references TEXT NOT NULL,
      item_text TEXT,
      amount_minor INTEGER NOT NULL,
      item_date TEXT NOT NULL,
      batch_identity TEXT,
      batch_references TEXT,
      batch_text TEXT,
      batch_amount_minor INTEGER,
      batch_count INTEGER,
      reverses_entry_id TEXT,
      is_reversal INTEGER NOT NULL,
    """

  private static let reconciliationTables = """

    CREATE TABLE stored_reconciliation (
      record_id INTEGER PRIMARY KEY,
      tenant_ref INTEGER NOT NULL,
      bank_account_ref TEXT NOT NULL,
      statement_account TEXT NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      business_date TEXT NOT NULL,
      version INTEGER NOT NULL,
      -- The close whose balance was compared; 0 for what was outstanding before the first close.
      close_id INTEGER NOT NULL,
      -- reconciled, unreconciled or pending; opening for what was outstanding before the first close
      status TEXT NOT NULL,
      ledger_closing_minor INTEGER NOT NULL,
      statement_opening_minor INTEGER,
      statement_closing_minor INTEGER,
      difference_minor INTEGER NOT NULL,
      unexplained_minor INTEGER NOT NULL,
      written_off_minor INTEGER NOT NULL,
      -- The later date whose statement covers this one.
      settled_on TEXT,
      matched_by_reference INTEGER NOT NULL,
      matched_by_batch INTEGER NOT NULL,
      matched_by_group INTEGER NOT NULL,
      matched_by_cancellation INTEGER NOT NULL,
      matched_by_amount INTEGER NOT NULL,
      matched_by_settlement INTEGER NOT NULL,
      -- NULL where open items are not stored.
      outstanding_count INTEGER,
      -- Whether a figure of the version before changed.
      changes_figures INTEGER NOT NULL,
      -- Whether open items are stored. Where they are not, because the date has no statement, they are
      -- those of the last date where they are, and the ledger's items since.
      has_open_items INTEGER NOT NULL,
      -- Rows of the two tables below, and their SHA-256.
      item_count INTEGER NOT NULL,
      items_digest TEXT NOT NULL
    ) STRICT;
    CREATE INDEX stored_reconciliation_by_date
      ON stored_reconciliation (tenant_ref, bank_account_ref, business_date, record_id);

    CREATE TABLE stored_matched_item (
      record_id INTEGER NOT NULL,
      match_number INTEGER NOT NULL,
      number INTEGER NOT NULL,
      rule TEXT NOT NULL,
      shared_reference TEXT,
    \(itemColumns)
      PRIMARY KEY (record_id, match_number, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_open_item (
      record_id INTEGER NOT NULL,
      number INTEGER NOT NULL,
      since TEXT NOT NULL,
      ambiguous_group INTEGER,
    \(itemColumns)
      PRIMARY KEY (record_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_settlement (
      record_id INTEGER PRIMARY KEY,
      tenant_ref INTEGER NOT NULL,
      bank_account_ref TEXT NOT NULL,
      -- match, write_off or undo
      kind TEXT NOT NULL,
      -- The date from which on it counts.
      business_date TEXT NOT NULL,
      -- The settlement that is taken back.
      undoes_record_id INTEGER,
      name TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX stored_settlement_by_account ON stored_settlement (tenant_ref, bank_account_ref);

    CREATE TABLE stored_settled_item (
      record_id INTEGER NOT NULL,
      number INTEGER NOT NULL,
      side TEXT NOT NULL,
      identity TEXT NOT NULL,
      amount_minor INTEGER NOT NULL,
      item_date TEXT NOT NULL,
      PRIMARY KEY (record_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_bank_pruning (
      record_id INTEGER PRIMARY KEY,
      before_date TEXT NOT NULL,
      rows_removed INTEGER NOT NULL
    ) STRICT;
    """
}
