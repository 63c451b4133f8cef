/// The fourth migration: the comparison of the loan book with the ledger.
enum StoreSchemaV4 {
  static let tables = """
    CREATE TABLE stored_portfolio_rollup (
      close_id INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      status TEXT NOT NULL,
      reporting_currency TEXT,
      principal_accounts TEXT NOT NULL,
      -- Whether every counting close kept what lines with a loan moved these accounts by.
      covers_lines INTEGER NOT NULL,
      -- Whether every counting close kept it loan by loan.
      covers_loans INTEGER NOT NULL,
      -- SHA-256 over the close's loan movements; NULL if it kept none.
      loan_movement_digest TEXT,
      -- SHA-256 over the files of the tape; NULL if there was none that could be read.
      tape_digest TEXT
    ) STRICT;

    CREATE TABLE stored_portfolio_total (
      close_id INTEGER NOT NULL,
      currency TEXT NOT NULL,
      ledger_principal_minor INTEGER NOT NULL,
      loans_minor INTEGER NOT NULL,
      without_loan_minor INTEGER,
      loan_count INTEGER NOT NULL,
      only_in_ledger_count INTEGER NOT NULL,
      only_on_tape_count INTEGER NOT NULL,
      amounts_differ_count INTEGER NOT NULL,
      PRIMARY KEY (close_id, currency)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_loan_difference (
      close_id INTEGER NOT NULL,
      loan_id TEXT NOT NULL,
      currency TEXT NOT NULL,
      cause TEXT NOT NULL,
      ledger_minor INTEGER,
      tape_minor INTEGER,
      PRIMARY KEY (close_id, loan_id, currency)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_principal_movement (
      close_id INTEGER NOT NULL,
      currency TEXT NOT NULL,
      effective_date TEXT NOT NULL,
      dr_minor INTEGER NOT NULL,
      cr_minor INTEGER NOT NULL,
      line_count INTEGER NOT NULL,
      tenant_ref INTEGER NOT NULL,
      PRIMARY KEY (close_id, currency, effective_date)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stored_principal_movement_by_date
      ON stored_principal_movement (tenant_ref, effective_date);

    CREATE TABLE stored_loan_movement (
      close_id INTEGER NOT NULL,
      loan_id TEXT NOT NULL,
      currency TEXT NOT NULL,
      effective_date TEXT NOT NULL,
      dr_minor INTEGER NOT NULL,
      cr_minor INTEGER NOT NULL,
      line_count INTEGER NOT NULL,
      tenant_ref INTEGER NOT NULL,
      is_dated_ahead INTEGER NOT NULL,
      PRIMARY KEY (close_id, loan_id, currency, effective_date)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stored_loan_movement_dated_ahead
      ON stored_loan_movement (tenant_ref, effective_date) WHERE is_dated_ahead = 1;

    -- What loans stand at, kept up to date in place: it follows from the movements up to the close
    -- that loan_book names.
    CREATE TABLE loan_book (
      tenant_ref INTEGER PRIMARY KEY REFERENCES tenant,
      close_id INTEGER NOT NULL,
      as_of_date TEXT NOT NULL
    ) STRICT;

    CREATE TABLE loan_principal (
      tenant_ref INTEGER NOT NULL,
      loan_id TEXT NOT NULL,
      currency TEXT NOT NULL,
      dr_minor INTEGER NOT NULL,
      cr_minor INTEGER NOT NULL,
      PRIMARY KEY (tenant_ref, loan_id, currency)
    ) STRICT, WITHOUT ROWID;
    """

  static let views = """
    CREATE VIEW portfolio_rollup AS
      SELECT r.close_id, t.tenant_id, c.business_date, r.source, r.status, r.reporting_currency,
        p.currency, p.ledger_principal_minor, p.loans_minor,
        p.ledger_principal_minor - p.loans_minor AS difference_minor, p.without_loan_minor,
        p.loan_count, p.only_in_ledger_count, p.only_on_tape_count, p.amounts_differ_count
      FROM stored_portfolio_rollup r JOIN stored_close c ON c.close_id = r.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref
        LEFT JOIN stored_portfolio_total p ON p.close_id = r.close_id;

    CREATE VIEW loan_difference AS
      SELECT d.close_id, t.tenant_id, c.business_date, d.loan_id, d.currency, d.cause,
        d.ledger_minor, d.tape_minor
      FROM stored_loan_difference d JOIN stored_close c ON c.close_id = d.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    CREATE VIEW loan_movement AS
      SELECT m.close_id, t.tenant_id, m.loan_id, m.currency, m.effective_date, m.dr_minor,
        m.cr_minor, m.line_count
      FROM tenant t JOIN stored_loan_movement m ON m.tenant_ref = t.tenant_ref;

    CREATE VIEW loan_balance AS
      SELECT t.tenant_id, l.loan_id, l.currency, b.as_of_date, b.close_id, l.dr_minor, l.cr_minor,
        l.dr_minor - l.cr_minor AS principal_minor
      FROM tenant t JOIN loan_book b ON b.tenant_ref = t.tenant_ref
        JOIN loan_principal l ON l.tenant_ref = t.tenant_ref;
    """
}
