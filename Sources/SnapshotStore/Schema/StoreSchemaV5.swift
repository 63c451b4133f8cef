/// The fifth migration: what a close was made with, the identifiers it accepted, the records it left out.
enum StoreSchemaV5 {
  static let tables = """
    -- What a close was made with. Closes of older versions have no row.
    CREATE TABLE stored_basis (
      close_id INTEGER PRIMARY KEY,
      time_zone TEXT NOT NULL,
      -- SHA-256 of manifest.json; NULL without one.
      manifest_sha256 TEXT,
      -- The first date whose identifiers are kept after this close; NULL if none are.
      identifiers_from TEXT,
      identifier_count INTEGER NOT NULL,
      -- How many bits the numbers of its pages have.
      identifier_page_bits INTEGER NOT NULL,
      -- SHA-256 over the close's identifiers; NULL if it kept none.
      identifier_digest TEXT,
      reversal_count INTEGER NOT NULL,
      -- SHA-256 over the close's reversals.
      reversal_digest TEXT NOT NULL
    ) STRICT;

    -- The identifiers that a close accepted, sorted by hash, in pages: close_id * 2^20 + number from 0.
    CREATE TABLE identifier_prefix (
      page_id INTEGER PRIMARY KEY,
      prefixes BLOB NOT NULL
    ) STRICT;
    CREATE TABLE identifier_detail (
      page_id INTEGER PRIMARY KEY,
      details BLOB NOT NULL
    ) STRICT;

    -- Entries left out because an earlier close had accepted their identifier.
    CREATE TABLE stored_repetition (
      close_id INTEGER NOT NULL,
      journal_entry_id BLOB NOT NULL,
      -- The fingerprint of the accepted entry's date and lines.
      content INTEGER NOT NULL,
      accepted_date TEXT NOT NULL,
      PRIMARY KEY (close_id, journal_entry_id)
    ) STRICT, WITHOUT ROWID;

    -- The entries that accepted entries reverse, of all closes.
    CREATE TABLE stored_reversal (
      tenant_ref INTEGER NOT NULL,
      reversed_entry_id BLOB NOT NULL,
      close_id INTEGER NOT NULL,
      journal_entry_id BLOB NOT NULL,
      PRIMARY KEY (tenant_ref, reversed_entry_id, close_id, journal_entry_id)
    ) STRICT, WITHOUT ROWID;

    -- Whether the account left the chart before this chart, and is kept with its last name and side.
    ALTER TABLE chart_account ADD COLUMN has_left INTEGER NOT NULL DEFAULT 0;
    """ + quarantineTables

  static let views = """
    CREATE VIEW close_basis AS
      SELECT b.close_id, t.tenant_id, c.business_date, b.time_zone, b.manifest_sha256,
        b.identifiers_from, b.identifier_count, b.reversal_count
      FROM stored_basis b JOIN stored_close c ON c.close_id = b.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    DROP VIEW account;
    CREATE VIEW account AS
      SELECT t.tenant_id, a.account_code, a.account_name, a.normal_side, c.close_id, a.has_left
      FROM stored_close c JOIN tenant t ON t.tenant_ref = c.tenant_ref
        JOIN chart_account a ON a.chart_ref = c.chart_ref
      WHERE c.chart_ref IS NOT c.previous_chart_ref
        AND NOT EXISTS (
          SELECT 1 FROM chart_account p
          WHERE p.chart_ref = c.previous_chart_ref AND p.account_code = a.account_code
            AND p.account_name = a.account_name AND p.normal_side = a.normal_side
            AND p.has_left = a.has_left);
    """ + quarantineViews
}
