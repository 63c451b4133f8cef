import LedgerDomain
import Reports

/// What `tieout accept` decided, as text and as JSON.
public enum AcceptSummary {
  /// The decisions as text, a line for each date.
  public static func text(_ results: [AcceptResult], isUndo: Bool, name: String) -> String {
    results.map { result in
      let (header, records) = (result.header, result.decided.records)
      let totals = result.decided.sortedTotals.map {
        ", \($0.pair) \($0.totals.debitMinor) DR \($0.totals.creditMinor) CR"
      }
      let outcome = isUndo ? "open again, by" : "accepted by"
      return "\(header.businessDate), close \(header.closeID): "
        + "\(records.counted("quarantined record"))\(totals.joined()): \(outcome) \(name); "
        + "\(result.open.records) of the date open\n"
    }.joined()
  }

  /// The decisions as JSON.
  public static func json(
    _ results: [AcceptResult], isUndo: Bool, name: String, note: String
  ) throws -> String {
    try JSONDocument.text(
      results.map { AcceptDocument($0, isUndo: isUndo, name: name, note: note) })
  }
}

private struct AcceptDocument: Encodable {
  let tenant_id: String
  let business_date: String
  let close_id: Int64
  let decision: String
  let by: String
  let note: String
  let decided: QuarantineSumDocument
  let open: QuarantineSumDocument

  init(_ result: AcceptResult, isUndo: Bool, name: String, note: String) {
    tenant_id = result.header.tenant.description
    business_date = result.header.businessDate.description
    close_id = result.header.closeID.number
    decision = isUndo ? "taken_back" : "accepted"
    by = name
    self.note = note
    decided = QuarantineSumDocument(result.decided)
    open = QuarantineSumDocument(result.open)
  }
}
