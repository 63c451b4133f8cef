import LedgerDomain

/// An entry while its elements arrive.
struct CamtEntryDraft {
  /// What an entry says of its status.
  enum Status {
    case missing
    case stated(StatementEntryStatus)
    /// The bank's own, or a code that is none of the four.
    case other(String)
  }

  /// Which of its statement's entries it is, from 1.
  let number: Int
  /// Its line, from 1.
  let line: Int
  /// The transactions that it comes of.
  var batch = CamtBatchDraft()
  private(set) var amount: CamtAmount?
  /// Whether it is a credit to the account; `nil` if that is not stated.
  private(set) var isCredit: Bool?
  private(set) var status = Status.missing
  private(set) var bookingDate: BusinessDate?
  private(set) var valueDate: BusinessDate?

  private var isReversal: Bool?
  private var references = CamtReferences()
  private var text = ""

  init(number: Int, line: Int) {
    self.number = number
    self.line = line
  }

  /// Receives the text of an element that ends.
  mutating func set(_ element: CamtElement, _ text: CamtText) throws(CamtFlaw) {
    switch element {
    case .entryAmount: try Self.once(&amount, "Amt", text.amount("Amt"))
    case .entryDirection: try Self.once(&isCredit, "CdtDbtInd", text.isCredit("CdtDbtInd"))
    case .reversal: try Self.once(&isReversal, "RvslInd", text.isTrue("RvslInd"))
    case .status, .statusCode, .statusProprietary: try setStatus(element, text)
    case .bookingDate: try Self.once(&bookingDate, "BookgDt", text.date("BookgDt"))
    case .bookingInstant: try Self.once(&bookingDate, "BookgDt", text.dateOfInstant("BookgDt"))
    case .valueDate: try Self.once(&valueDate, "ValDt", text.date("ValDt"))
    case .valueInstant: try Self.once(&valueDate, "ValDt", text.dateOfInstant("ValDt"))
    case .entryText: self.text.appendWords(text.string)
    case .entryReference, .servicerReference, .batchReference: references.add(element, text)
    case .entryChargesTotal, .entryCharge, .entryChargeDirection: setCharges(element, text)
    default: batch.set(element, text)
    }
  }

  /// Whether it says that it is in no booked balance.
  var isPending: Bool {
    if case .stated(let stated) = status { return stated != .booked }
    return false
  }

  /// Ends the current transaction. An entry states its amount before its transactions.
  mutating func endTransaction() { batch.end(currency: amount?.currency) }

  /// Sets what is not set yet.
  static func once<Value>(
    _ field: inout Value?, _ name: String, _ value: Value
  ) throws(CamtFlaw) {
    guard field == nil else { throw CamtFlaw("repeats \(name)") }
    field = value
  }

  private mutating func setStatus(_ element: CamtElement, _ text: CamtText) throws(CamtFlaw) {
    guard case .missing = status else { throw CamtFlaw("repeats Sts") }
    let code = text.string
    let known = element == .statusProprietary ? nil : StatementEntryStatus(rawValue: code)
    status = known.map(Status.stated) ?? .other(String(code.prefix(40)))
  }

  /// Charges that are malformed only take the transactions away that need them.
  private mutating func setCharges(_ element: CamtElement, _ text: CamtText) {
    if element == .entryChargeDirection {
      batch.charges.setDirection(isCredit: text.equals("CRDT"))
    } else if let amount = try? text.amount("Chrgs") {
      if element == .entryCharge {
        batch.charges.add(amount)
      } else {
        batch.charges.setTotal(amount)
      }
    }
  }

  /// The entry. What it does not state is taken for a booked credit, to be proved by the balances.
  ///
  /// - Parameter fallbackDate: when it counts as booked, if it says no date.
  func entry(
    _ amount: CamtAmount, fallbackDate: BusinessDate
  ) -> (entry: StatementEntry, gap: CamtBatchDraft.Gap?) {
    let isCredit = isCredit ?? true
    let signed = amount.signed(isCredit: isCredit)
    let (transactions, gap) = batch.transactions(
      ofEntry: signed, isCredit: isCredit, currency: amount.currency)
    var (known, text) = (references, batch.single?.text ?? "")
    known.add(batch.shared)
    text.appendWords(self.text)
    let status: StatementEntryStatus =
      if case .stated(let stated) = status { stated } else { .booked }
    return (
      StatementEntry(
        number: number, amountMinor: signed,
        bookingDate: bookingDate ?? valueDate ?? fallbackDate, valueDate: valueDate,
        references: known.all, transactions: transactions, text: text.isEmpty ? nil : text,
        status: status, isReversal: isReversal ?? false), gap
    )
  }
}
