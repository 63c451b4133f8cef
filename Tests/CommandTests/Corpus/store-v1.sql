-- A store as version 1 of the schema has it, of the exports that OlderStoreTests writes.
PRAGMA application_id = 1416193359;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('v1');
CREATE TABLE tenant (
  tenant_ref INTEGER PRIMARY KEY,
  tenant_id TEXT NOT NULL UNIQUE,
  first_date TEXT NOT NULL
) STRICT;
INSERT INTO tenant VALUES(1,'0f000000-0000-4000-8000-00000000000a','2026-01-05');
CREATE TABLE chart (
  chart_ref INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO chart VALUES(1,'e3b025833ddf90539fce39e600c5919fa0f274ac480c2f5fcb569ad29ff12bf7');
CREATE TABLE chart_account (
  chart_ref INTEGER NOT NULL REFERENCES chart,
  account_code TEXT NOT NULL,
  account_name TEXT NOT NULL,
  normal_side TEXT NOT NULL,
  PRIMARY KEY (chart_ref, account_code)
) STRICT, WITHOUT ROWID;
INSERT INTO chart_account VALUES(1,'1000','Cash','DR');
INSERT INTO chart_account VALUES(1,'2000','Borrower liabilities','CR');
INSERT INTO chart_account VALUES(1,'3000','Paid-in capital','CR');
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
INSERT INTO stored_close VALUES(1,1,'2026-01-05','closed_with_breaks',3,2,1,'2026-11-22T19:23:09Z','2026-11-22T19:23:09Z','4db647bff56b83a35c679f3a33fb42dddba07cbd4216c571368ebb58d331c6ba','087cb95a9e26d90edd167ff7f1e48b21a4968287d04bb984fa5e3a3bd7636b54',1,NULL,NULL);
INSERT INTO stored_close VALUES(2,1,'2026-01-06','closed',1,1,0,'2026-11-22T19:23:09Z','2026-11-22T19:23:09Z','8be9f7f0ff04798ad74fbdef09a8c4a38e94457bd94857d5a0ebab15b1441dea','2b12cec8221182f87906f83bab9b984a8f3ab16d69c3203331dd09dc0e681783',1,1,1);
INSERT INTO stored_close VALUES(3,1,'2026-01-07','closed',2,2,0,'2026-11-22T19:23:09Z','2026-11-22T19:23:09Z','dc992196208020d88df55fe8296cb61d2640a0fc90bf3609ae7300be59ed70ee','7299df78aa9b05051610b0f07e20acb8cc76e80d28f40fc5c5de0a868023dfe0',1,2,1);
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
INSERT INTO stored_opening VALUES(1,'1000','USD','SETTLED',1,100,0);
INSERT INTO stored_opening VALUES(1,'3000','USD','SETTLED',1,0,100);
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
INSERT INTO stored_snapshot VALUES(1,'2026-01-05','1000','USD','SETTLED',1,600,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-05','1000','USD','SETTLED',2,620,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-05','3000','USD','SETTLED',1,0,600);
INSERT INTO stored_snapshot VALUES(1,'2026-01-05','3000','USD','SETTLED',2,0,620);
INSERT INTO stored_snapshot VALUES(1,'2026-01-06','1000','USD','SETTLED',2,620,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-06','1000','USD','SETTLED',3,623,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-06','3000','USD','SETTLED',2,0,620);
INSERT INTO stored_snapshot VALUES(1,'2026-01-06','3000','USD','SETTLED',3,0,623);
INSERT INTO stored_snapshot VALUES(1,'2026-01-07','1000','USD','SETTLED',3,641,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-07','3000','USD','SETTLED',3,0,641);
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
INSERT INTO stored_movement VALUES(1,'1000','USD','SETTLED','2026-01-05',500,0,1,1,0);
INSERT INTO stored_movement VALUES(1,'1000','USD','SETTLED','2026-01-07',7,0,1,1,1);
INSERT INTO stored_movement VALUES(1,'3000','USD','SETTLED','2026-01-05',0,500,1,1,0);
INSERT INTO stored_movement VALUES(1,'3000','USD','SETTLED','2026-01-07',0,7,1,1,1);
INSERT INTO stored_movement VALUES(2,'1000','USD','SETTLED','2026-01-05',20,0,1,1,0);
INSERT INTO stored_movement VALUES(2,'3000','USD','SETTLED','2026-01-05',0,20,1,1,0);
INSERT INTO stored_movement VALUES(3,'1000','USD','SETTLED','2026-01-06',3,0,1,1,0);
INSERT INTO stored_movement VALUES(3,'1000','USD','SETTLED','2026-01-07',11,0,1,1,0);
INSERT INTO stored_movement VALUES(3,'3000','USD','SETTLED','2026-01-06',0,3,1,1,0);
INSERT INTO stored_movement VALUES(3,'3000','USD','SETTLED','2026-01-07',0,11,1,1,0);
CREATE TABLE input_part (
  close_id INTEGER NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  records INTEGER NOT NULL,
  PRIMARY KEY (close_id, file)
) STRICT, WITHOUT ROWID;
INSERT INTO input_part VALUES(1,'part-00000.ndjson',777,'2204ffba5b794ff3436a9d83c5041c077387b1e6b235f2b480e6988f4aca3779',3);
INSERT INTO input_part VALUES(2,'part-00000.ndjson',384,'8f118833fdf9f06c09b54d7843644ef34b1019036af353481adc2411bba8b70d',1);
INSERT INTO input_part VALUES(3,'part-00000.ndjson',766,'4c258b4b9f17ca9efabcb426b0a99bcfb32c2984d04ed45b994abb14b0933c02',2);
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
INSERT INTO stored_finding VALUES(1,1,'future_effective','warning','part-00000.ndjson',2,386,'00000000-0000-4000-8000-000000000002','effective_at',NULL,NULL,NULL,NULL,NULL,'The entry is effective 2026-01-07, after 2026-01-05. It counts from 2026-01-07 on; check that it was meant to be dated ahead.');
INSERT INTO stored_finding VALUES(1,2,'malformed_json','error','part-00000.ndjson',3,768,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'The record is not valid JSON: a value is expected at byte 0 of the record, found not json. Have the exporter write it again.');
INSERT INTO stored_finding VALUES(2,1,'backdated','info','part-00000.ndjson',1,0,'00000000-0000-4000-8000-000000000003','effective_at',NULL,NULL,NULL,NULL,NULL,'The entry is effective 2026-01-05, before 2026-01-06. The balances from 2026-01-05 on are restated; nothing is to be done if that was meant.');
INSERT INTO stored_finding VALUES(3,1,'backdated','info','part-00000.ndjson',2,384,'00000000-0000-4000-8000-000000000005','effective_at',NULL,NULL,NULL,NULL,NULL,'The entry is effective 2026-01-06, before 2026-01-07. The balances from 2026-01-06 on are restated; nothing is to be done if that was meant.');
CREATE TABLE finding_count (
  close_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  count INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (close_id, code)
) STRICT, WITHOUT ROWID;
INSERT INTO finding_count VALUES(1,'future_effective','warning',1,1);
INSERT INTO finding_count VALUES(1,'malformed_json','error',1,1);
INSERT INTO finding_count VALUES(2,'backdated','info',1,1);
INSERT INTO finding_count VALUES(3,'backdated','info',1,1);
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
INSERT INTO stored_restatement VALUES(2,'1000','USD','SETTLED','2026-01-05',600,0,620,0);
INSERT INTO stored_restatement VALUES(2,'3000','USD','SETTLED','2026-01-05',0,600,0,620);
INSERT INTO stored_restatement VALUES(3,'1000','USD','SETTLED','2026-01-06',620,0,623,0);
INSERT INTO stored_restatement VALUES(3,'3000','USD','SETTLED','2026-01-06',0,620,0,623);
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
INSERT INTO stored_tie_out VALUES(1,1,'completeness','','inconclusive',NULL,NULL,NULL,'The export has no manifest to compare with.');
INSERT INTO stored_tie_out VALUES(1,2,'double_entry','entries','pass',0,0,0,'Findings unbalanced: each is a currency and layer of a quarantined entry.');
INSERT INTO stored_tie_out VALUES(1,3,'double_entry','day USD SETTLED','pass',507,507,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(1,4,'double_entry','balances USD SETTLED','pass',600,600,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(1,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for each of 2 keys.');
INSERT INTO stored_tie_out VALUES(1,6,'rollforward','USD SETTLED DR','pass',600,600,0,'Opening + movement against closing, debits.');
INSERT INTO stored_tie_out VALUES(1,7,'rollforward','USD SETTLED CR','pass',600,600,0,'Opening + movement against closing, credits.');
INSERT INTO stored_tie_out VALUES(1,8,'ledger_integrity','accounts','pass',0,0,0,'Each of 2 balances read back from the store is what the journal gives.');
INSERT INTO stored_tie_out VALUES(2,1,'completeness','','inconclusive',NULL,NULL,NULL,'The export has no manifest to compare with.');
INSERT INTO stored_tie_out VALUES(2,2,'double_entry','entries','pass',0,0,0,'Findings unbalanced: each is a currency and layer of a quarantined entry.');
INSERT INTO stored_tie_out VALUES(2,3,'double_entry','day USD SETTLED','pass',20,20,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(2,4,'double_entry','balances USD SETTLED','pass',620,620,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(2,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for each of 2 keys.');
INSERT INTO stored_tie_out VALUES(2,6,'rollforward','USD SETTLED DR','pass',620,620,0,'Opening + movement against closing, debits.');
INSERT INTO stored_tie_out VALUES(2,7,'rollforward','USD SETTLED CR','pass',620,620,0,'Opening + movement against closing, credits.');
INSERT INTO stored_tie_out VALUES(2,8,'ledger_integrity','accounts','pass',0,0,0,'Each of 4 balances read back from the store is what the journal gives.');
INSERT INTO stored_tie_out VALUES(3,1,'completeness','','inconclusive',NULL,NULL,NULL,'The export has no manifest to compare with.');
INSERT INTO stored_tie_out VALUES(3,2,'double_entry','entries','pass',0,0,0,'Findings unbalanced: each is a currency and layer of a quarantined entry.');
INSERT INTO stored_tie_out VALUES(3,3,'double_entry','day USD SETTLED','pass',14,14,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(3,4,'double_entry','balances USD SETTLED','pass',641,641,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(3,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for each of 2 keys.');
INSERT INTO stored_tie_out VALUES(3,6,'rollforward','USD SETTLED DR','pass',641,641,0,'Opening + movement against closing, debits.');
INSERT INTO stored_tie_out VALUES(3,7,'rollforward','USD SETTLED CR','pass',641,641,0,'Opening + movement against closing, credits.');
INSERT INTO stored_tie_out VALUES(3,8,'ledger_integrity','accounts','pass',0,0,0,'Each of 4 balances read back from the store is what the journal gives.');
CREATE INDEX stored_close_by_tenant ON stored_close (tenant_ref, close_id);
CREATE INDEX stored_close_by_date ON stored_close (tenant_ref, business_date, close_id);
CREATE INDEX stored_movement_dated_ahead ON stored_movement (tenant_ref, effective_date)
  WHERE is_dated_ahead = 1;
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
