/// An account at the demo's bank: its name in statements, and its account in the ledger.
///
/// The names are the same for every tenant, as one job closes them all.
public struct DemoBankAccount: Hashable, Sendable {
  /// What a job may call it: `OPERATING-USD`.
  public let reference: String
  /// What its statements call it: an IBAN, or the reference.
  public let statementAccount: String
  /// The ledger's account: `1000`.
  public var accountCode: String { String(code) }
  /// Its currency: `USD`.
  public var currencyCode: String { "\(currency.code)" }

  let code: Int
  let currency: DemoCurrency

  private init(code: Int, currency: DemoCurrency) {
    self.code = code
    self.currency = currency
    let name = code == Self.operatingCode ? "OPERATING" : "LOCKBOX"
    reference = "\(name)-\(currency.code)"
    let iban =
      code == Self.operatingCode ? "DE89370400440532013000" : "DE12500105170648489890"
    statementAccount = currency == .eur ? iban : reference
  }
}

extension DemoBankAccount {
  /// Operating cash, which loans are paid from.
  static let operatingCode = 1000
  /// The collections lockbox, which receives borrowers' payments.
  static let lockboxCode = 1020

  /// The accounts of a tenant, each in each of its currencies.
  static func accounts(of tenant: DemoTenant) -> [DemoBankAccount] {
    [operatingCode, lockboxCode].flatMap { code in
      tenant.currencies.map { DemoBankAccount(code: code, currency: $0) }
    }
  }

  /// The accounts of any tenant.
  static let all = [operatingCode, lockboxCode].flatMap { code in
    DemoCurrency.allCases.prefix(DemoCurrency.knownCount).map {
      DemoBankAccount(code: code, currency: $0)
    }
  }

  /// Whether its statements are tables, which the job has to describe.
  var hasTables: Bool { StatementForm(self, tenantIndex: 0).format == .csv }
}
