import LedgerDomain

/// A transaction as its record (16) has it.
struct BAI2Transaction {
  /// The line of the record.
  let line: Int
  /// What it is.
  let code: BAI2TypeCode
  /// Minor units with the sign that is written, which is not the direction.
  let amount: AmountMinor
  private(set) var valueDate: BusinessDate?
  /// The bank's, a cheque's number, the customer's.
  let references: [BankReference]
  /// Free text.
  let text: String?
  /// What was not understood.
  private(set) var note: StatementNote?

  /// - Parameter number: which of the account's transactions it is, from 1, for messages.
  init(_ record: BAI2Record, of bytes: [UInt8], number: Int) throws(StatementFault) {
    func fault(_ message: String) -> StatementFault {
      StatementFault(
        "has the transaction \(number) (16) \(message). Ask the bank to deliver it again.",
        line: record.line)
    }
    var fields = BAI2Fields(record, of: bytes)
    line = record.line
    let type = fields.next() ?? []
    guard let code = BAI2TypeCode(type) else {
      throw fault("with the type code '\(Self.shown(type))', which is not one")
    }
    self.code = code
    let written = fields.next() ?? []
    if written.isEmpty, code.meaning == .nonMonetary {
      amount = 0
    } else {
      guard let amount = BAI2Number.amount(written) else {
        throw fault(
          written.isEmpty
            ? "without an amount"
            : "with the amount '\(Self.shown(written))', which is not a number of minor units "
              + "up to 2^63 − 1")
      }
      self.amount = amount
    }
    let funds = try BAI2FundsType(&fields).orThrow(fault)
    valueDate = funds.valueDate
    if let unknown = funds.unknownType {
      note = StatementNote(
        "Transaction \(number) has the funds type '\(unknown)', which BAI2 does not have.",
        line: record.line)
    }
    references = Self.references(code, bank: fields.text(), customer: fields.text())
    text = SingleLineText.of(fields.rest())
  }

  private static func references(
    _ code: BAI2TypeCode, bank: String, customer: String
  ) -> [BankReference] {
    var found: [BankReference] = []
    if isReference(bank) { found.append(BankReference(.accountServicer, bank)) }
    guard isReference(customer) else { return found }
    if code.isCheque, customer.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      found.append(BankReference(.cheque, customer))
    }
    found.append(BankReference(.customer, customer))
    return found
  }

  /// Banks fill a reference that is missing with zeros.
  private static func isReference(_ text: String) -> Bool { text.utf8.contains { $0 != 0x30 } }

  private static func shown(_ field: ArraySlice<UInt8>) -> String {
    SingleLineText.decoded(field.prefix(40))
  }
}
