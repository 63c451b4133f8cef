import GRDB

/// The tables and views of the store. Published migrations never change: a change is a new migration.
///
/// Readers use views over the stored tables, so the tables can store a tenant as a number and a chart
/// once for all closes that use it.
enum StoreSchema {
  static let applicationID = 0x54_69_65_4F  // "TieO"

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { db in
      try db.execute(sql: tablesV1)
      try db.execute(sql: viewsV1)
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    migrator.registerMigration("v2") { db in
      try db.execute(sql: StoreSchemaV2.tables)
      try db.execute(sql: StoreSchemaV2.views)
    }
    migrator.registerMigration("v3") { db in
      try db.execute(sql: StoreSchemaV3.tables)
      try db.execute(sql: StoreSchemaV3.views)
    }
    migrator.registerMigration("v4") { db in
      try db.execute(sql: StoreSchemaV4.tables)
      try db.execute(sql: StoreSchemaV4.views)
    }
    migrator.registerMigration("v5") { db in
      try db.execute(sql: StoreSchemaV5.tables)
      try db.execute(sql: StoreSchemaV5.views)
    }
    migrator.registerMigration("v6") { db in
      try db.execute(sql: StoreSchemaV6.tables)
      try db.execute(sql: StoreSchemaV6.views)
    }
    migrator.registerMigration("v7") { db in
      try db.execute(sql: StoreSchemaV7.tables)
      try ProofMigration.prove(db)
    }
    return migrator
  }

  private static let tablesV1 = """
    CREATE TABLE tenant (
      tenant_ref INTEGER PRIMARY KEY,
      tenant_id TEXT NOT NULL UNIQUE,
      first_date TEXT NOT NULL
    ) STRICT;

    CREATE TABLE chart (
      chart_ref INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE chart_account (
      chart_ref INTEGER NOT NULL REFERENCES chart,
      account_code TEXT NOT NULL,
      account_name TEXT NOT NULL,
      normal_side TEXT NOT NULL,
      PRIMARY KEY (chart_ref, account_code)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_close (
      close_id INTEGER PRIMARY KEY,
      tenant_ref INTEGER NOT NULL REFERENCES tenant,
      business_date TEXT NOT NULL,
      status TEXT NOT NULL,
      records_read INTEGER NOT NULL,
      entries_accepted INTEGER NOT NULL,
      records_quarantined INTEGER NOT NULL,
      started_at TEXT NOT NULL,
      finished_at TEXT NOT NULL,
      input_digest TEXT NOT NULL,
      chain_digest TEXT NOT NULL,
      chart_ref INTEGER NOT NULL REFERENCES chart,
      previous_close_id INTEGER,
      previous_chart_ref INTEGER
    ) STRICT;
    CREATE INDEX stored_close_by_tenant ON stored_close (tenant_ref, close_id);
    CREATE INDEX stored_close_by_date ON stored_close (tenant_ref, business_date, close_id);

    CREATE TABLE stored_opening (
      tenant_ref INTEGER NOT NULL REFERENCES tenant,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      close_id INTEGER NOT NULL,
      dr_balance_minor INTEGER NOT NULL,
      cr_balance_minor INTEGER NOT NULL,
      PRIMARY KEY (tenant_ref, account_code, currency, layer)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_snapshot (
      tenant_ref INTEGER NOT NULL,
      as_of_date TEXT NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      close_id INTEGER NOT NULL,
      dr_balance_minor INTEGER NOT NULL,
      cr_balance_minor INTEGER NOT NULL,
      PRIMARY KEY (tenant_ref, as_of_date, account_code, currency, layer, close_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_movement (
      close_id INTEGER NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      effective_date TEXT NOT NULL,
      dr_minor INTEGER NOT NULL,
      cr_minor INTEGER NOT NULL,
      line_count INTEGER NOT NULL,
      tenant_ref INTEGER NOT NULL,
      is_dated_ahead INTEGER NOT NULL,
      PRIMARY KEY (close_id, account_code, currency, layer, effective_date)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stored_movement_dated_ahead ON stored_movement (tenant_ref, effective_date)
      WHERE is_dated_ahead = 1;

    CREATE TABLE input_part (
      close_id INTEGER NOT NULL,
      file TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      records INTEGER NOT NULL,
      PRIMARY KEY (close_id, file)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_finding (
      close_id INTEGER NOT NULL,
      number INTEGER NOT NULL,
      code TEXT NOT NULL,
      severity TEXT NOT NULL,
      file TEXT,
      record INTEGER,
      byte_offset INTEGER,
      journal_entry_id TEXT,
      field TEXT,
      account_code TEXT,
      currency TEXT,
      layer TEXT,
      dr_minor INTEGER,
      cr_minor INTEGER,
      message TEXT NOT NULL,
      PRIMARY KEY (close_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE finding_count (
      close_id INTEGER NOT NULL,
      code TEXT NOT NULL,
      severity TEXT NOT NULL,
      count INTEGER NOT NULL,
      kept INTEGER NOT NULL,
      PRIMARY KEY (close_id, code)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_restatement (
      close_id INTEGER NOT NULL,
      account_code TEXT NOT NULL,
      currency TEXT NOT NULL,
      layer TEXT NOT NULL,
      as_of_date TEXT NOT NULL,
      dr_before_minor INTEGER NOT NULL,
      cr_before_minor INTEGER NOT NULL,
      dr_after_minor INTEGER NOT NULL,
      cr_after_minor INTEGER NOT NULL,
      PRIMARY KEY (close_id, account_code, currency, layer, as_of_date)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stored_tie_out (
      close_id INTEGER NOT NULL,
      number INTEGER NOT NULL,
      check_name TEXT NOT NULL,
      scope TEXT NOT NULL,
      status TEXT NOT NULL,
      expected_minor INTEGER,
      actual_minor INTEGER,
      difference_minor INTEGER,
      detail TEXT NOT NULL,
      PRIMARY KEY (close_id, number)
    ) STRICT, WITHOUT ROWID;
    """

  private static let viewsV1 = """
    CREATE VIEW balance_snapshot AS
      SELECT t.tenant_id, s.account_code, s.currency, s.layer, s.as_of_date, s.close_id,
        s.dr_balance_minor, s.cr_balance_minor
      FROM tenant t JOIN stored_snapshot s ON s.tenant_ref = t.tenant_ref;

    CREATE VIEW current_balance AS
      SELECT t.tenant_id, s.account_code, s.currency, s.layer, s.as_of_date, s.close_id,
        s.dr_balance_minor, s.cr_balance_minor
      FROM tenant t JOIN stored_snapshot s ON s.tenant_ref = t.tenant_ref
      WHERE s.close_id = (
        SELECT max(v.close_id) FROM stored_snapshot v
        WHERE v.tenant_ref = s.tenant_ref AND v.as_of_date = s.as_of_date
          AND v.account_code = s.account_code AND v.currency = s.currency AND v.layer = s.layer);

    CREATE VIEW movement AS
      SELECT m.close_id, t.tenant_id, m.account_code, m.currency, m.layer, m.effective_date,
        m.dr_minor, m.cr_minor, m.line_count
      FROM tenant t JOIN stored_movement m ON m.tenant_ref = t.tenant_ref;

    CREATE VIEW close_run AS
      SELECT c.close_id, t.tenant_id, c.business_date, c.status, c.records_read,
        c.entries_accepted, c.records_quarantined, c.started_at, c.finished_at, c.input_digest,
        c.chain_digest
      FROM tenant t JOIN stored_close c ON c.tenant_ref = t.tenant_ref;

    CREATE VIEW finding AS
      SELECT f.close_id, t.tenant_id, c.business_date, f.code, f.severity, f.file, f.record,
        f.byte_offset, f.journal_entry_id, f.field, f.account_code, f.currency, f.layer,
        f.dr_minor, f.cr_minor, f.message
      FROM stored_finding f JOIN stored_close c ON c.close_id = f.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    CREATE VIEW restatement AS
      SELECT r.close_id, t.tenant_id, r.account_code, r.currency, r.layer, r.as_of_date,
        r.dr_before_minor, r.cr_before_minor, r.dr_after_minor, r.cr_after_minor
      FROM stored_restatement r JOIN stored_close c ON c.close_id = r.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    CREATE VIEW account AS
      SELECT t.tenant_id, a.account_code, a.account_name, a.normal_side, c.close_id
      FROM stored_close c JOIN tenant t ON t.tenant_ref = c.tenant_ref
        JOIN chart_account a ON a.chart_ref = c.chart_ref
      WHERE c.chart_ref IS NOT c.previous_chart_ref
        AND NOT EXISTS (
          SELECT 1 FROM chart_account p
          WHERE p.chart_ref = c.previous_chart_ref AND p.account_code = a.account_code
            AND p.account_name = a.account_name AND p.normal_side = a.normal_side);

    CREATE VIEW tie_out AS
      SELECT o.close_id, t.tenant_id, c.business_date, o.check_name, o.scope, o.status,
        o.expected_minor, o.actual_minor, o.difference_minor, o.detail
      FROM stored_tie_out o JOIN stored_close c ON c.close_id = o.close_id
        JOIN tenant t ON t.tenant_ref = c.tenant_ref;

    CREATE VIEW opening_balance AS
      SELECT t.tenant_id, o.account_code, o.currency, o.layer, o.close_id, o.dr_balance_minor,
        o.cr_balance_minor
      FROM tenant t JOIN stored_opening o ON o.tenant_ref = t.tenant_ref;
    """
}
