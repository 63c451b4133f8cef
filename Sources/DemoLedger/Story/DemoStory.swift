public import LedgerDomain

/// The few things that go wrong in a ledger that tells a story, each on one date, so that a reader can follow it
/// from the summary to its cause.
///
/// Every other date ties out. The places are fixed shares of the range; a range that is too short, or has too few
/// tenants, leaves some out.
enum DemoStory {
  /// The account of the entries that the chart lacks.
  static let unlistedCode = 4040
  /// What the bank charges.
  static let feeMinor = 1_250
  /// The number of the payment that the ledger posts late.
  static let lateReceiptReference = 4_711
  /// What a borrower pays on the date before the ledger has it.
  static let lateReceiptMinor = 184_250
  /// By how much the servicing system differs on one loan.
  static let loanDifferenceMinor = 12_500

  /// What a date of a tenant has.
  static func scene(tenantIndex: Int, dateIndex: Int, options: DemoOptions) -> DemoScene.Kind? {
    guard options.tellsStory, options.entriesPerDate > 0 else { return nil }
    let last = options.dates - 1
    switch tenantIndex {
    case 0 where dateIndex == options.dates * 3 / 10 && dateIndex < last: return .bankLater
    case 0 where dateIndex == options.dates * 6 / 10 && dateIndex < last: return .loanDiffers
    case 1 where dateIndex == options.dates * 4 / 10 && dateIndex < last: return .ledgerLater
    case 1 where dateIndex == last: return .bankFee
    case 2 where dateIndex == last: return .accountNotInChart
    default: return nil
    }
  }

  /// Whether the ledger posts on a date what the bank booked on the date before.
  static func postsLateReceipt(tenantIndex: Int, dateIndex: Int, options: DemoOptions) -> Bool {
    scene(tenantIndex: tenantIndex, dateIndex: dateIndex - 1, options: options) == .ledgerLater
  }

  /// All of them, tenant by tenant.
  static func scenes(_ options: DemoOptions) -> [DemoScene] {
    var scenes: [DemoScene] = []
    for index in 0..<options.tenants {
      let tenant = DemoTenant(index: index, options: options)
      for date in 0..<options.dates {
        let kind = scene(tenantIndex: index, dateIndex: date, options: options)
        guard let kind, options.hasStatements || kind == .accountNotInChart else { continue }
        scenes.append(
          DemoScene(
            tenant: tenant.identifier.text, tenantName: tenant.name,
            date: options.firstDate.advanced(by: date), kind: kind))
      }
    }
    return scenes
  }
}

/// A date on which something goes wrong, and what.
public struct DemoScene: Hashable, Sendable {
  /// What goes wrong.
  public enum Kind: Hashable, Sendable {
    /// A receipt that the bank books a day later.
    case bankLater
    /// A receipt that the ledger posts a day later, and that restates the date before.
    case ledgerLater
    /// A fee that only the bank has.
    case bankFee
    /// A loan of which the servicing system has another balance.
    case loanDiffers
    /// Entries on an account that the chart lacks.
    case accountNotInChart
  }

  /// The tenant's identifier, lower case.
  public let tenant: String
  /// What people call it.
  public let tenantName: String
  /// The business date.
  public let date: BusinessDate
  /// What goes wrong.
  public let kind: Kind

  /// What goes wrong, in a phrase.
  public var summary: String {
    switch kind {
    case .bankLater: "the bank books a receipt a day later"
    case .ledgerLater: "the ledger posts a receipt a day later, which restates this date"
    case .bankFee: "the bank charges a fee that the ledger does not have"
    case .loanDiffers: "the servicing system has another balance of a loan"
    case .accountNotInChart: "entries are on an account that the chart lacks"
    }
  }
}
