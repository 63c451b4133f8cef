extension StoreSchemaV6 {
  static let views = """
    DROP VIEW bank_reconciliation;
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

    DROP VIEW outstanding_item;
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

    DROP VIEW finding;
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
          AND n.business_date = r.business_date AND n.record_id > r.record_id);

    DROP VIEW certification;
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
    """
}
