import FileInput
import Glibc
public import JobConfiguration
import JournalReading
public import LedgerDomain
import SystemPackage

/// The chart and the opening balances of a job. A chart shared by several tenants is read once.
public struct ChartAndOpenings {
  private let settings: JobSettings
  private let isForOneTenant: Bool
  private var sharedChart: ChartOfAccounts?

  /// The tables of a job.
  ///
  /// - Parameter isForOneTenant: whether only one tenant is closed, so that opening balances without a
  ///   tenant are its own.
  public init(settings: JobSettings, isForOneTenant: Bool) {
    self.settings = settings
    self.isForOneTenant = isForOneTenant
  }

  /// The tenant's chart: its own file in a directory, or the shared file.
  ///
  /// - Throws: `ReadingError` with the invalid line.
  public mutating func chart(of tenant: TenantID) throws -> ChartOfAccounts {
    guard let path = settings.chart else {
      throw UsageError("no chart of accounts is given. Give --chart FILE.")
    }
    if FilePath(path).isDirectory {
      return try ReferenceTables.chart(at: Self.file(of: tenant, in: path))
    }
    if let sharedChart { return sharedChart }
    let chart = try ReferenceTables.chart(at: path)
    sharedChart = chart
    return chart
  }

  /// The tenant's opening balances; none if the job gives none.
  ///
  /// - Throws: `ReadingError` with the invalid line.
  public func openings(of tenant: TenantID, chart: ChartOfAccounts) throws -> [Balance] {
    guard let path = settings.opening else { return [] }
    let isDirectory = FilePath(path).isDirectory
    return try ReferenceTables.openingBalances(
      at: isDirectory ? Self.file(of: tenant, in: path) : path, tenant: tenant, chart: chart,
      isForOneTenant: isDirectory || isForOneTenant)
  }

  private static func file(of tenant: TenantID, in directory: String) -> String {
    let lower = "\(directory)/\(tenant).csv"
    let upper = "\(directory)/\(tenant.description.uppercased()).csv"
    return !FilePath(lower).exists && FilePath(upper).exists ? upper : lower
  }
}
