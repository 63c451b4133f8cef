import LedgerDomain

/// The rows of a table, by account, with what is wrong in it.
struct TableContents {
  /// How many faults and notes are kept; the others are counted.
  static let kept = 20

  /// The rows of one account in one currency, in the order of the file.
  struct Account {
    let account: TableAccount
    var rows: [TableBooking] = []
    var faults: [StatementFault] = []

    init(_ account: TableAccount) { self.account = account }
  }

  var header: TableHeader?
  var accounts: [Account] = []
  var balances: [BalanceRow] = []
  /// Faults because of which the whole file is unusable, in the order of the file.
  private(set) var faults: [StatementFault] = []
  private(set) var faultCount = 0
  var notes = NoteList()

  /// Accounts are the same whatever spaces their names have.
  private struct Key: Hashable {
    let name: String
    let currency: CurrencyCode
  }

  private var indexes: [Key: Int] = [:]
  private var last: (account: TableAccount, index: Int)?

  mutating func add(_ booking: TableBooking, _ account: TableAccount) {
    accounts[index(of: account)].rows.append(booking)
  }

  /// Adds a fault of an account, or of the whole file.
  mutating func add(_ fault: StatementFault, _ account: TableAccount? = nil) {
    if let account {
      accounts[index(of: account)].faults.append(fault)
      return
    }
    faultCount += 1
    if faults.count < Self.kept { faults.append(fault) }
  }

  private mutating func index(of account: TableAccount) -> Int {
    if let last, last.account == account { return last.index }
    let key = Key(
      name: BankStatement.comparableAccount(account.name), currency: account.currency)
    let index = indexes[key] ?? accounts.count
    if index == accounts.count {
      indexes[key] = index
      accounts.append(Account(account))
    }
    last = (account, index)
    return index
  }
}

/// Notes in the order of the file: the first ones, and how many more there are.
struct NoteList {
  private var notes: [StatementNote] = []
  private var leftOut = 0

  mutating func add(_ note: StatementNote) {
    if notes.count < TableContents.kept { notes.append(note) } else { leftOut += 1 }
  }

  var list: [StatementNote] {
    leftOut == 0
      ? notes : notes + [StatementNote("\(leftOut) more rows were passed over likewise.")]
  }
}
