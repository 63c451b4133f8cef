public import LedgerDomain

extension StatementCSVMapping {
  /// The character between cells.
  public enum Delimiter: String, Sendable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case bar = "|"

    var byte: UInt8 { rawValue.utf8.first ?? UInt8(ascii: ",") }
  }

  /// What ends the whole units of an amount.
  public enum DecimalSeparator: String, Sendable, CaseIterable {
    case point = "."
    case comma = ","

    var byte: UInt8 { rawValue.utf8.first ?? UInt8(ascii: ".") }
  }

  /// Where the amounts are.
  public enum Amount: Hashable, Sendable {
    /// In one column, negative where money leaves the account.
    case signed(String)
    /// In two: what leaves the account and what arrives. What leaves it may be negative.
    case debitAndCredit(debit: String, credit: String)
    /// In one column; another says whether they leave the account or arrive.
    case flagged(String, Flag)
  }

  /// A column that says of each amount whether it leaves the account or arrives.
  public struct Flag: Hashable, Sendable {
    /// The column.
    public var column: String
    /// What it says of amounts that leave the account, in any case.
    public var debit: Set<String>
    /// What it says of amounts that arrive.
    public var credit: Set<String>

    /// What most banks write, in English.
    public static let usualDebit: Set<String> = ["D", "DR", "DBIT", "DEBIT"]
    /// What most banks write, in English.
    public static let usualCredit: Set<String> = ["C", "CR", "CRDT", "CREDIT"]

    /// A flag column with its values.
    public init(
      column: String, debit: Set<String> = usualDebit, credit: Set<String> = usualCredit
    ) {
      self.column = column
      self.debit = debit
      self.credit = credit
    }
  }

  /// Where the balances are: at least the closing balance, in a column or in a row.
  public struct Balances: Hashable, Sendable {
    /// The column with the balance after each row, or after the last row of each day.
    public var column: String?
    /// How the cell before the opening balance begins, outside the table.
    public var openingLabel: String?
    /// How the cell before the closing balance begins, outside the table.
    public var closingLabel: String?

    /// Balances at these places.
    public init(column: String? = nil, openingLabel: String? = nil, closingLabel: String? = nil) {
      self.column = column
      self.openingLabel = openingLabel
      self.closingLabel = closingLabel
    }

    /// In a column.
    public static func column(_ column: String) -> Balances { Balances(column: column) }

    /// In rows outside the table.
    public static func rows(opening: String?, closing: String) -> Balances {
      Balances(openingLabel: opening, closingLabel: closing)
    }
  }

  /// Something that a column says of each row, or the mapping of the whole file.
  public enum Source: Hashable, Sendable {
    case column(String)
    case named(String)

    var column: String? {
      if case .column(let column) = self { column } else { nil }
    }
  }

  /// A column of references.
  public struct ReferenceColumn: Hashable, Sendable {
    /// The column.
    public var column: String
    /// What kind of reference it has.
    public var kind: BankReference.Kind
    /// The setting that names it.
    public var setting: String

    /// A column of references of that kind.
    public init(_ column: String, _ kind: BankReference.Kind, setting: String = "csv_references") {
      self.column = column
      self.kind = kind
      self.setting = setting
    }
  }

  /// Which rows are booked.
  public struct BookedRows: Hashable, Sendable {
    /// The column that says so.
    public var column: String
    /// What it says where they are, in any case; what says anything else is pending.
    public var values: Set<String>

    /// The rows whose column says one of these.
    public init(column: String, values: Set<String>) {
      self.column = column
      self.values = values
    }
  }
}
