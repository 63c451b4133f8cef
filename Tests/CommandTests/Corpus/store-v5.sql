-- A store as version 5 of the schema has it: three dates with a bank account, of which the last had no
-- statement, closed by the commit before schema v6. OlderBankStoreTests writes the export that follows.
PRAGMA application_id = 1416193359;
CREATE TABLE chain_head (
  tenant_ref INTEGER PRIMARY KEY REFERENCES tenant,
  close_id INTEGER NOT NULL,
  close_count INTEGER NOT NULL,
  chain_digest TEXT NOT NULL,
  -- Closes up to this one were written before records had digests.
  unrecorded_through INTEGER NOT NULL
, certification_count INTEGER NOT NULL DEFAULT 0, acceptance_count INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE chart (
  chart_ref INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE chart_account (
  chart_ref INTEGER NOT NULL REFERENCES chart,
  account_code TEXT NOT NULL,
  account_name TEXT NOT NULL,
  normal_side TEXT NOT NULL, has_left INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (chart_ref, account_code)
) STRICT, WITHOUT ROWID;
CREATE TABLE finding_count (
  close_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  count INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (close_id, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE identifier_detail (
  page_id INTEGER PRIMARY KEY,
  details BLOB NOT NULL
) STRICT;
CREATE TABLE identifier_prefix (
  page_id INTEGER PRIMARY KEY,
  prefixes BLOB NOT NULL
) STRICT;
CREATE TABLE input_part (
  close_id INTEGER NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  records INTEGER NOT NULL,
  PRIMARY KEY (close_id, file)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE pruned_close (
  close_id INTEGER PRIMARY KEY,
  rows_removed INTEGER NOT NULL,
  remaining_digest TEXT NOT NULL
) STRICT;
CREATE TABLE restating_count (
  close_id INTEGER NOT NULL,
  account_code TEXT NOT NULL,
  currency TEXT NOT NULL,
  layer TEXT NOT NULL,
  count INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (close_id, account_code, currency, layer)
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
, replaces_close_id INTEGER, record_digest TEXT) STRICT;
CREATE TABLE stored_close_total (
  close_id INTEGER NOT NULL,
  currency TEXT NOT NULL,
  layer TEXT NOT NULL,
  dr_minor TEXT NOT NULL,
  cr_minor TEXT NOT NULL,
  PRIMARY KEY (close_id, currency, layer)
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
CREATE TABLE stored_loan_difference (
  close_id INTEGER NOT NULL,
  loan_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  cause TEXT NOT NULL,
  ledger_minor INTEGER,
  tape_minor INTEGER,
  PRIMARY KEY (close_id, loan_id, currency)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE stored_prune (
  prune_id INTEGER PRIMARY KEY,
  tenant_ref INTEGER NOT NULL REFERENCES tenant,
  before_date TEXT NOT NULL,
  head_close_id INTEGER NOT NULL,
  pruned_at TEXT NOT NULL,
  rows_removed INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT;
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
CREATE TABLE stored_quarantine_total (
  close_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  currency TEXT NOT NULL,
  layer TEXT NOT NULL,
  dr_minor TEXT NOT NULL,
  cr_minor TEXT NOT NULL,
  PRIMARY KEY (close_id, code, currency, layer)
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
CREATE TABLE stored_quarantined_record (
  close_id INTEGER NOT NULL,
  file TEXT NOT NULL,
  record INTEGER NOT NULL,
  code TEXT NOT NULL,
  journal_entry_id TEXT,
  PRIMARY KEY (close_id, file, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE stored_repetition (
  close_id INTEGER NOT NULL,
  journal_entry_id BLOB NOT NULL,
  -- The fingerprint of the accepted entry's date and lines.
  content INTEGER NOT NULL,
  accepted_date TEXT NOT NULL,
  PRIMARY KEY (close_id, journal_entry_id)
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
CREATE TABLE stored_reversal (
  tenant_ref INTEGER NOT NULL,
  reversed_entry_id BLOB NOT NULL,
  close_id INTEGER NOT NULL,
  journal_entry_id BLOB NOT NULL,
  PRIMARY KEY (tenant_ref, reversed_entry_id, close_id, journal_entry_id)
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
CREATE TABLE tenant (
  tenant_ref INTEGER PRIMARY KEY,
  tenant_id TEXT NOT NULL UNIQUE,
  first_date TEXT NOT NULL
) STRICT;
INSERT INTO "tenant" VALUES(1,'0f000000-0000-4000-8000-00000000000a','2026-01-05');
INSERT INTO "chart" VALUES(1,'e3b025833ddf90539fce39e600c5919fa0f274ac480c2f5fcb569ad29ff12bf7');
INSERT INTO "chart_account" VALUES(1,'1000','Cash','DR',0);
INSERT INTO "chart_account" VALUES(1,'2000','Borrower liabilities','CR',0);
INSERT INTO "chart_account" VALUES(1,'3000','Paid-in capital','CR',0);
INSERT INTO "stored_close" VALUES(1,1,'2026-01-05','closed_with_breaks',4,4,0,'2026-11-29T23:43:00Z','2026-11-29T23:43:01Z','b8dab8252ec20542b534b75ea1cfa10fc8acb5842a16775fc89855bf9bcb4319','c7601d208597302ddc2b73ff976c935224ae68ee7e69e34dad6eec9f78c6ce29',1,NULL,NULL,NULL,'5717e8e6ca702f58231e812eed114ae2416da24b99f7acdf5c22e1c493f7d206');
INSERT INTO "stored_close" VALUES(2,1,'2026-01-06','closed_with_breaks',1,1,0,'2026-11-29T23:43:00Z','2026-11-29T23:43:01Z','08939b42c50a0d7a51852609262667b145fc0aa2e95fe4be8e93d73aa03fe678','85b7166b72f61de688f57561241170562bbc7d651f0ad567825cddf88c391370',1,1,1,NULL,'43b1fb60ec28ff571d5aa81ce02cf3fe7111d1f740d49e34cee7246c9b1219ef');
INSERT INTO "stored_close" VALUES(3,1,'2026-01-07','closed',1,1,0,'2026-11-29T23:43:01Z','2026-11-29T23:43:01Z','6f3ac209c11d3f1c5ec40c1ac3b9fee9d47e10641c0af5d03b866f660adb3ee3','27195475e31f726cbb61d69124cd0c127fef62d0d73eda94c75b0496bfa9c05a',1,2,1,NULL,'1c7708284d7d2e12573a42c86faff1bd94b8b47df8e8d59affdcab5f20053985');
INSERT INTO "chain_head" VALUES(1,3,3,'27195475e31f726cbb61d69124cd0c127fef62d0d73eda94c75b0496bfa9c05a',0,0,0);
INSERT INTO "finding_count" VALUES(1,'bank_item_ambiguous','warning',1,1);
INSERT INTO "finding_count" VALUES(2,'bank_item_ambiguous','warning',1,1);
INSERT INTO "finding_count" VALUES(3,'bank_item_ambiguous','warning',1,1);
INSERT INTO "grdb_migrations" VALUES('v1');
INSERT INTO "grdb_migrations" VALUES('v2');
INSERT INTO "grdb_migrations" VALUES('v3');
INSERT INTO "grdb_migrations" VALUES('v4');
INSERT INTO "grdb_migrations" VALUES('v5');
INSERT INTO "identifier_detail" VALUES(1048576,X'FD87B25D6A3DC87CAED55270F30777F961244FED74D52601693DC87CAED552702C8600860EB275F8AC0B4FB0683DC87CAED55270DD7680CB6EB6CEC38441942E6B3DC87CAED55270F30777F961244FEDE63DEB1FA17568C9');
INSERT INTO "identifier_detail" VALUES(2097152,X'ABFEEC6A693EC87CAED5527009837D9D627504568910C90CD56CC615');
INSERT INTO "identifier_detail" VALUES(3145728,X'E126AA53693FC87CAED55270C4CC3E5129BB5220F103E1CE0471E029');
INSERT INTO "identifier_prefix" VALUES(1048576,X'2CD3B6319A31D06DE67C2AA7C3877CFEF5508B6CB74492DC');
INSERT INTO "identifier_prefix" VALUES(2097152,X'150EAB27226B02F4E6D49684');
INSERT INTO "identifier_prefix" VALUES(3145728,X'E4EA7FF901EBC753E46386F4');
INSERT INTO "input_part" VALUES(1,'part-00000.ndjson',1542,'c9a89c888c8092bad7fb21145302214982c007fc6d9234bd4d528681690b4474',4);
INSERT INTO "input_part" VALUES(2,'part-00000.ndjson',386,'2d1b184489e595e2bae1535abf37803db65e6c5f5551c9df2178c3c481eb4f7f',1);
INSERT INTO "input_part" VALUES(3,'part-00000.ndjson',386,'fbe40b474d3415aa1639e1123fe57019ec39b8228423cdb7d856047a07ade599',1);
INSERT INTO "stored_bank_reconciliation" VALUES(1,1,'main','DE89370400440532013000','1000','USD','unreconciled',660,0,575,85,0,1,0);
INSERT INTO "stored_bank_reconciliation" VALUES(2,1,'main','DE89370400440532013000','1000','USD','unreconciled',1360,575,1275,85,0,0,1);
INSERT INTO "stored_bank_reconciliation" VALUES(3,1,'main','DE89370400440532013000','1000','USD','pending',1660,NULL,NULL,0,0,0,0);
INSERT INTO "stored_basis" VALUES(1,'UTC',NULL,'2026-01-05',4,0,'698d1dec01afb33f1781fd6c08a6300a4b4b9c7b43cdb3b4eff6f88609792670',0,'b7f8187e1372cecb666eee39b85734876e8fd9322ce09ec4e0a521e586cb26ca');
INSERT INTO "stored_basis" VALUES(2,'UTC',NULL,'2026-01-05',1,0,'c8cd44f44c3f36782eab243eb1354e38d4b5c4712823514d737c2c4cbe324bb3',0,'b7f8187e1372cecb666eee39b85734876e8fd9322ce09ec4e0a521e586cb26ca');
INSERT INTO "stored_basis" VALUES(3,'UTC',NULL,'2026-01-05',1,0,'0011f7b845aa0931166d6dfbb90d1220aa0c7ec24ee6cf3c911145ccfd80effe',0,'b7f8187e1372cecb666eee39b85734876e8fd9322ce09ec4e0a521e586cb26ca');
INSERT INTO "stored_close_total" VALUES(1,'USD','SETTLED','740','740');
INSERT INTO "stored_close_total" VALUES(2,'USD','SETTLED','1440','1440');
INSERT INTO "stored_close_total" VALUES(3,'USD','SETTLED','1740','1740');
INSERT INTO "stored_finding" VALUES(1,1,'bank_item_ambiguous','warning',NULL,NULL,NULL,NULL,NULL,'1000','USD',NULL,NULL,NULL,'main, group 1: 2 ledger items and 1 bank item of 1.00 USD match in more than one way: 00000000-0000-4000-8000-000000000502/1, 00000000-0000-4000-8000-000000000503/1, date=2026-01-05/main.xml#1/3. None was matched. Give both sides a common reference, or clear them by hand.');
INSERT INTO "stored_finding" VALUES(2,1,'bank_item_ambiguous','warning',NULL,NULL,NULL,NULL,NULL,'1000','USD',NULL,NULL,NULL,'main, group 1: 2 ledger items and 1 bank item of 1.00 USD match in more than one way: 00000000-0000-4000-8000-000000000502/1, 00000000-0000-4000-8000-000000000503/1, date=2026-01-05/main.xml#1/3. None was matched. Give both sides a common reference, or clear them by hand.');
INSERT INTO "stored_finding" VALUES(3,1,'bank_item_ambiguous','warning',NULL,NULL,NULL,NULL,NULL,'1000','USD',NULL,NULL,NULL,'main, group 1: 2 ledger items and 1 bank item of 1.00 USD match in more than one way: 00000000-0000-4000-8000-000000000502/1, 00000000-0000-4000-8000-000000000503/1, date=2026-01-05/main.xml#1/3. None was matched. Give both sides a common reference, or clear them by hand.');
INSERT INTO "stored_movement" VALUES(1,'1000','USD','SETTLED','2026-01-05',700,40,4,1,0);
INSERT INTO "stored_movement" VALUES(1,'3000','USD','SETTLED','2026-01-05',40,700,4,1,0);
INSERT INTO "stored_movement" VALUES(2,'1000','USD','SETTLED','2026-01-06',700,0,1,1,0);
INSERT INTO "stored_movement" VALUES(2,'3000','USD','SETTLED','2026-01-06',0,700,1,1,0);
INSERT INTO "stored_movement" VALUES(3,'1000','USD','SETTLED','2026-01-07',300,0,1,1,0);
INSERT INTO "stored_movement" VALUES(3,'3000','USD','SETTLED','2026-01-07',0,300,1,1,0);
INSERT INTO "stored_outstanding_item" VALUES(1,'main',1,'ledger','00000000-0000-4000-8000-000000000501/2',NULL,'00000000000040008000000000000501',-40,'2026-01-05','2026-01-05',NULL);
INSERT INTO "stored_outstanding_item" VALUES(1,'main',2,'ledger','00000000-0000-4000-8000-000000000502/1',NULL,'00000000000040008000000000000502',100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(1,'main',3,'ledger','00000000-0000-4000-8000-000000000503/1',NULL,'00000000000040008000000000000503',100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(1,'main',4,'bank','date=2026-01-05/main.xml#1/2','FEE-1','E-FEE-1',-25,'2026-01-05','2026-01-05',NULL);
INSERT INTO "stored_outstanding_item" VALUES(1,'main',5,'bank','date=2026-01-05/main.xml#1/3',NULL,NULL,100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(2,'main',1,'ledger','00000000-0000-4000-8000-000000000501/2',NULL,'00000000000040008000000000000501',-40,'2026-01-05','2026-01-05',NULL);
INSERT INTO "stored_outstanding_item" VALUES(2,'main',2,'ledger','00000000-0000-4000-8000-000000000502/1',NULL,'00000000000040008000000000000502',100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(2,'main',3,'ledger','00000000-0000-4000-8000-000000000503/1',NULL,'00000000000040008000000000000503',100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(2,'main',4,'bank','date=2026-01-05/main.xml#1/2','FEE-1','E-FEE-1',-25,'2026-01-05','2026-01-05',NULL);
INSERT INTO "stored_outstanding_item" VALUES(2,'main',5,'bank','date=2026-01-05/main.xml#1/3',NULL,NULL,100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(3,'main',1,'ledger','00000000-0000-4000-8000-000000000501/2',NULL,'00000000000040008000000000000501',-40,'2026-01-05','2026-01-05',NULL);
INSERT INTO "stored_outstanding_item" VALUES(3,'main',2,'ledger','00000000-0000-4000-8000-000000000502/1',NULL,'00000000000040008000000000000502',100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(3,'main',3,'ledger','00000000-0000-4000-8000-000000000503/1',NULL,'00000000000040008000000000000503',100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(3,'main',4,'bank','date=2026-01-05/main.xml#1/2','FEE-1','E-FEE-1',-25,'2026-01-05','2026-01-05',NULL);
INSERT INTO "stored_outstanding_item" VALUES(3,'main',5,'bank','date=2026-01-05/main.xml#1/3',NULL,NULL,100,'2026-01-05','2026-01-05',1);
INSERT INTO "stored_outstanding_item" VALUES(3,'main',6,'ledger','00000000-0000-4000-8000-000000000700/1',NULL,'00000000000040008000000000000700',300,'2026-01-07','2026-01-07',NULL);
INSERT INTO "stored_snapshot" VALUES(1,'2026-01-05','1000','USD','SETTLED',1,700,40);
INSERT INTO "stored_snapshot" VALUES(1,'2026-01-05','3000','USD','SETTLED',1,40,700);
INSERT INTO "stored_snapshot" VALUES(1,'2026-01-06','1000','USD','SETTLED',2,1400,40);
INSERT INTO "stored_snapshot" VALUES(1,'2026-01-06','3000','USD','SETTLED',2,40,1400);
INSERT INTO "stored_snapshot" VALUES(1,'2026-01-07','1000','USD','SETTLED',3,1700,40);
INSERT INTO "stored_snapshot" VALUES(1,'2026-01-07','3000','USD','SETTLED',3,40,1700);
INSERT INTO "stored_tie_out" VALUES(1,1,'completeness','','inconclusive',NULL,NULL,NULL,'The export has no manifest to compare with.');
INSERT INTO "stored_tie_out" VALUES(1,2,'double_entry','entries','pass',0,0,0,'Unbalanced currency and layer pairs of quarantined entries.');
INSERT INTO "stored_tie_out" VALUES(1,3,'double_entry','day USD SETTLED','pass',740,740,0,'Credits against debits.');
INSERT INTO "stored_tie_out" VALUES(1,4,'double_entry','balances USD SETTLED','pass',740,740,0,'Credits against debits.');
INSERT INTO "stored_tie_out" VALUES(1,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for every key (2 keys).');
INSERT INTO "stored_tie_out" VALUES(1,6,'rollforward','USD SETTLED DR','pass',740,740,0,'Opening + movement against closing, debits.');
INSERT INTO "stored_tie_out" VALUES(1,7,'rollforward','USD SETTLED CR','pass',740,740,0,'Opening + movement against closing, credits.');
INSERT INTO "stored_tie_out" VALUES(1,8,'ledger_integrity','accounts','pass',0,0,0,'Every balance read back from the store equals the balance computed from the journal (2 balances).');
INSERT INTO "stored_tie_out" VALUES(1,9,'locked_period','','inconclusive',NULL,NULL,NULL,'The job has no locked period.');
INSERT INTO "stored_tie_out" VALUES(1,10,'bank_reconciliation','main','fail',575,660,85,'main: 5 outstanding items; 0.00 USD of the difference is unexplained.');
INSERT INTO "stored_tie_out" VALUES(1,11,'portfolio_rollup','','inconclusive',NULL,NULL,NULL,'The job names no principal accounts.');
INSERT INTO "stored_tie_out" VALUES(1,12,'late_input','','inconclusive',NULL,NULL,NULL,'No date was closed before this one.');
INSERT INTO "stored_tie_out" VALUES(1,13,'open_quarantine','records','pass',0,0,0,'No record of an earlier date is open in quarantine.');
INSERT INTO "stored_tie_out" VALUES(2,1,'completeness','','inconclusive',NULL,NULL,NULL,'The export has no manifest to compare with.');
INSERT INTO "stored_tie_out" VALUES(2,2,'double_entry','entries','pass',0,0,0,'Unbalanced currency and layer pairs of quarantined entries.');
INSERT INTO "stored_tie_out" VALUES(2,3,'double_entry','day USD SETTLED','pass',700,700,0,'Credits against debits.');
INSERT INTO "stored_tie_out" VALUES(2,4,'double_entry','balances USD SETTLED','pass',1440,1440,0,'Credits against debits.');
INSERT INTO "stored_tie_out" VALUES(2,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for every key (2 keys).');
INSERT INTO "stored_tie_out" VALUES(2,6,'rollforward','USD SETTLED DR','pass',1440,1440,0,'Opening + movement against closing, debits.');
INSERT INTO "stored_tie_out" VALUES(2,7,'rollforward','USD SETTLED CR','pass',1440,1440,0,'Opening + movement against closing, credits.');
INSERT INTO "stored_tie_out" VALUES(2,8,'ledger_integrity','accounts','pass',0,0,0,'Every balance read back from the store equals the balance computed from the journal (2 balances).');
INSERT INTO "stored_tie_out" VALUES(2,9,'locked_period','','inconclusive',NULL,NULL,NULL,'The job has no locked period.');
INSERT INTO "stored_tie_out" VALUES(2,10,'bank_reconciliation','main','fail',1275,1360,85,'main: 5 outstanding items; 0.00 USD of the difference is unexplained.');
INSERT INTO "stored_tie_out" VALUES(2,11,'portfolio_rollup','','inconclusive',NULL,NULL,NULL,'The job names no principal accounts.');
INSERT INTO "stored_tie_out" VALUES(2,12,'late_input','2026-01-05','pass',1,1,0,'The exports of 1 closed date are unchanged.');
INSERT INTO "stored_tie_out" VALUES(2,13,'open_quarantine','records','pass',0,0,0,'No record of an earlier date is open in quarantine.');
INSERT INTO "stored_tie_out" VALUES(3,1,'completeness','','inconclusive',NULL,NULL,NULL,'The export has no manifest to compare with.');
INSERT INTO "stored_tie_out" VALUES(3,2,'double_entry','entries','pass',0,0,0,'Unbalanced currency and layer pairs of quarantined entries.');
INSERT INTO "stored_tie_out" VALUES(3,3,'double_entry','day USD SETTLED','pass',300,300,0,'Credits against debits.');
INSERT INTO "stored_tie_out" VALUES(3,4,'double_entry','balances USD SETTLED','pass',1740,1740,0,'Credits against debits.');
INSERT INTO "stored_tie_out" VALUES(3,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for every key (2 keys).');
INSERT INTO "stored_tie_out" VALUES(3,6,'rollforward','USD SETTLED DR','pass',1740,1740,0,'Opening + movement against closing, debits.');
INSERT INTO "stored_tie_out" VALUES(3,7,'rollforward','USD SETTLED CR','pass',1740,1740,0,'Opening + movement against closing, credits.');
INSERT INTO "stored_tie_out" VALUES(3,8,'ledger_integrity','accounts','pass',0,0,0,'Every balance read back from the store equals the balance computed from the journal (2 balances).');
INSERT INTO "stored_tie_out" VALUES(3,9,'locked_period','','inconclusive',NULL,NULL,NULL,'The job has no locked period.');
INSERT INTO "stored_tie_out" VALUES(3,10,'bank_reconciliation','main','inconclusive',NULL,1660,NULL,'main has no usable statement for the date.');
INSERT INTO "stored_tie_out" VALUES(3,11,'portfolio_rollup','','inconclusive',NULL,NULL,NULL,'The job names no principal accounts.');
INSERT INTO "stored_tie_out" VALUES(3,12,'late_input','2 dates to 2026-01-06','pass',2,2,0,'The exports of 2 closed dates are unchanged.');
INSERT INTO "stored_tie_out" VALUES(3,13,'open_quarantine','records','pass',0,0,0,'No record of an earlier date is open in quarantine.');
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
CREATE VIEW tie_out AS
  SELECT o.close_id, t.tenant_id, c.business_date, o.check_name, o.scope, o.status,
    o.expected_minor, o.actual_minor, o.difference_minor, o.detail
  FROM stored_tie_out o JOIN stored_close c ON c.close_id = o.close_id
    JOIN tenant t ON t.tenant_ref = c.tenant_ref;
CREATE VIEW opening_balance AS
  SELECT t.tenant_id, o.account_code, o.currency, o.layer, o.close_id, o.dr_balance_minor,
    o.cr_balance_minor
  FROM tenant t JOIN stored_opening o ON o.tenant_ref = t.tenant_ref;
CREATE INDEX stored_close_by_replaced ON stored_close (replaces_close_id)
  WHERE replaces_close_id IS NOT NULL;
CREATE INDEX stored_prune_by_tenant ON stored_prune (tenant_ref, prune_id);
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
CREATE INDEX stored_certification_by_close ON stored_certification (close_id);
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
CREATE INDEX stored_principal_movement_by_date
  ON stored_principal_movement (tenant_ref, effective_date);
CREATE INDEX stored_loan_movement_dated_ahead
  ON stored_loan_movement (tenant_ref, effective_date) WHERE is_dated_ahead = 1;
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
CREATE INDEX stored_acceptance_by_close ON stored_acceptance (close_id);
CREATE INDEX stored_close_with_quarantine ON stored_close (tenant_ref, business_date)
  WHERE records_quarantined > 0;
CREATE VIEW close_basis AS
  SELECT b.close_id, t.tenant_id, c.business_date, b.time_zone, b.manifest_sha256,
    b.identifiers_from, b.identifier_count, b.reversal_count
  FROM stored_basis b JOIN stored_close c ON c.close_id = b.close_id
    JOIN tenant t ON t.tenant_ref = c.tenant_ref;
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
