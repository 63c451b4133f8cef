import FileInput
import JobConfiguration
import JournalReading
import LedgerDomain
import SystemPackage

/// What an export tree holds: its tenants and dates, and a sample of its records.
///
/// However large the tree is, only so many directories are listed and so many bytes read.
struct ExportSurvey {
  /// A tenant with exports.
  struct Tenant {
    let tenant: TenantID
    let path: String
    /// Its dates, in order; empty if its directory cannot be used.
    var dates: [BusinessDate] = []
  }

  private static let tenantsListedMax = 2_000
  private static let datesListedMax = 2_000
  private static let datesOfTenantMax = 9
  private static let partsOfDateMax = 4
  private static let faultsMax = 10
  private static let markers = ["_SUCCESS", "_DONE", "_COMPLETE"]

  /// The directory that holds the tenants.
  let root: String
  private(set) var tenants: [Tenant] = []
  private(set) var sample = ExportSample()
  /// How many dates were listed, and how many of them have a manifest.
  private(set) var datesListed = 0
  private(set) var manifests = 0
  /// The marker that every date listed has; `nil` if there is none.
  private(set) var marker: String?
  /// What somebody has to look at, each in a sentence.
  private(set) var faults: [String] = []

  /// The first and the last date of all tenants; `nil` if there is none.
  var dates: ClosedRange<BusinessDate>? {
    let all = tenants.flatMap { [$0.dates.first, $0.dates.last].compactMap(\.self) }
    guard let first = all.min(), let last = all.max() else { return nil }
    return first...last
  }

  /// Dates between a tenant's first and last that have no directory.
  var missingDates: Int {
    tenants.reduce(0) { sum, tenant in
      guard let first = tenant.dates.first, let last = tenant.dates.last else { return sum }
      return sum + first.days(to: last) + 1 - tenant.dates.count
    }
  }

  /// Looks at the tree at a path, or at `exports` below it.
  ///
  /// - Throws: `UsageError` if neither holds a directory of a tenant.
  init(of path: String) throws(UsageError) {
    let found = try Self.tree(path)
    root = found.root
    tenants = found.tenants.map { Tenant(tenant: $0.tenant, path: $0.path) }
    for entry in found.unexpectedEntries { note("\(entry)") }
    listDates()
    readSamples()
    for fault in sample.faults { note(fault) }
  }

  /// The directory that holds the tenants, and what is in it.
  private static func tree(_ path: String) throws(UsageError) -> (
    root: String, tenants: [(tenant: TenantID, path: String)], unexpectedEntries: [ReadingError]
  ) {
    for root in [path, "\(path)/exports"] where FilePath(root).isDirectory {
      do throws(ReadingError) {
        let layout = try ExportLayout(root: root).tenants()
        if !layout.tenants.isEmpty { return (root, layout.tenants, layout.unexpectedEntries) }
      } catch {
        throw UsageError("\(error)")
      }
    }
    throw UsageError(
      "\(HarmlessText.of(path)): neither it nor exports in it has a directory tenant_id=<uuid>. Name the "
        + "directory of exports: tenant_id=<uuid>/date=<YYYY-MM-DD>/part-00000.ndjson.gz")
  }

  private mutating func note(_ fault: String) {
    if faults.count == Self.faultsMax { faults.append("and more of the kind") }
    if faults.count < Self.faultsMax { faults.append(fault) }
  }

  private mutating func listDates() {
    let layout = ExportLayout(root: root)
    for index in tenants.indices.prefix(Self.tenantsListedMax) {
      do throws(ReadingError) {
        tenants[index].dates = try layout.dates(inTenantDirectory: tenants[index].path)
      } catch {
        note("\(error)")
      }
    }
    if tenants.count > Self.tenantsListedMax {
      note("only the first \(Self.tenantsListedMax) of \(tenants.count) tenants were looked at")
    }
  }

  /// Reads the first parts of dates at the beginning, the end and in between, tenant by tenant in turn.
  private mutating func readSamples() {
    let layout = ExportLayout(root: root)
    let turns = tenants.map { Self.spread($0.dates) }
    var markersLeft = Self.markers
    for turn in 0..<(turns.map(\.count).max() ?? 0) {
      for (tenant, dates) in zip(tenants, turns) where turn < dates.count {
        guard datesListed < Self.datesListedMax, !sample.isFull else { break }
        let date = dates[turn]
        let name = "tenant_id=\(tenant.tenant)/date=\(date)"
        do throws(ReadingError) {
          guard let export = try layout.contents(of: date, inTenantDirectory: tenant.path)
          else { continue }
          datesListed += 1
          manifests += export.manifestPath == nil ? 0 : 1
          markersLeft.removeAll { !FilePath("\(export.path)/\($0)").exists }
          if let unexpected = export.unexpected { note("\(name): \(unexpected)") }
          if export.unfinished != nil && markersLeft.isEmpty { note("\(name): it is not finished") }
          for part in export.parts.prefix(Self.partsOfDateMax) where !sample.isFull {
            sample.add(part, of: date, name: name)
          }
        } catch {
          note("\(name): \(error)")
        }
      }
    }
    marker = datesListed > 0 ? markersLeft.first : nil
  }

  /// The first date, the last, and then others that lie evenly between; all if there are few.
  private static func spread(_ dates: [BusinessDate]) -> [BusinessDate] {
    guard let last = dates.indices.last, last > 0 else { return dates }
    let steps = min(datesOfTenantMax, dates.count) - 1
    let between = (1..<steps + 1).dropLast().map { dates[last * $0 / steps] }
    return [dates[0], dates[last]] + between
  }
}
