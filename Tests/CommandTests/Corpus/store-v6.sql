-- A store as version 6 of the schema has it: three dates, of which two restate the date before, closed by the commit
-- before schema v7.
PRAGMA application_id = 1416193359;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('v1');
INSERT INTO grdb_migrations VALUES('v2');
INSERT INTO grdb_migrations VALUES('v3');
INSERT INTO grdb_migrations VALUES('v4');
INSERT INTO grdb_migrations VALUES('v5');
INSERT INTO grdb_migrations VALUES('v6');
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
  normal_side TEXT NOT NULL, has_left INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (chart_ref, account_code)
) STRICT, WITHOUT ROWID;
INSERT INTO chart_account VALUES(1,'1000','Cash','DR',0);
INSERT INTO chart_account VALUES(1,'2000','Borrower liabilities','CR',0);
INSERT INTO chart_account VALUES(1,'3000','Paid-in capital','CR',0);
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
INSERT INTO stored_close VALUES(1,1,'2026-01-05','closed',2,2,0,'2026-11-30T08:50:42Z','2026-11-30T08:50:42Z','a60365c7c905ba55041dff483cfa629e52ad18699b7dd16d11b1a21ab9a9fd2a','e1196c56eb9c1b7cc3970dd85de041f58bb7649e83b19f16e93d93397a82430a',1,NULL,NULL,NULL,'fc38a4cc6dcce71afedba9eb3a2a887cf093d5f4dc60f8b2ee3d3b3a4da18137');
INSERT INTO stored_close VALUES(2,1,'2026-01-06','closed',1,1,0,'2026-11-30T08:50:42Z','2026-11-30T08:50:42Z','8be9f7f0ff04798ad74fbdef09a8c4a38e94457bd94857d5a0ebab15b1441dea','b48087c8363da3e77dd1e4b605502b6a003c6b32c124a80b43686b767f1512bb',1,1,1,NULL,'7ea365e5da81c8328780d42c07ba942fa79190579cbd4e65fda4a78833c8d0ad');
INSERT INTO stored_close VALUES(3,1,'2026-01-07','closed',2,2,0,'2026-11-30T08:50:42Z','2026-11-30T08:50:42Z','dc992196208020d88df55fe8296cb61d2640a0fc90bf3609ae7300be59ed70ee','79667ca2c87aa40e60c8427d4ecd0300e150a0386b2b2c31c560fac249358cd5',1,2,1,NULL,'bf5ac9c67c251908cfd4bf71b127d47edcb0b6150bc8fd0e769f73be37348fdd');
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
INSERT INTO stored_snapshot VALUES(1,'2026-01-05','1000','USD','SETTLED',1,500,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-05','1000','USD','SETTLED',2,520,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-05','3000','USD','SETTLED',1,0,500);
INSERT INTO stored_snapshot VALUES(1,'2026-01-05','3000','USD','SETTLED',2,0,520);
INSERT INTO stored_snapshot VALUES(1,'2026-01-06','1000','USD','SETTLED',2,520,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-06','1000','USD','SETTLED',3,523,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-06','3000','USD','SETTLED',2,0,520);
INSERT INTO stored_snapshot VALUES(1,'2026-01-06','3000','USD','SETTLED',3,0,523);
INSERT INTO stored_snapshot VALUES(1,'2026-01-07','1000','USD','SETTLED',3,541,0);
INSERT INTO stored_snapshot VALUES(1,'2026-01-07','3000','USD','SETTLED',3,0,541);
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
INSERT INTO input_part VALUES(1,'part-00000.ndjson',768,'c1dd45b0b74c4c675c0a1218e359d73812fe646dc6a500c17dc599b76c9f0d34',2);
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
INSERT INTO stored_finding VALUES(1,1,'future_effective','warning','part-00000.ndjson',2,386,'00000000-0000-4000-8000-000000000002','effective_at',NULL,NULL,NULL,NULL,NULL,'The entry takes effect on 2026-01-07, after the business date 2026-01-05. It counts from then on. Check that future-dating it was intended.');
INSERT INTO stored_finding VALUES(2,1,'backdated','info','part-00000.ndjson',1,0,'00000000-0000-4000-8000-000000000003','effective_at',NULL,NULL,NULL,NULL,NULL,'The entry takes effect on 2026-01-05, before the business date 2026-01-06. Balances from 2026-01-05 on are restated. No action is needed if backdating it was intended.');
INSERT INTO stored_finding VALUES(3,1,'backdated','info','part-00000.ndjson',2,384,'00000000-0000-4000-8000-000000000005','effective_at',NULL,NULL,NULL,NULL,NULL,'The entry takes effect on 2026-01-06, before the business date 2026-01-07. Balances from 2026-01-06 on are restated. No action is needed if backdating it was intended.');
CREATE TABLE finding_count (
  close_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  count INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (close_id, code)
) STRICT, WITHOUT ROWID;
INSERT INTO finding_count VALUES(1,'future_effective','warning',1,1);
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
INSERT INTO stored_restatement VALUES(2,'1000','USD','SETTLED','2026-01-05',500,0,520,0);
INSERT INTO stored_restatement VALUES(2,'3000','USD','SETTLED','2026-01-05',0,500,0,520);
INSERT INTO stored_restatement VALUES(3,'1000','USD','SETTLED','2026-01-06',520,0,523,0);
INSERT INTO stored_restatement VALUES(3,'3000','USD','SETTLED','2026-01-06',0,520,0,523);
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
INSERT INTO stored_tie_out VALUES(1,2,'double_entry','entries','pass',0,0,0,'Unbalanced currency and layer pairs of quarantined entries.');
INSERT INTO stored_tie_out VALUES(1,3,'double_entry','day USD SETTLED','pass',507,507,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(1,4,'double_entry','balances USD SETTLED','pass',500,500,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(1,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for every key (2 keys).');
INSERT INTO stored_tie_out VALUES(1,6,'rollforward','USD SETTLED DR','pass',500,500,0,'Opening + movement against closing, debits.');
INSERT INTO stored_tie_out VALUES(1,7,'rollforward','USD SETTLED CR','pass',500,500,0,'Opening + movement against closing, credits.');
INSERT INTO stored_tie_out VALUES(1,8,'ledger_integrity','accounts','pass',0,0,0,'Every balance read back from the store equals the balance computed from the journal (2 balances).');
INSERT INTO stored_tie_out VALUES(1,9,'locked_period','','inconclusive',NULL,NULL,NULL,'The job has no locked period.');
INSERT INTO stored_tie_out VALUES(1,10,'bank_reconciliation','','inconclusive',NULL,NULL,NULL,'The job names no bank accounts and statements.');
INSERT INTO stored_tie_out VALUES(1,11,'portfolio_rollup','','inconclusive',NULL,NULL,NULL,'Nothing was compared: the job names no principal accounts, and the chart has none of the type principal.');
INSERT INTO stored_tie_out VALUES(1,12,'late_input','','inconclusive',NULL,NULL,NULL,'No date was closed before this one.');
INSERT INTO stored_tie_out VALUES(1,13,'open_quarantine','records','pass',0,0,0,'No record of an earlier date is open in quarantine.');
INSERT INTO stored_tie_out VALUES(2,1,'completeness','','inconclusive',NULL,NULL,NULL,'The export has no manifest to compare with.');
INSERT INTO stored_tie_out VALUES(2,2,'double_entry','entries','pass',0,0,0,'Unbalanced currency and layer pairs of quarantined entries.');
INSERT INTO stored_tie_out VALUES(2,3,'double_entry','day USD SETTLED','pass',20,20,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(2,4,'double_entry','balances USD SETTLED','pass',520,520,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(2,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for every key (2 keys).');
INSERT INTO stored_tie_out VALUES(2,6,'rollforward','USD SETTLED DR','pass',520,520,0,'Opening + movement against closing, debits.');
INSERT INTO stored_tie_out VALUES(2,7,'rollforward','USD SETTLED CR','pass',520,520,0,'Opening + movement against closing, credits.');
INSERT INTO stored_tie_out VALUES(2,8,'ledger_integrity','accounts','pass',0,0,0,'Every balance read back from the store equals the balance computed from the journal (4 balances).');
INSERT INTO stored_tie_out VALUES(2,9,'locked_period','','inconclusive',NULL,NULL,NULL,'The job has no locked period.');
INSERT INTO stored_tie_out VALUES(2,10,'bank_reconciliation','','inconclusive',NULL,NULL,NULL,'The job names no bank accounts and statements.');
INSERT INTO stored_tie_out VALUES(2,11,'portfolio_rollup','','inconclusive',NULL,NULL,NULL,'Nothing was compared: the job names no principal accounts, and the chart has none of the type principal.');
INSERT INTO stored_tie_out VALUES(2,12,'late_input','2026-01-05','pass',1,1,0,'The exports of 1 closed date are unchanged.');
INSERT INTO stored_tie_out VALUES(2,13,'open_quarantine','records','pass',0,0,0,'No record of an earlier date is open in quarantine.');
INSERT INTO stored_tie_out VALUES(3,1,'completeness','','inconclusive',NULL,NULL,NULL,'The export has no manifest to compare with.');
INSERT INTO stored_tie_out VALUES(3,2,'double_entry','entries','pass',0,0,0,'Unbalanced currency and layer pairs of quarantined entries.');
INSERT INTO stored_tie_out VALUES(3,3,'double_entry','day USD SETTLED','pass',14,14,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(3,4,'double_entry','balances USD SETTLED','pass',541,541,0,'Credits against debits.');
INSERT INTO stored_tie_out VALUES(3,5,'rollforward','keys','pass',0,0,0,'Opening + backdated + movement = closing for every key (2 keys).');
INSERT INTO stored_tie_out VALUES(3,6,'rollforward','USD SETTLED DR','pass',541,541,0,'Opening + movement against closing, debits.');
INSERT INTO stored_tie_out VALUES(3,7,'rollforward','USD SETTLED CR','pass',541,541,0,'Opening + movement against closing, credits.');
INSERT INTO stored_tie_out VALUES(3,8,'ledger_integrity','accounts','pass',0,0,0,'Every balance read back from the store equals the balance computed from the journal (4 balances).');
INSERT INTO stored_tie_out VALUES(3,9,'locked_period','','inconclusive',NULL,NULL,NULL,'The job has no locked period.');
INSERT INTO stored_tie_out VALUES(3,10,'bank_reconciliation','','inconclusive',NULL,NULL,NULL,'The job names no bank accounts and statements.');
INSERT INTO stored_tie_out VALUES(3,11,'portfolio_rollup','','inconclusive',NULL,NULL,NULL,'Nothing was compared: the job names no principal accounts, and the chart has none of the type principal.');
INSERT INTO stored_tie_out VALUES(3,12,'late_input','2 dates to 2026-01-06','pass',2,2,0,'The exports of 2 closed dates are unchanged.');
INSERT INTO stored_tie_out VALUES(3,13,'open_quarantine','records','pass',0,0,0,'No record of an earlier date is open in quarantine.');
CREATE TABLE chain_head (
  tenant_ref INTEGER PRIMARY KEY REFERENCES tenant,
  close_id INTEGER NOT NULL,
  close_count INTEGER NOT NULL,
  chain_digest TEXT NOT NULL,
  -- Closes up to this one were written before records had digests.
  unrecorded_through INTEGER NOT NULL
, certification_count INTEGER NOT NULL DEFAULT 0, acceptance_count INTEGER NOT NULL DEFAULT 0, bank_record_count INTEGER NOT NULL DEFAULT 0, bank_digest TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO chain_head VALUES(1,3,3,'79667ca2c87aa40e60c8427d4ecd0300e150a0386b2b2c31c560fac249358cd5',0,0,0,0,'');
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
INSERT INTO stored_restating_entry VALUES(2,'1000','USD','SETTLED',1,'00000000-0000-4000-8000-000000000003','2026-01-05','2026-01-06T12:00:00Z',20,0,'part-00000.ndjson',1);
INSERT INTO stored_restating_entry VALUES(2,'3000','USD','SETTLED',2,'00000000-0000-4000-8000-000000000003','2026-01-05','2026-01-06T12:00:00Z',0,20,'part-00000.ndjson',1);
INSERT INTO stored_restating_entry VALUES(3,'1000','USD','SETTLED',1,'00000000-0000-4000-8000-000000000005','2026-01-06','2026-01-07T12:00:00Z',3,0,'part-00000.ndjson',2);
INSERT INTO stored_restating_entry VALUES(3,'3000','USD','SETTLED',2,'00000000-0000-4000-8000-000000000005','2026-01-06','2026-01-07T12:00:00Z',0,3,'part-00000.ndjson',2);
CREATE TABLE restating_count (
  close_id INTEGER NOT NULL,
  account_code TEXT NOT NULL,
  currency TEXT NOT NULL,
  layer TEXT NOT NULL,
  count INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (close_id, account_code, currency, layer)
) STRICT, WITHOUT ROWID;
INSERT INTO restating_count VALUES(2,'1000','USD','SETTLED',1,1);
INSERT INTO restating_count VALUES(2,'3000','USD','SETTLED',1,1);
INSERT INTO restating_count VALUES(3,'1000','USD','SETTLED',1,1);
INSERT INTO restating_count VALUES(3,'3000','USD','SETTLED',1,1);
CREATE TABLE stored_prune (
  prune_id INTEGER PRIMARY KEY,
  tenant_ref INTEGER NOT NULL REFERENCES tenant,
  before_date TEXT NOT NULL,
  head_close_id INTEGER NOT NULL,
  pruned_at TEXT NOT NULL,
  rows_removed INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT;
CREATE TABLE pruned_close (
  close_id INTEGER PRIMARY KEY,
  rows_removed INTEGER NOT NULL,
  remaining_digest TEXT NOT NULL
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
CREATE TABLE stored_close_total (
  close_id INTEGER NOT NULL,
  currency TEXT NOT NULL,
  layer TEXT NOT NULL,
  dr_minor TEXT NOT NULL,
  cr_minor TEXT NOT NULL,
  PRIMARY KEY (close_id, currency, layer)
) STRICT, WITHOUT ROWID;
INSERT INTO stored_close_total VALUES(1,'USD','SETTLED','500','500');
INSERT INTO stored_close_total VALUES(2,'USD','SETTLED','520','520');
INSERT INTO stored_close_total VALUES(3,'USD','SETTLED','541','541');
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
, bank_record_number INTEGER NOT NULL DEFAULT 0) STRICT;
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
INSERT INTO stored_basis VALUES(1,'UTC',NULL,'2026-01-05',2,0,'c7e88e73ccdd3b9609bf9a6b47c39f60d41f75336e4f210df3188e2879ef39e5',0,'b7f8187e1372cecb666eee39b85734876e8fd9322ce09ec4e0a521e586cb26ca');
INSERT INTO stored_basis VALUES(2,'UTC',NULL,'2026-01-05',1,0,'7da81dec2f6859eccf99f83681d0a5112d419db66e279e09bd463bf90e41bcd0',0,'b7f8187e1372cecb666eee39b85734876e8fd9322ce09ec4e0a521e586cb26ca');
INSERT INTO stored_basis VALUES(3,'UTC',NULL,'2026-01-05',2,0,'0f3e8ad91d51e9119cf99680ef892b232275de861cc4767b39f100b2a8350f58',0,'b7f8187e1372cecb666eee39b85734876e8fd9322ce09ec4e0a521e586cb26ca');
CREATE TABLE identifier_prefix (
  page_id INTEGER PRIMARY KEY,
  prefixes BLOB NOT NULL
) STRICT;
INSERT INTO identifier_prefix VALUES(1048576,X'53128b8abc5ddddd3692d2ab0cca0aa7');
INSERT INTO identifier_prefix VALUES(2097152,X'986817171644b34f70c2955c');
INSERT INTO identifier_prefix VALUES(3145728,X'c01a1a942d266cefef863628a2f90bb1');
CREATE TABLE identifier_detail (
  page_id INTEGER PRIMARY KEY,
  details BLOB NOT NULL
) STRICT;
INSERT INTO identifier_detail VALUES(1048576,X'0080be2b6838c87caed552702c8600860eb275f828bac75a6b38c87caed5527048426e98f2db08c802bee6dfcc58745c');
INSERT INTO identifier_detail VALUES(2097152,X'51fcecc96a38c87caed55270c42ba213ada82ffb9063233c7ae1f598');
INSERT INTO identifier_detail VALUES(3145728,X'3767fff16d38c87caed552709b7022875a9d3c8e6f9905606c38c87caed552701e0baba56963234e44af437dafa30ea3');
CREATE TABLE stored_repetition (
  close_id INTEGER NOT NULL,
  journal_entry_id BLOB NOT NULL,
  -- The fingerprint of the accepted entry's date and lines.
  content INTEGER NOT NULL,
  accepted_date TEXT NOT NULL,
  PRIMARY KEY (close_id, journal_entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE stored_reversal (
  tenant_ref INTEGER NOT NULL,
  reversed_entry_id BLOB NOT NULL,
  close_id INTEGER NOT NULL,
  journal_entry_id BLOB NOT NULL,
  PRIMARY KEY (tenant_ref, reversed_entry_id, close_id, journal_entry_id)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE stored_bank_position (
  close_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bank_account_ref TEXT NOT NULL,
  account_code TEXT NOT NULL,
  currency TEXT NOT NULL,
  item_count INTEGER NOT NULL,
  PRIMARY KEY (close_id, number)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE stored_matched_item (
  record_id INTEGER NOT NULL,
  match_number INTEGER NOT NULL,
  number INTEGER NOT NULL,
  rule TEXT NOT NULL,
  shared_reference TEXT,
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
  PRIMARY KEY (record_id, match_number, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE stored_open_item (
  record_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  since TEXT NOT NULL,
  ambiguous_group INTEGER,
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
CREATE INDEX stored_ledger_item_off_date ON stored_ledger_item (tenant_ref, effective_date)
  WHERE is_off_date = 1;
CREATE UNIQUE INDEX bank_record_by_tenant ON bank_record (tenant_ref, number);
CREATE INDEX stored_statement_file_by_name ON stored_statement_file (file);
CREATE INDEX stored_statement_by_date ON stored_statement (tenant_ref, closing_date);
CREATE INDEX stored_reconciliation_by_date
  ON stored_reconciliation (tenant_ref, bank_account_ref, business_date, record_id);
CREATE INDEX stored_settlement_by_account ON stored_settlement (tenant_ref, bank_account_ref);
CREATE VIEW bank_reconciliation AS
  SELECT b.close_id, t.tenant_id, c.business_date, b.bank_account_ref, b.account_code, b.currency,
    b.status, b.ledger_closing_minor, b.statement_opening_minor, b.statement_closing_minor,
    b.difference_minor, b.unexplained_minor, b.matched_by_reference, b.matched_by_amount,
    1 AS version, c.finished_at AS made_at, NULL AS record_id, 0 AS written_off_minor,
    NULL AS settled_on,
    0 AS matched_by_batch, 0 AS matched_by_group, 0 AS matched_by_cancellation,
    0 AS matched_by_settlement,
    (SELECT count(*) FROM stored_outstanding_item o
      WHERE o.close_id = b.close_id AND o.bank_account_ref = b.bank_account_ref
        AND (o.side = 'bank' OR o.item_date <= c.business_date)) AS outstanding_count
  FROM stored_bank_reconciliation b JOIN stored_close c ON c.close_id = b.close_id
    JOIN tenant t ON t.tenant_ref = c.tenant_ref
  UNION ALL
  SELECT r.close_id, t.tenant_id, r.business_date, r.bank_account_ref, r.account_code, r.currency,
    r.status, r.ledger_closing_minor, r.statement_opening_minor, r.statement_closing_minor,
    r.difference_minor, r.unexplained_minor, r.matched_by_reference, r.matched_by_amount,
    r.version, k.made_at, r.record_id, r.written_off_minor, r.settled_on, r.matched_by_batch, r.matched_by_group,
    r.matched_by_cancellation, r.matched_by_settlement, r.outstanding_count
  FROM stored_reconciliation r JOIN bank_record k ON k.record_id = r.record_id
    JOIN tenant t ON t.tenant_ref = r.tenant_ref
  WHERE r.status <> 'opening';
CREATE VIEW current_bank_reconciliation AS
  SELECT b.* FROM bank_reconciliation b
  WHERE NOT EXISTS (
    SELECT 1 FROM bank_reconciliation n
    WHERE n.tenant_id = b.tenant_id AND n.bank_account_ref = b.bank_account_ref
      AND n.business_date = b.business_date
      AND (n.version > b.version OR n.version = b.version AND n.close_id > b.close_id));
CREATE VIEW outstanding_item AS
  SELECT o.close_id, t.tenant_id, c.business_date, o.bank_account_ref, o.side, o.identity,
    o.reference, o.second_reference, o.amount_minor, o.item_date, o.since, o.ambiguous_group,
    NULL AS record_id
  FROM stored_outstanding_item o JOIN stored_close c ON c.close_id = o.close_id
    JOIN tenant t ON t.tenant_ref = c.tenant_ref
  WHERE o.side = 'bank' OR o.item_date <= c.business_date
  UNION ALL
  SELECT r.close_id, t.tenant_id, r.business_date, r.bank_account_ref, o.side, o.identity,
    o.item_references, NULL, o.amount_minor, o.item_date, o.since, o.ambiguous_group,
    o.record_id
  FROM stored_open_item o JOIN stored_reconciliation r ON r.record_id = o.record_id
    JOIN tenant t ON t.tenant_ref = r.tenant_ref
  WHERE r.status <> 'opening';
CREATE VIEW bank_match AS
  SELECT m.record_id, t.tenant_id, r.business_date, r.version, r.bank_account_ref, m.match_number,
    m.rule, m.shared_reference, m.side, m.identity, m.place, m.item_references, m.amount_minor,
    m.item_date
  FROM stored_matched_item m JOIN stored_reconciliation r ON r.record_id = m.record_id
    JOIN tenant t ON t.tenant_ref = r.tenant_ref;
CREATE VIEW ledger_item AS
  SELECT i.close_id, t.tenant_id, c.business_date, i.account_code, i.currency, i.identity,
    i.item_references, i.amount_minor, i.effective_date, i.reverses_entry_id
  FROM stored_ledger_item i JOIN stored_close c ON c.close_id = i.close_id
    JOIN tenant t ON t.tenant_ref = c.tenant_ref;
CREATE VIEW statement_file AS
  SELECT f.record_id, t.tenant_id, f.file, f.bytes, f.sha256, k.made_at AS taken_up_at
  FROM stored_statement_file f JOIN bank_record k ON k.record_id = f.record_id
    JOIN tenant t ON t.tenant_ref = k.tenant_ref;
CREATE VIEW bank_statement AS
  SELECT s.record_id, t.tenant_id, s.file, s.format, s.kind, s.number, s.account, s.currency, s.identifier,
    s.sequence, s.page, s.opening_minor, s.opening_date, s.closing_minor, s.closing_date
  FROM stored_statement s JOIN tenant t ON t.tenant_ref = s.tenant_ref;
CREATE VIEW finding AS
  SELECT f.close_id, t.tenant_id, c.business_date, f.code, f.severity, f.file, f.record,
    f.byte_offset, f.journal_entry_id, f.field, f.account_code, f.currency, f.layer,
    f.dr_minor, f.cr_minor, f.message
  FROM stored_finding f JOIN stored_close c ON c.close_id = f.close_id
    JOIN tenant t ON t.tenant_ref = c.tenant_ref
  UNION ALL
  -- What is wrong with the statements of a date, as it is known now.
  SELECT r.close_id, t.tenant_id, r.business_date, b.code,
    CASE b.code WHEN 'statement_repeated' THEN 'info' ELSE 'warning' END, b.file, NULL, NULL,
    NULL, NULL, b.account_code, b.currency, NULL, NULL, NULL, b.message
  FROM stored_bank_finding b JOIN stored_reconciliation r ON r.record_id = b.record_id
    JOIN tenant t ON t.tenant_ref = r.tenant_ref
  WHERE NOT EXISTS (
    SELECT 1 FROM stored_reconciliation n
    WHERE n.tenant_ref = r.tenant_ref AND n.bank_account_ref = r.bank_account_ref
      AND n.business_date = r.business_date AND n.record_id > r.record_id)
;
CREATE VIEW certification AS
  SELECT f.certification_id, t.tenant_id, c.business_date, f.close_id, f.chain_digest, f.name,
    f.note, f.certified_at,
    (SELECT min(w.close_id) FROM stored_close w
     WHERE w.tenant_ref = f.tenant_ref AND w.close_id > f.head_close_id
       AND (w.business_date = c.business_date OR EXISTS (
         SELECT 1 FROM stored_restatement r
         WHERE r.close_id = w.close_id AND r.as_of_date = c.business_date)))
      AS withdrawn_by_close_id,
    (SELECT min(r.record_id) FROM stored_reconciliation r
       JOIN bank_record k ON k.record_id = r.record_id
     WHERE r.tenant_ref = f.tenant_ref AND r.business_date = c.business_date
       AND r.changes_figures = 1 AND k.number > f.bank_record_number)
      AS withdrawn_by_record_id
  FROM stored_certification f JOIN stored_close c ON c.close_id = f.close_id
    JOIN tenant t ON t.tenant_ref = f.tenant_ref;
CREATE VIEW settlement AS
  SELECT s.record_id, t.tenant_id, s.bank_account_ref, s.kind, s.business_date, s.undoes_record_id, s.name, s.note,
    k.made_at AS settled_at, i.side, i.identity, i.amount_minor, i.item_date
  FROM stored_settlement s JOIN bank_record k ON k.record_id = s.record_id
    JOIN tenant t ON t.tenant_ref = s.tenant_ref
    LEFT JOIN stored_settled_item i ON i.record_id = s.record_id;
