import Digests
public import LedgerDomain

/// The links of a tenant's chain of closes.
///
/// Each close's digest is the SHA-256 of text lines, each ended by a line feed:
///
///     tieout-chain-1
///     previous|<the previous close's digest, or - for the first>
///     close|<tenant>|<business date>|<input digest>
///     opening|<account>|<currency>|<layer>|<debits>|<credits>                     first close only
///     movement|<account>|<currency>|<layer>|<effective date>|<debits>|<credits>|<lines>
///     snapshot|<account>|<currency>|<layer>|<as of>|<debits>|<credits>
///
/// with the openings, movements and snapshot rows each in the order of account, currency, layer and
/// date as text. Close numbers and times are left out, so the same books have the same digest in
/// whatever order tenants are closed. The input digest, which does not depend on the order of records
/// or parts, covers the parts. A close that replaces another of its date is a link like any other.
///
/// The rows that pruning leaves of a close have a digest of the same form, with a line
/// `pruned|<chain digest>` after `close`. The link itself can be recomputed, since balances follow from
/// movements.
struct ChainDigest {
  private var hasher = SHA256()
  private var buffer: [UInt8] = []

  init(previous: String?, tenant: TenantID, date: BusinessDate, inputDigest: String) {
    buffer.reserveCapacity(64 * 1024)
    line(["tieout-chain-1"])
    line(["previous", previous ?? "-"])
    line(["close", tenant.description, date.description, inputDigest])
  }

  /// Makes this the digest of the rows that pruning left of a close, instead of a link.
  mutating func addPruned(chainDigest: String) { line(["pruned", chainDigest]) }

  mutating func addOpening(_ balances: [Balance]) {
    for balance in balances {
      key("opening|", balance.key)
      finish(balance.totals)
    }
  }

  mutating func addMovements(_ movements: [Movement]) {
    for movement in movements {
      key("movement|", movement.key)
      text(movement.effectiveDate.description)
      separator()
      number(movement.totals.debitMinor)
      separator()
      number(movement.totals.creditMinor)
      separator()
      number(Int64(movement.lineCount))
      endLine()
    }
  }

  /// - Parameter rows: in the order of key and date.
  mutating func addSnapshot(_ rows: [SnapshotRow]) {
    for row in rows {
      key("snapshot|", row.key)
      text(row.asOfDate.description)
      separator()
      finish(row.totals)
    }
  }

  /// The digest in lower-case hexadecimal.
  mutating func finalize() -> String {
    hasher.update(buffer)
    buffer.removeAll()
    return Hexadecimal.text(hasher.finalize())
  }

  /// The digest of a date's input records.
  static func input(_ fingerprint: InputFingerprint) -> String {
    let sums = [fingerprint.sums.0, fingerprint.sums.1, fingerprint.sums.2, fingerprint.sums.3]
    let text =
      (["tieout-input-1", String(fingerprint.recordCount)] + sums.map { String($0, radix: 16) })
      .joined(separator: "|")
    return Hexadecimal.text(SHA256.hash(Array(text.utf8)))
  }

  /// The digest of a chart. Each name is prefixed with its length, since it can hold any character, and
  /// the line of an account that left begins with `left|`.
  static func chart(_ chart: ChartOfAccounts) -> String {
    var text: [UInt8] = []
    for account in chart.accounts {
      let size = account.name.utf8.count
      if account.hasLeft { text += Array("left|".utf8) }
      text += Array("\(account.code)|\(account.normalSide.code)|\(size)|\(account.name)\n".utf8)
    }
    return Hexadecimal.text(SHA256.hash(text))
  }

  private mutating func line(_ cells: [String]) {
    buffer.append(contentsOf: cells.joined(separator: "|").utf8)
    endLine()
  }

  private mutating func key(_ kind: StaticString, _ key: BalanceKey) {
    kind.withUTF8Buffer { buffer.append(contentsOf: $0) }
    text(key.account.description)
    separator()
    text(key.currency.description)
    separator()
    text(key.layer.code)
    separator()
  }

  private mutating func text(_ value: String) {
    var value = value
    value.withUTF8 { buffer.append(contentsOf: $0) }
  }

  private mutating func finish(_ totals: DebitCreditTotals) {
    number(totals.debitMinor)
    separator()
    number(totals.creditMinor)
    endLine()
  }

  private mutating func number(_ value: Int64) { text(String(value)) }
  private mutating func separator() { buffer.append(UInt8(ascii: "|")) }

  private mutating func endLine() {
    buffer.append(0x0A)
    if buffer.count > 60 * 1024 {
      hasher.update(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
  }
}

/// One row of the snapshot table: a key's balance at a date.
public struct SnapshotRow: Hashable, Sendable {
  /// The account, currency and layer.
  public let key: BalanceKey
  /// The date.
  public let asOfDate: BusinessDate
  /// Cumulative debits and credits.
  public let totals: DebitCreditTotals

  /// Creates a row.
  public init(key: BalanceKey, asOfDate: BusinessDate, totals: DebitCreditTotals) {
    self.key = key
    self.asOfDate = asOfDate
    self.totals = totals
  }
}
