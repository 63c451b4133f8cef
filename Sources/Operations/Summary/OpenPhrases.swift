public import LedgerDomain

/// What is open of a tenant, in phrases for people: each begins with its code where it has one.
public struct OpenPhrases {
  private static let datesNamedMax = 3

  private let matters: [OpenMatter]

  /// - Parameter matters: what needs somebody, in order.
  public init(_ matters: [OpenMatter]) {
    self.matters = matters
  }

  /// The phrases: what is published wrong or late first, then the bank, then certifications.
  public func all() -> [String] {
    notClosed + brokenChecks + lateInput + openQuarantine + banks + withdrawn
  }

  private func of(_ kind: OpenMatter.Kind) -> [OpenMatter] { matters.filter { $0.kind == kind } }

  private var notClosed: [String] {
    of(.notClosed).map {
      "not closed: \($0.count.counted("date")) behind other tenants, from \($0.date)"
    }
  }

  /// A phrase for each check, with its dates, or the first of them if they are many.
  private var brokenChecks: [String] {
    let broken = of(.brokenCheck)
    return TieOutCheck.allCases.flatMap { check -> [String] in
      let failing = broken.filter { $0.check == check }
      guard let first = failing.first else { return [] }
      if failing.count > Self.datesNamedMax {
        return [
          "\(check.rawValue) fails on \(failing.count.counted("date")), the first \(first.date)"
        ]
      }
      return failing.map { "\(check.rawValue) fails on \($0.date)\(Self.differences($0))" }
    }
  }

  private static func differences(_ matter: OpenMatter) -> String {
    guard let first = matter.amounts.first else { return "" }
    let more = matter.amounts.count > 1 ? " and \(matter.amounts.count - 1) more" : ""
    return ": \(amount(first))\(more)"
  }

  private var lateInput: [String] {
    of(.lateInput).map {
      "\(TieOutCheck.lateInput.rawValue): the export of \($0.date) changed after it was closed"
    }
  }

  private var openQuarantine: [String] {
    let open = of(.openQuarantine)
    guard let first = open.first else { return [] }
    let records = open.reduce(0) { $0 + $1.count }
    return [
      "\(TieOutCheck.openQuarantine.rawValue): \(records.counted("record")), the oldest of \(first.date)"
    ]
  }

  private var banks: [String] {
    let check = TieOutCheck.bankReconciliation.rawValue
    return of(.unreconciledBank).map {
      "\(check): \($0.subject) does not reconcile on \($0.date)\(Self.differences($0))"
    }
      + of(.overdueStatement).map {
        "\(check): the statement of \($0.subject) is overdue since \($0.date)"
      }
  }

  private var withdrawn: [String] {
    let withdrawn = of(.withdrawnCertification)
    guard let first = withdrawn.first else { return [] }
    let more = withdrawn.count > 1 ? " and \((withdrawn.count - 1).counted("more date"))" : ""
    return ["certification withdrawn: \(first.date)\(more)"]
  }

  private static func amount(_ amount: MatterAmount) -> String {
    AmountText.decimal(amount.amountMinor, digits: amount.currency.minorUnitDigits ?? 0)
      + " \(amount.currency)"
  }
}
