import CloseJob
import LedgerDomain

/// Finds what a run leaves for a person to do.
struct ActionItems {
  let result: RunResult

  /// The items, tenant by tenant, in the order of their dates.
  func items() -> [ActionItem] {
    let unexpected = result.unexpectedEntries.map { failure($0, tenant: nil, date: nil) }
    let overview = result.overviewFailure.map { message in
      ActionItem(
        urgency: .failed, title: "the overview is not written", code: Self.code(of: message),
        tenant: nil, date: nil, what: "the overview is not written",
        place: "\(result.reports ?? "")/index.html", message: message)
    }
    return unexpected + [overview].compactMap(\.self) + result.tenants.flatMap(items)
  }

  private func items(_ tenant: TenantResult) -> [ActionItem] {
    var items: [ActionItem] = []
    if let failure = tenant.failure {
      items.append(self.failure(failure.message, tenant: tenant.tenant, date: failure.date))
    }
    items += tenant.lateInput.map { late in
      ActionItem(
        urgency: .open, title: "the export changed after the close",
        code: TieOutCheck.lateInput.rawValue, tenant: tenant.tenant, date: late.date,
        what: "the export changed: \(late.differences)", place: "tieout explain late_input",
        message: "if it was meant: tieout backfill --from \(late.date) --to \(late.date) --reclose")
    }
    items += tenant.bankBreaks.map { bank($0, of: tenant.tenant) }
    items += tenant.statementFindings.map { finding in
      ActionItem(
        urgency: .open, title: finding.code.rawValue, code: finding.code.rawValue,
        tenant: tenant.tenant, date: tenant.dates.last?.header.businessDate,
        what: "\(finding.code.rawValue): \(finding.file ?? "a bank statement")",
        place: "tieout explain \(finding.code.rawValue)")
    }
    let apart = listedApart(tenant)
    items += tenant.dates.filter { !tenant.settledCloses.contains($0.header.closeID) }
      .flatMap { closed($0, of: tenant.tenant, except: apart) }
    if let open = openQuarantine(tenant) { items.append(open) }
    items += alreadyClosed(tenant)
    return items
  }

  private func failure(_ message: String, tenant: TenantID?, date: BusinessDate?) -> ActionItem {
    let code = Self.code(of: message)
    let title = "not closed" + (code.map { ": \($0)" } ?? "")
    return ActionItem(
      urgency: .failed, title: title, code: code, tenant: tenant, date: date, what: title,
      place: code.map { "tieout explain \($0)" } ?? "", message: message)
  }

  /// The code in brackets that ends a message.
  static func code(of message: String) -> String? {
    guard message.hasSuffix("]"), let bracket = message.lastIndex(of: "[") else { return nil }
    let code = message[message.index(after: bracket)...].dropLast()
    let isCode = code.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
    return isCode && !code.isEmpty ? String(code) : nil
  }

  private func bank(_ bankBreak: BankBreak, of tenant: TenantID) -> ActionItem {
    let check = TieOutCheck.bankReconciliation.rawValue
    switch bankBreak {
    case .unreconciled(let account, let date, let currency, let difference, let outstanding):
      return ActionItem(
        urgency: .open, title: "bank \(account) does not reconcile", code: check, tenant: tenant,
        date: date,
        what: outstanding == 0
          ? "bank \(account): a difference that no item explains"
          : "bank \(account): \(outstanding.counted("item")) outstanding",
        amount: Self.amount(difference, currency), place: "bank-items.csv")
    case .overdue(let account, let date):
      return ActionItem(
        urgency: .open, title: "bank \(account): statement overdue", code: check, tenant: tenant,
        date: date, what: "bank \(account): statement overdue", place: "tieout explain \(check)")
    }
  }

  /// The checks of which the items say, once for the tenant, how things are now.
  private func listedApart(_ tenant: TenantResult) -> Set<TieOutCheck> {
    var checks: Set<TieOutCheck> = []
    if !tenant.lateInput.isEmpty { checks.insert(.lateInput) }
    if !tenant.bankBreaks.isEmpty || !tenant.statementFindings.isEmpty {
      checks.insert(.bankReconciliation)
    }
    if tenant.dates.last?.breaks.contains(.openQuarantine) == true {
      checks.insert(.openQuarantine)
    }
    return checks
  }

  /// What a date that the run closed leaves open, but for the checks that are listed apart.
  private func closed(
    _ date: DateResult, of tenant: TenantID, except apart: Set<TieOutCheck>
  ) -> [ActionItem] {
    let day = date.header.businessDate
    var items = date.breaks.filter { !apart.contains($0) }.map { check in
      let failing = date.tieOuts.filter { $0.check == check && $0.status == .fail }
      return ActionItem(
        urgency: check == .rollforward || check == .ledgerIntegrity ? .unusable : .open,
        title: "\(check.rawValue) fails", code: check.rawValue, tenant: tenant, date: day,
        what: "\(check.rawValue): \(Self.scopes(failing, date.bankCurrencies))",
        amount: failing.count == 1 ? Self.amount(failing[0], date.bankCurrencies) : "",
        place: check == .bankReconciliation ? "bank-items.csv" : "reconciliation.html")
    }
    if date.header.recordsQuarantined > 0 {
      let codes = date.quarantined.map { "\($0.code.rawValue) \($0.count)" }
      items.append(
        ActionItem(
          urgency: .open, title: "records quarantined",
          code: date.quarantined.count == 1 ? date.quarantined[0].code.rawValue : nil,
          tenant: tenant, date: day,
          what: "\(date.header.recordsQuarantined) quarantined: \(codes.joined(separator: ", "))",
          amount: Self.amount(date.quarantineSum), place: "findings.csv"))
    }
    items += date.withdrawn.map { withdrawn in
      ActionItem(
        urgency: .notice, title: "certification withdrawn", code: nil, tenant: tenant,
        date: withdrawn, what: "certification withdrawn by close \(date.header.closeID)",
        place: "restatements.csv")
    }
    if date.lapsedAcceptances > 0 {
      items.append(
        ActionItem(
          urgency: .notice, title: "acceptances lapsed", code: nil, tenant: tenant, date: day,
          what: "\(date.lapsedAcceptances.counted("acceptance")) lapsed: the date was closed again",
          place: "findings.csv"))
    }
    return items
  }

  private func openQuarantine(_ tenant: TenantResult) -> ActionItem? {
    guard let last = tenant.dates.last else { return nil }
    let failing = last.tieOuts.filter { $0.check == .openQuarantine && $0.status == .fail }
    guard let records = failing.first(where: { $0.scope == "records" })?.actualMinor else {
      return nil
    }
    let amounts = failing.filter { $0.scope != "records" }
    let more = amounts.count > 1 ? Self.more(amounts.count - 1) : ""
    return ActionItem(
      urgency: .open, title: "records of earlier dates open", code: "open_quarantine",
      tenant: tenant.tenant, date: last.header.businessDate,
      what: "\(records.counted("quarantined record")) of earlier dates open",
      amount: amounts.first.map { Self.amount($0) + more } ?? "",
      place: "tieout explain open_quarantine")
  }

  private func alreadyClosed(_ tenant: TenantResult) -> [ActionItem] {
    tenant.alreadyClosedWithBreaks.map { header in
      ActionItem(
        urgency: .open, title: "closed before, with breaks", code: nil, tenant: tenant.tenant,
        date: header.businessDate, what: "closed before (close \(header.closeID)), with breaks",
        place: "reconciliation.html")
    }
  }
}

extension ActionItems {
  private static let scopesNamedMax = 2

  private static func scopes(
    _ failing: [TieOut], _ bankCurrencies: [String: CurrencyCode]
  ) -> String {
    let named = failing.prefix(scopesNamedMax).map { tieOut in
      let count = amount(tieOut, bankCurrencies).isEmpty ? tieOut.differenceMinor : nil
      return tieOut.scope + (count.map { " \($0 > 0 ? "+" : "")\($0)" } ?? "")
    }
    let more = failing.count - named.count
    return named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// The difference of a tie-out whose scope names a currency or a bank account; empty for one that compares
  /// numbers.
  private static func amount(
    _ tieOut: TieOut, _ bankCurrencies: [String: CurrencyCode] = [:]
  ) -> String {
    let named = tieOut.scope.split(separator: " ").lazy
      .compactMap { CurrencyCode($0) }.first { $0.minorUnitDigits != nil }
    let currency = tieOut.check == .bankReconciliation ? bankCurrencies[tieOut.scope] : named
    guard let currency, let difference = tieOut.differenceMinor else { return "" }
    return amount(difference, currency)
  }

  /// What follows an amount that is not the only one.
  private static func more(_ count: Int) -> String { " and \(count) more" }

  private static func amount(_ sum: QuarantineSum) -> String {
    let totals = sum.sortedTotals
    guard let first = totals.first else { return "" }
    let minor = max(first.totals.debitMinor, first.totals.creditMinor)
    return amount(minor, first.pair.currency) + (totals.count > 1 ? more(totals.count - 1) : "")
  }

  private static func amount(_ minor: some BinaryInteger, _ currency: CurrencyCode) -> String {
    AmountText.decimal(minor, digits: currency.minorUnitDigits ?? 0) + " \(currency)"
  }
}
