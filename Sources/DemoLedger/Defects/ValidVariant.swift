/// A valid but unusual form of a record, which must be accepted.
enum ValidVariant: Int, CaseIterable, Sendable {
  case reversedKeys, whiteSpace, carriageReturn, escapedReference, surrogatePair, extraMembers
  case nullOptionals, upperCase, zeroAmount, offsetPastMidnight, deepestNesting, escapedKey
  case longFraction, noFraction, withoutTenant, requiredFieldsOnly, sparseSequences
  case escapedDescription, longDescription, correctedAfterwards, emptyTexts, exchange
  case negativeOffset, rawUnicode

  /// The variant at a position of the rotation.
  static func inRotation(_ place: Int) -> ValidVariant {
    allCases[place % allCases.count]
  }
}

extension ValidVariant {
  /// Gives the draft of a valid entry this form, without changing its meaning.
  func apply(to draft: inout RecordDraft, date: String, nextDate: String) {
    switch self {
    case .reversedKeys: draft.isReversed = true
    case .whiteSpace: draft.isSpaced = true
    case .carriageReturn: draft.lineEnd = "\r\n"
    case .escapedReference:
      draft.set("external_ref", "\"\\u0050MT-\\u00e9\\u4e2d\\u002F1\"", line: 0)
    case .surrogatePair: draft.set("description", "\"Paid \\ud83d\\ude80 and \\uD83C\\uDFE6\"")
    case .rawUnicode: draft.set("description", "\"Überweisung 返済 🏦 \\u2028\"")
    case .extraMembers: addExtraMembers(to: &draft)
    case .nullOptionals: setOptionalsToNull(in: &draft)
    case .upperCase: upperCaseIdentifiers(of: &draft)
    case .deepestNesting: draft.header.append(.init(key: "extra", value: Defect.nested(31)))
    case .escapedKey: draft.header[0].key = "journal_\\u0065ntry_id"
    case .offsetPastMidnight: draft.set("posted_at", "\"\(nextDate)T01:30:00.250+02:00\"")
    case .negativeOffset: draft.set("posted_at", "\"\(date)T16:05:00-07:30\"")
    case .longFraction: draft.set("posted_at", "\"\(date)T10:00:00.123456789Z\"")
    case .noFraction: draft.set("posted_at", "\"\(date)T23:59:59Z\"")
    case .withoutTenant: draft.remove("tenant_id")
    case .requiredFieldsOnly: keepRequiredFields(of: &draft)
    case .escapedDescription:
      draft.set("description", "\"a \\\"quoted\\\" b\\\\c \\/ \\b\\f\\n\\r\\t {[,:]}\"")
    case .longDescription:
      draft.set("description", "\"\(String(repeating: "long ", count: 12_000))\"")
    case .emptyTexts:
      draft.set("description", "\"\"")
      draft.set("external_ref", "\"\"", line: 0)
    case .zeroAmount, .sparseSequences, .correctedAfterwards, .exchange: break
    }
  }

  private func addExtraMembers(to draft: inout RecordDraft) {
    draft.header.insert(
      .init(key: "meta", value: "{\"lines\":[{\"a\":[1,-0,1e-10,2E+2]},null],\"b\":{\"c\":true}}"),
      at: 0)
    draft.lines[0].insert(.init(key: "tags", value: "[\"x\",[],{},false]"), at: 1)
    draft.header.append(.init(key: "version", value: "3.25"))
  }

  private func setOptionalsToNull(in draft: inout RecordDraft) {
    for key in ["tenant_id", "correlation_id", "reverses_entry_id", "description", "actor"] {
      draft.set(key, "null")
    }
    for key in ["loan_id", "borrower_id", "external_ref"] { draft.set(key, "null", line: 0) }
  }

  private func upperCaseIdentifiers(of draft: inout RecordDraft) {
    for index in draft.header.indices where draft.header[index].key.hasSuffix("_id") {
      draft.header[index].value = draft.header[index].value.uppercased()
    }
    for line in draft.lines.indices {
      for index in draft.lines[line].indices where draft.lines[line][index].key.hasSuffix("_id") {
        draft.lines[line][index].value = draft.lines[line][index].value.uppercased()
      }
    }
  }

  private func keepRequiredFields(of draft: inout RecordDraft) {
    for key in ["tenant_id", "correlation_id", "description", "actor"] { draft.remove(key) }
    for line in draft.lines.indices {
      for key in ["loan_id", "borrower_id", "external_ref"] { draft.remove(key, line: line) }
    }
  }
}
