import FileInput
import Glibc
public import JournalReading
public import LedgerDomain
import SystemPackage

/// The chart and the opening balances of a job. A chart shared by several tenants is read once.
public struct ChartAndOpenings {
  private let chart: String
  private let opening: String?
  private let isForOneTenant: Bool
  private var sharedChart: ChartOfAccounts?

  /// The tables of a job.
  ///
  /// - Parameters:
  ///   - chart: the chart's file, or a directory of `<tenant_id>.csv` files.
  ///   - opening: the opening balances' file or directory, if the job gives one.
  ///   - isForOneTenant: whether only one tenant is closed, so that opening balances without a tenant
  ///     are its own.
  public init(chart: String, opening: String?, isForOneTenant: Bool) {
    self.chart = chart
    self.opening = opening
    self.isForOneTenant = isForOneTenant
  }

  /// The tenant's chart: its own file in a directory, or the shared file.
  ///
  /// - Throws: `ReadingError` with the invalid line.
  public mutating func chart(of tenant: TenantID) throws -> ChartOfAccounts {
    if FilePath(chart).isDirectory {
      return try ReferenceTables.chart(at: Self.file(of: tenant, in: chart))
    }
    if let sharedChart { return sharedChart }
    let shared = try ReferenceTables.chart(at: chart)
    sharedChart = shared
    return shared
  }

  /// The tenant's opening balances; none if the job gives none.
  ///
  /// - Throws: `ReadingError` with the invalid line.
  public func openings(
    of tenant: TenantID, chart: ChartOfAccounts
  ) throws -> OpeningBalances {
    guard let path = opening else { return .none }
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
