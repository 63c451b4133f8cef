import FileInput
import LedgerDomain
import StatementReading
import SystemPackage

/// Which bank accounts the statements beside an export tree are of.
struct StatementSurvey {
  /// An account of a bank.
  struct Account: Hashable {
    let number: String
    let currency: CurrencyCode
  }

  private static let filesMax = 200
  private static let tenantsMax = 50
  private static let bytesMax = 16 << 20

  /// The directory; `nil` if there are no statements.
  private(set) var root: String?
  private(set) var accounts: [Account] = []
  /// How many files were read, and how many of them are understood without settings.
  private(set) var files = 0
  private(set) var understood = 0

  /// Reads the first files of the first tenants below `statements`.
  init(beside directory: String, tenants: [TenantID]) {
    let root = "\(directory)/statements"
    guard FilePath(root).isDirectory else { return }
    self.root = root
    let layout = StatementLayout(root: root)
    var found: Set<Account> = []
    for tenant in tenants.prefix(Self.tenantsMax) {
      guard let listing = try? layout.listing(of: tenant) else { continue }
      for file in listing.files where files < Self.filesMax && file.byteCount <= Self.bytesMax {
        files += 1
        let read = (try? StatementReader.read(at: file.path, name: file.name)) ?? []
        if read.contains(where: { $0.format != nil }) { understood += 1 }
        for statement in read.flatMap(\.statements) {
          found.insert(Account(number: statement.account, currency: statement.currency))
        }
      }
    }
    accounts = found.sorted { ($0.number, $0.currency) < ($1.number, $1.currency) }
  }
}
