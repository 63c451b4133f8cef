/// A defect that one record is planted with, or a date that deserves a finding.
enum Defect: Sendable {
  case malformed(Malformation)
  case missing(String, line: Int? = nil)
  case invalid(String, line: Int? = nil, String)
  case singleLine
  case unknownCurrency(firstLine: Int)
  case tenantMismatch
  case postedOutside(days: Int, time: String)
  case unknownAccount(line: Int)
  case duplicateSequence(line: Int)
  case unbalanced(Imbalance)
  case duplicate(Repetition, isFromFirstPart: Bool)
  case conflicting(Conflict)
  case effectiveLater(days: Int)
  case effectiveBeforeOpening(days: Int)
  case reversal(ReversalDefect)
  case ofEarlierDate(EarlierDateDefect)

  /// How the debits and credits of an entry differ.
  enum Imbalance: Sendable {
    case byOne, inTwoPairs, acrossLayers, acrossCurrencies, oneSided
  }

  /// How an entry is repeated.
  enum Repetition: Sendable {
    case sameBytes, otherForm, otherDescription
  }

  /// What an identifier used again disagrees about.
  enum Conflict: Sendable {
    case amounts, effectiveDate, account
  }

  /// What is wrong with the reversal of a sound entry.
  enum ReversalDefect: Sendable {
    /// It balances, and one amount differs on both sides; or one account.
    case otherAmount, otherAccount
    /// Its amount differs, and its record precedes that of the entry it reverses.
    case beforeItsEntry
    /// It is exact, and the second one: of an entry of the date, or of one that the date lacks.
    case repeated, repeatedOfEarlierDate
  }

  /// What is wrong about an entry of an earlier date. The days are those between.
  enum EarlierDateDefect: Sendable {
    /// It is exported again, as it was or with other amounts.
    case repeated(days: Int)
    case conflicting(days: Int)
    /// Its reversal has another amount; and there is a second one, a date later.
    case reversedByOtherAmount(days: Int)
    case reversedAgain
  }
}

/// A way in which a record is not JSON.
enum Malformation: Sendable {
  case truncated
  case emptyLine
  case ending(String)
  case description(String)
  case descriptionBytes([UInt8])
  case member(key: String, value: String)
  case lineMember(key: String, value: String)
}

extension Defect {
  /// The defect at a position of the rotation: codes alternate, and so do the variants of each.
  static func inRotation(_ place: Int) -> Defect {
    let slot = place % rotation.count
    let group = rotation[slot]
    let before = rotation[..<slot].count { $0 == group }
    let turns = rotation.count { $0 == group }
    let variants = catalogue[group]
    return variants[(place / rotation.count * turns + before) % variants.count]
  }

  /// Indices into `catalogue`; codes with many variants occur more often.
  private static let rotation = [0, 1, 2, 3, 2, 4, 5, 6, 13, 0, 7, 8, 2, 9, 10, 1, 11, 12]

  private static let catalogue: [[Defect]] = [
    malformedRecords, missingFields, invalidFields,
    [.unknownCurrency(firstLine: 0), .unknownCurrency(firstLine: 2)],
    [.tenantMismatch],
    postedOutside,
    [.unknownAccount(line: 0), .unknownAccount(line: 1)],
    [.duplicateSequence(line: 1), .duplicateSequence(line: 2)],
    [
      .unbalanced(.byOne), .unbalanced(.inTwoPairs), .unbalanced(.acrossLayers),
      .unbalanced(.acrossCurrencies), .unbalanced(.oneSided),
    ],
    [
      .duplicate(.sameBytes, isFromFirstPart: false),
      .duplicate(.sameBytes, isFromFirstPart: true),
      .duplicate(.otherForm, isFromFirstPart: false),
      .duplicate(.otherForm, isFromFirstPart: true),
      .duplicate(.otherDescription, isFromFirstPart: true),
    ],
    [.conflicting(.amounts), .conflicting(.effectiveDate), .conflicting(.account)],
    [.effectiveLater(days: 1), .effectiveLater(days: 3), .effectiveLater(days: 45)],
    [
      .effectiveBeforeOpening(days: 1), .effectiveBeforeOpening(days: 2),
      .effectiveBeforeOpening(days: 35),
    ],
    [
      .reversal(.otherAmount), .reversal(.repeated), .reversal(.otherAccount),
      .reversal(.repeatedOfEarlierDate), .reversal(.beforeItsEntry),
    ],
  ]

  private static let postedOutside: [Defect] = [
    .postedOutside(days: -1, time: "23:59:59.999Z"),
    .postedOutside(days: 1, time: "00:00:00.000Z"),
    .postedOutside(days: 0, time: "00:30:00.000+02:00"),
    .postedOutside(days: 0, time: "23:30:00.000-01:00"),
    .postedOutside(days: -30, time: "12:00:00.000Z"),
  ]
}
