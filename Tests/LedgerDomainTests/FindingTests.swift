import LedgerDomain
import Testing

@Suite("Findings")
struct FindingTests {
  @Test("the codes stand in the order in which records are checked, errors first")
  func codesKeepTheirOrder() {
    let codes = FindingCode.allCases
    #expect(codes.map(\.order) == Array(codes.indices))
    let severities = codes.map(\.severity)
    let firstWarning = severities.firstIndex { $0 != .error } ?? 0
    #expect(severities[..<firstWarning].allSatisfy { $0 == .error })
    #expect(severities[firstWarning...].allSatisfy { $0 != .error })
    #expect(
      codes.prefix(firstWarning).map(\.rawValue) == [
        "record_too_long", "malformed_json", "missing_field", "invalid_field", "unknown_currency",
        "tenant_mismatch", "posted_outside_date", "unknown_account", "duplicate_sequence",
        "unbalanced", "duplicate_entry", "conflicting_duplicate", "entry_already_closed",
      ])
  }

  @Test(
    "records that still count have warnings or notes",
    arguments: [
      (FindingCode.futureEffective, Severity.warning), (.effectiveBeforeOpening, .warning),
      (.lockedPeriod, .warning), (.abnormalBalance, .warning), (.backdated, .info),
    ])
  func codesHaveTheirSeverities(code: FindingCode, severity: Severity) {
    #expect(code.severity == severity)
  }

  @Test("the event types are those of the export")
  func eventTypesHaveTheirCodes() {
    #expect(
      EventType.allCases.map(\.code) == [
        "disbursement", "disbursement_settled", "accrual", "payment_received",
        "payment_allocated", "payment_returned", "fee_assessed", "fee_waived", "chargeoff",
        "recovery", "refinance", "restructure", "reversal", "manual_adjustment",
      ])
  }

  @Test("layers and sides are read from their codes and from nothing else")
  func enumerationsHaveTheirCodes() {
    for layer in EntryLayer.allCases { #expect(EntryLayer(code: layer.code) == layer) }
    #expect(EntryLayer.allCases.map(\.code) == EntryLayer.allCases.map(\.code).sorted())
    for side in NormalSide.allCases { #expect(NormalSide(code: side.code) == side) }
    #expect(Direction.allCases.map(\.code) == ["DR", "CR"])
    for text in ["", "settled", "SETTLED ", "dr"] {
      #expect(EntryLayer(code: text) == nil)
      #expect(NormalSide(code: text) == nil)
    }
  }
}
