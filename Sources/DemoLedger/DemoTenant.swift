/// A tenant of the demo ledger: its identifier, its currencies and its loans.
///
/// Loans and borrowers are numbers until they are written: their UUIDs are derived, never stored.
struct DemoTenant: Sendable {
  /// Its place among the tenants, from 0.
  let index: Int
  /// `tenant_id`.
  let identifier: DemoIdentifier
  /// What people call it.
  var name: String {
    let name = Self.names[index % Self.names.count]
    return index < Self.names.count ? name : "\(name) \(index / Self.names.count + 1)"
  }
  /// What its dates' seeds are derived from.
  let seed: UInt64
  /// Its main, second and third currency.
  let currencies: [DemoCurrency]
  /// How many loans it services.
  let loanCount: Int

  /// The tenant at that place.
  init(index: Int, options: DemoOptions) {
    self.index = index
    identifier = Self.identifier(index: index, seed: options.seed)
    seed = SeededGenerator.mixed(options.seed ^ 0x7E4A_11D5, UInt64(index))
    currencies = [.usd, .eur, index % 2 == 0 ? .jpy : .mxn]
    loanCount = max(40, options.entriesPerDate / 3)
  }

  private static let names = [
    "Harbor Lending", "Juniper Credit", "Northgate Loans", "Alder Finance", "Meridian Capital",
    "Fairview Mutual", "Kestrel Funding", "Old Mill Savings",
  ]

  /// The identifier of the tenant at a place, whether or not the tree has it.
  static func identifier(index: Int, seed: UInt64) -> DemoIdentifier {
    DemoIdentifier(seed: SeededGenerator.mixed(seed, 0x7E4A), index: index)
  }

  /// The generator of one of its dates.
  func generator(dateIndex: Int) -> SeededGenerator {
    SeededGenerator(seed: SeededGenerator.mixed(seed, UInt64(dateIndex)))
  }

  /// `loan_id` of a loan.
  func loanIdentifier(_ loan: Int) -> DemoIdentifier {
    DemoIdentifier(seed: seed ^ 0x10A4, index: loan)
  }

  /// `borrower_id` of the borrower of a loan: two borrowers have three loans between them.
  func borrowerIdentifier(_ loan: Int) -> DemoIdentifier {
    DemoIdentifier(seed: seed ^ 0xB0B0, index: loan * 2 / 3)
  }

  /// The currency a loan was lent in.
  func currency(ofLoan loan: Int) -> DemoCurrency {
    switch loan % 10 {
    case 0...5: currencies[0]
    case 6...8: currencies[1]
    default: currencies[2]
    }
  }
}
