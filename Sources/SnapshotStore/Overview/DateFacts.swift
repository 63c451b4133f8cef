import LedgerDomain

/// What the books say about a closed date, as far as the overview shows it.
struct DateFacts {
  /// A comparison that fails.
  struct Failure {
    let check: TieOutCheck
    let scope: String
    let differenceMinor: AmountMinor?
  }

  /// The last version of a bank account's reconciliation.
  struct Bank {
    let status: BankStatus
    let version: Int
    /// The last record of the bank log that changed a figure of the date.
    var figuresChanged: Int64
  }

  /// The last certification of the date.
  struct Certified {
    let name: String
    /// The tenant's last close when it was certified.
    let head: CloseID
    let bankRecord: Int64
  }

  let date: BusinessDate
  let close: CloseID
  let quarantined: Int
  /// What failed when the date was closed, in order.
  var failures: [Failure] = []
  /// By the account's reference.
  var banks: [String: Bank] = [:]
  var certified: Certified?
  /// The last close that gave balances of the date new versions after it was certified.
  var restatedBy: CloseID?
  var open = QuarantineSum()

  /// What fails as known now: accounts that were reconciled again since are as they are now.
  private var failing: [Failure] {
    let remade = banks.filter { $0.value.version > 1 && $0.value.status != .pending }
    let bank = remade.filter { $0.value.status == .unreconciled }.keys.sorted().map {
      Failure(check: .bankReconciliation, scope: $0, differenceMinor: nil)
    }
    return failures.filter { $0.check != .bankReconciliation || remade[$0.scope] == nil } + bank
  }

  private var certification: CertificationStanding {
    guard let certified else { return .missing }
    let isRestated = close > certified.head || restatedBy.map { $0 > certified.head } ?? false
    let hasOtherBank = banks.values.contains { $0.figuresChanged > certified.bankRecord }
    return isRestated || hasOtherBank ? .withdrawn : .valid
  }

  /// The date in the overview.
  var overview: DateOverview {
    let failing = failing
    let certification = certification
    let standing = DateStanding(
      failing: Set(failing.map(\.check)), quarantined: quarantined, open: open.records,
      isPending: banks.values.contains { $0.status == .pending })
    var matters: [OpenMatter] = []
    if certification != .valid { matters = brokenChecks(failing) }
    if open.records > 0 {
      matters.append(
        OpenMatter(
          .openQuarantine, date: date, count: open.records,
          amounts: open.sortedTotals.map {
            MatterAmount(
              max($0.totals.debitMinor, $0.totals.creditMinor), $0.pair.currency, $0.pair.layer)
          }))
    }
    if certification == .withdrawn, let certified {
      matters.append(OpenMatter(.withdrawnCertification, date: date, subject: certified.name))
    }
    return DateOverview(
      date: date, cell: CalendarCell(standing, certification), matters: matters.sorted())
  }

  /// One matter for each check of the date itself. How bank accounts stand is said once for the tenant.
  private func brokenChecks(_ failing: [Failure]) -> [OpenMatter] {
    TieOutCheck.allCases.compactMap { check in
      if check == .bankReconciliation || DateStanding.aboutEarlierDates.contains(check) {
        return nil
      }
      let failures = failing.filter { $0.check == check }
      guard let first = failures.first else { return nil }
      return OpenMatter(
        .brokenCheck, date: date, check: check, subject: first.scope, count: failures.count,
        amounts: failures.compactMap(\.amount))
    }
  }
}

extension DateFacts.Failure {
  /// The difference, if it is an amount: the scope of a comparison of amounts has their currency and layer.
  fileprivate var amount: MatterAmount? {
    let words = scope.split(separator: " ")
    guard let differenceMinor,
      let currency = words.lazy.compactMap({ CurrencyCode($0) }).first(where: {
        $0.minorUnitDigits != nil
      })
    else { return nil }
    return MatterAmount(
      Int128(differenceMinor), currency, words.lazy.compactMap { EntryLayer(code: $0) }.first)
  }
}
