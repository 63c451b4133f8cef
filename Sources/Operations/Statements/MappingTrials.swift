import CloseJob
import FileInput
import JobConfiguration
import LedgerDomain
import StatementReading
import SystemPackage

/// Tries the mapping of each bank account that has one: on a given file, or on the newest that it fits.
struct MappingTrials {
  /// How many of the newest files are looked at for each account.
  private static let filesMax = 200
  private static let tenantsMax = 50

  let settings: JobSettings
  /// The file to try; `nil` to look for one below `statements`.
  let statement: String?

  /// Tries them, and adds what was not understood to an inspection.
  func run(_ inspection: inout Inspection) -> [MappingTrial] {
    let accounts = settings.bankAccounts.compactMap { setting in
      (try? setting.csvMapping()).map {
        NamedMapping(reference: setting.account.reference, mapping: $0)
      }
    }
    guard !accounts.isEmpty else {
      if statement != nil {
        inspection.add(
          "bank_accounts", .warning, "no bank account has csv_… settings to try on the statement",
          remedy: "Add them to the account, or use tieout statement.")
      }
      return []
    }
    if let statement { return trials(of: accounts, on: statement, &inspection) }
    let files = newestFiles()
    return accounts.compactMap { account in
      guard let file = files.first(where: { fits(account, $0) }) else {
        inspection.add(
          "bank_accounts", .note,
          "the csv_… settings of '\(account.reference)' were not tried: no table that they fit was found",
          remedy: "Try them on a statement of the bank with --statement FILE.")
        return nil
      }
      return trial(account, file.path, file.name, &inspection)
    }
  }

  /// Tries the accounts that fit a file; all of them if none does, to show why.
  private func trials(
    of accounts: [NamedMapping], on path: String, _ inspection: inout Inspection
  ) -> [MappingTrial] {
    let name = FilePath(path).lastComponent?.string ?? path
    let named = accounts.filter { name.hasPrefix($0.reference) }
      .max { $0.reference.utf8.count < $1.reference.utf8.count }
    let fitting = accounts.filter {
      (try? $0.mapping.fits(fileAt: path, name: path)) ?? false
    }
    let chosen = named.map { [$0] } ?? (fitting.isEmpty ? accounts : fitting)
    return chosen.compactMap { trial($0, path, path, &inspection) }
  }

  private func fits(_ account: NamedMapping, _ file: ListedStatement) -> Bool {
    (try? account.mapping.fits(fileAt: file.path, name: file.name)) ?? false
  }

  /// The newest files of the tenants, the newest first.
  private func newestFiles() -> [ListedStatement] {
    guard let root = settings.statements, let names = try? FilePath(root).entryNames() else {
      return []
    }
    let tenants = Set(
      names.filter { $0.hasPrefix("tenant_id=") }
        .compactMap { TenantID($0.dropFirst("tenant_id=".count).lowercased()) })
    let layout = StatementLayout(root: root)
    let files = tenants.sorted().prefix(Self.tenantsMax).flatMap {
      (try? layout.listing(of: $0).files) ?? []
    }
    let newest = files.sorted {
      ($1.modifiedNanoseconds, $1.path) < ($0.modifiedNanoseconds, $0.path)
    }
    return Array(newest.prefix(Self.filesMax))
  }

  private func trial(
    _ account: NamedMapping, _ path: String, _ name: String, _ inspection: inout Inspection
  ) -> MappingTrial? {
    let preview: TablePreview
    do throws(StatementError) {
      preview = try TablePreview(at: path, name: name, mapping: account.mapping)
    } catch {
      inspection.add(
        "bank_accounts", .warning, error.description, remedy: "Give a file that can be read.")
      return nil
    }
    for fault in preview.faults {
      inspection.add("bank_accounts", .warning, "'\(account.reference)', \(name): \(fault)")
    }
    if preview.faultsLeftOut > 0 {
      inspection.add(
        "bank_accounts", .warning,
        "'\(account.reference)', \(name): \(preview.faultsLeftOut) more rows were not understood")
    }
    for note in preview.notes {
      let place = note.line.map { "line \($0): " } ?? ""
      inspection.add(
        "bank_accounts", .note, "'\(account.reference)', \(name), \(place)\(note.message)")
    }
    if preview.faults.isEmpty {
      inspection.add(
        "bank_accounts", .fine,
        "'\(account.reference)' reads \(name): \(preview.rowCount) rows were understood")
    }
    return MappingTrial(reference: account.reference, file: name, preview: preview)
  }
}
