public import LedgerDomain

/// Quarantined records as JSON: how many, and what those with readable lines add up to.
public struct QuarantineSumDocument: Encodable {
  struct Total: Encodable {
    let currency: String
    let layer: String
    let minor_unit_digits: Int?
    let dr_minor: String
    let cr_minor: String
  }
  let records: Int
  let readable_records: Int
  let totals: [Total]

  /// The document of a sum.
  public init(_ sum: QuarantineSum) {
    records = sum.records
    readable_records = sum.readable
    totals = sum.sortedTotals.map { total in
      Total(
        currency: total.pair.currency.description, layer: total.pair.layer.code,
        minor_unit_digits: total.pair.currency.minorUnitDigits,
        dr_minor: String(total.totals.debitMinor), cr_minor: String(total.totals.creditMinor))
    }
  }
}

/// The member `quarantine` of `reconciliation.json`: what the close left out, and what was decided.
struct QuarantineDocument: Encodable {
  struct Code: Encodable {
    let code: String
    let needs_acceptance: Bool
    let records: Int
    let listed: Int
    let open: Int
    let accepted: Int
  }
  struct Decision: Encodable {
    let decision: String
    let code: String?
    let file: String?
    let record: Int?
    let by: String
    let note: String
    let at: String
  }
  let open: QuarantineSumDocument
  let accepted: QuarantineSumDocument
  let counted_once: QuarantineSumDocument
  let codes: [Code]
  let decisions: [Decision]

  init(_ quarantine: CloseQuarantine) {
    open = QuarantineSumDocument(quarantine.open)
    accepted = QuarantineSumDocument(quarantine.accepted)
    counted_once = QuarantineSumDocument(quarantine.countedOnce)
    codes = quarantine.counts.map { count in
      Code(
        code: count.code.rawValue, needs_acceptance: count.code.needsAcceptance,
        records: count.sum.records, listed: count.kept,
        open: quarantine.open(count).records, accepted: quarantine.accepted(count).records)
    }
    decisions = quarantine.acceptances.map(Self.decision)
  }

  private static func decision(_ acceptance: QuarantineAcceptance) -> Decision {
    var (code, place): (FindingCode?, RecordPlace?) = (nil, nil)
    switch acceptance.scope {
    case .everything: break
    case .code(let scope): code = scope
    case .record(let scope): place = scope
    }
    return Decision(
      decision: acceptance.isUndo ? "taken_back" : "accepted", code: code?.rawValue,
      file: place?.file, record: place?.record, by: acceptance.name, note: acceptance.note,
      at: acceptance.acceptedAt)
  }
}
