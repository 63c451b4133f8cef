public import LedgerDomain

/// The references of an entry that no field of a format has taken yet.
///
///     var references = UnplacedReferences(entry.references)
///     let bank = references.take(.accountServicer)   // "BK2601050001"
///     references.words                               // what is left goes into the text
public struct UnplacedReferences {
  private var references: [BankReference]

  /// All references of an entry or a transaction.
  public init(_ references: [BankReference]) {
    self.references = references
  }

  /// Takes the first reference of the first of these kinds that there is; `nil` if there is none.
  public mutating func take(_ kinds: BankReference.Kind...) -> String? {
    for kind in kinds {
      if let index = references.firstIndex(where: { $0.kind == kind }) {
        return references.remove(at: index).value
      }
    }
    return nil
  }

  /// Text with the references that no field has taken behind it, in one line; empty if there is neither.
  public func text(after text: String?) -> String {
    ([text].compactMap(\.self) + references.map(\.value)).filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}

extension BankStatement {
  /// An amount without its sign in the statement's currency: `1234.50`.
  func decimal(_ amountMinor: AmountMinor) -> String {
    AmountText.decimal(amountMinor.magnitude, digits: currency.minorUnitDigits ?? 0)
  }
}

extension BusinessDate {
  /// Six digits, as MT940 and BAI2 write it: `260331`.
  var sixDigits: String { String(description.filter { $0 != "-" }.dropFirst(2)) }
}

extension StatementTime {
  /// The time of day: `23:59:00`.
  public var clock: String {
    [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: ":")
  }
}
