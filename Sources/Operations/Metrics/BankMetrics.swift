import CloseJob
import JobConfiguration
import LedgerDomain
import PrometheusFormat

/// The metrics of bank accounts: whether they agree with the bank, since when they do not, and what is open.
struct BankMetrics {
  let calendar: LedgerCalendar
  let accounts: [(tenant: TenantID, standing: BankStanding)]

  /// Adds the metrics of all accounts; a date that an account does not have is left out.
  func add(to metrics: inout PrometheusText) {
    gauge(
      "tieout_bank_statement_overdue",
      help: "Whether an account's statement is overdue: 1 yes, 0 no.", &metrics
    ) { $0.overdueSince == nil ? 0 : 1 }
    gauge(
      "tieout_bank_unreconciled",
      help: "Whether an account's last statement does not reconcile: 1 yes, 0 no.", &metrics
    ) { $0.unreconciledSince == nil ? 0 : 1 }
    gauge(
      "tieout_bank_unreconciled_since_timestamp_seconds",
      help: "Start of the first date since which an account does not reconcile.", &metrics
    ) { $0.unreconciledSince.map { Double(calendar.seconds(of: $0).lowerBound) } }
    gauge(
      "tieout_bank_reconciled_through_timestamp_seconds",
      help: "End of the last date on which an account is reconciled.", &metrics
    ) { $0.reconciledThrough.map { Double(calendar.seconds(of: $0).upperBound) } }
    gauge(
      "tieout_bank_last_statement_timestamp_seconds",
      help: "End of the closing date of an account's last statement.", &metrics
    ) { $0.lastStatement.map { Double(calendar.seconds(of: $0).upperBound) } }
    gauge(
      "tieout_bank_difference_minor",
      help: "Ledger less bank at an account's last statement, in minor units.", &metrics
    ) { Double($0.differenceMinor) }
    gauge(
      "tieout_bank_open_items", help: "Items outstanding at an account's last statement.", &metrics
    ) { Double($0.openItems) }
    metrics.gauge(
      "tieout_bank_open_minor",
      help: "Sum of the items outstanding at an account's last statement, in minor units, by side.",
      accounts.flatMap { account in
        [("ledger", account.standing.openLedgerMinor), ("bank", account.standing.openBankMinor)]
          .map { (Self.labels(account) + [("side", $0.0)], Double($0.1)) }
      })
  }

  private func gauge(
    _ name: String, help: String, _ metrics: inout PrometheusText,
    _ value: (BankStanding) -> Double?
  ) {
    metrics.gauge(
      name, help: help,
      accounts.compactMap { account in
        value(account.standing).map { (Self.labels(account), $0) }
      })
  }

  private static func labels(
    _ account: (tenant: TenantID, standing: BankStanding)
  ) -> PrometheusText.Labels {
    [
      ("tenant_id", "\(account.tenant)"), ("bank_account_ref", account.standing.account.reference),
      ("currency", "\(account.standing.account.currency)"),
    ]
  }
}
