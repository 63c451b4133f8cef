import LedgerDomain
import StatementReading
import Testing

/// Ways to damage a file of any format, and what reading a damaged file may give.
enum StatementMutations {
  /// The file cut off after every byte, the shortest first.
  static func prefixes(of bytes: [UInt8]) -> some Sequence<[UInt8]> {
    bytes.indices.lazy.map { Array(bytes[..<$0]) }
  }

  /// The file with each byte changed by each mask.
  static func flips(
    of bytes: [UInt8], masks: [UInt8] = [0x01, 0x10]
  ) -> some Sequence<[UInt8]> {
    bytes.indices.lazy.flatMap { position in
      masks.lazy.map { mask in
        var changed = bytes
        changed[position] ^= mask
        return changed
      }
    }
  }

  /// The ranges between separators: fields, lines or elements.
  static func parts(of bytes: [UInt8], separator: (UInt8) -> Bool) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where separator(byte) {
      parts.append(start..<index)
      start = index + 1
    }
    return parts + [start..<bytes.count]
  }

  /// The file with each part missing with the separator behind it, empty, there twice, overlong, and
  /// replaced by the part after it.
  static func damaged(
    _ bytes: [UInt8], parts: [Range<Int>], overlong: Int = 1000
  ) -> some Sequence<[UInt8]> {
    parts.indices.lazy.flatMap { index in
      let part = parts[index]
      let behind = min(part.upperBound + 1, bytes.count)
      let text = Array(bytes[part])
      let last = text.last ?? UInt8(ascii: "9")
      let next = index + 1 < parts.count ? Array(bytes[parts[index + 1]]) : []
      func replaced(_ range: Range<Int>, by other: [UInt8]) -> [UInt8] {
        var changed = bytes
        changed.replaceSubrange(range, with: other)
        return changed
      }
      return [
        replaced(part.lowerBound..<behind, by: []),
        replaced(part, by: []),
        replaced(behind..<behind, by: text + Array(bytes[part.upperBound..<behind])),
        replaced(part, by: text + [UInt8](repeating: last, count: overlong)),
        replaced(part, by: next),
      ]
    }
  }

  /// Checks what a file that was cut off gives: the first statements of the whole one, or fewer and a
  /// finding that names the file.
  static func expectPrefix(
    _ file: StatementFile, of whole: StatementFile, _ comment: Comment? = nil
  ) {
    #expect(whole.statements.starts(with: file.statements), comment)
    #expect(file.findings.allSatisfy { $0.message.hasPrefix(file.name) }, comment)
  }

  /// Checks that each statement of a damaged file has the balances and amounts of one in the whole
  /// file, unless its balances show that it has not.
  static func expectHonest(
    _ file: StatementFile, of whole: StatementFile, _ comment: Comment? = nil
  ) {
    #expect(file.findings.allSatisfy { $0.message.hasPrefix(file.name) }, comment)
    let originals = Set(whole.statements.map(Money.init))
    let numbers = Set(whole.statements.map(\.number))
    for statement in file.statements where numbers.contains(statement.number) {
      let money = Money(statement)
      guard let opening = money.opening, !originals.contains(money) else { continue }
      let sum = money.amounts.reduce(Int128(opening)) { $0 + Int128($1) }
      #expect(sum != Int128(money.closing), comment)
    }
  }

  /// What a statement says of money.
  private struct Money: Hashable {
    let opening: AmountMinor?
    let closing: AmountMinor
    let amounts: [AmountMinor]

    init(_ statement: BankStatement) {
      opening = statement.opening?.amountMinor
      closing = statement.closing.amountMinor
      amounts = statement.entries.filter { $0.status == .booked }.map(\.amountMinor)
        .filter { $0 != 0 }
    }
  }
}
