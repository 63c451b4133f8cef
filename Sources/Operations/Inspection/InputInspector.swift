import CloseJob
import FileInput
import JobConfiguration
import JournalReading
import LedgerDomain
import SystemPackage

/// Checks everything that a job refers to: whether it exists, is readable and has valid content.
struct InputInspector {
  private static let tenantsMax = 1000

  let settings: JobSettings
  let clock: RunClock

  /// Runs every check.
  func inspect(into inspection: inout Inspection) {
    let (exporting, tenants) = exports(&inspection)
    charts(of: tenants, &inspection)
    for (name, path) in [
      (JobSettings.name(of: \.statements), settings.statements),
      (JobSettings.name(of: \.loanTape), settings.loanTape),
    ] {
      if let path { directory(path, name, &inspection) }
    }
    if settings.bankAccounts.isEmpty != (settings.statements == nil) {
      inspection.add(
        "statements", .warning,
        settings.statements == nil
          ? "bank_accounts is set, but statements is not"
          : "statements is set, but bank_accounts is not",
        remedy: "Set both; otherwise the bank is not reconciled.")
    }
    outputs(&inspection)
    BooksInspector(settings: settings, clock: clock)
      .inspect(exporting: exporting, closing: tenants, into: &inspection)
    if let path = settings.webhookSecretFile { secret(path, &inspection) }
  }

  /// Checks the export directory.
  ///
  /// - Returns: the tenants that have exports, and those that would be closed.
  private func exports(
    _ inspection: inout Inspection
  ) -> (exporting: [TenantID], closing: [TenantID]) {
    guard let root = settings.exports else { return ([], settings.tenants) }
    do {
      let found = try ExportLayout(root: root).tenants()
      for entry in found.unexpectedEntries { inspection.add("exports", .error, entry.description) }
      let known = Set(found.tenants.map(\.tenant))
      for tenant in settings.tenants where !known.contains(tenant) {
        inspection.add(
          "tenants", .error, "tenant \(tenant) has no directory below \(root)",
          remedy: "Check the UUID and the exporter.")
      }
      if found.tenants.isEmpty {
        inspection.add(
          "exports", .warning, "\(root) contains no tenant_id=<uuid> directory",
          remedy: "Check the path and whether the exporter has run.")
      } else {
        inspection.add("exports", .fine, "\(root): \(found.tenants.count) tenants")
      }
      let exporting = found.tenants.map(\.tenant)
      return (exporting, settings.tenants.isEmpty ? exporting : settings.tenants)
    } catch {
      inspection.add(
        "exports", .error, error.description,
        remedy: "Mount or create the directory, or correct the path.")
      return ([], settings.tenants)
    }
  }

  /// Reads the tenants' charts and opening balances, and looks up the accounts that the job names.
  private func charts(of tenants: [TenantID], _ inspection: inout Inspection) {
    guard let path = settings.chart else { return }
    let isShared = !FilePath(path).isDirectory
    var references = ChartAndOpenings(
      chart: path, opening: settings.opening, isForOneTenant: tenants.count == 1)
    // A shared chart can be read for any tenant.
    let anyTenant = TenantID(LedgerUUID(high: 0, low: 0))
    let readers = isShared ? [tenants.first ?? anyTenant] : Array(tenants.prefix(Self.tenantsMax))
    var charts: [(tenant: TenantID, chart: ChartOfAccounts)] = []
    for tenant in readers {
      do {
        charts.append((tenant, try references.chart(of: tenant)))
      } catch {
        inspection.add("chart", .error, "\(error)", remedy: "Correct the file or the path.")
      }
    }
    guard !charts.isEmpty else { return }
    let count = charts[0].chart.accounts.count
    inspection.add(
      "chart", .fine,
      isShared ? "\(path): \(count) accounts" : "\(path): charts of \(charts.count) tenants")
    for (tenant, chart) in charts {
      let name = isShared ? "the chart" : "the chart of \(tenant)"
      accounts(in: chart, name, &inspection)
      placeholders(in: chart, name, &inspection)
    }
    openings(of: tenants, isShared ? nil : charts, charts[0].chart, references, &inspection)
  }

  private func accounts(
    in chart: ChartOfAccounts, _ name: String, _ inspection: inout Inspection
  ) {
    for bank in settings.bankAccounts.map(\.account) where !chart.contains(bank.account) {
      inspection.add(
        "bank_accounts", .error,
        "bank account '\(bank.reference)' is account \(bank.account), which is not in \(name)",
        remedy: "Correct the code or add the account to the chart.")
    }
    for code in settings.principalAccounts?.codes ?? [] where !chart.contains(code) {
      inspection.add(
        "principal_accounts", .error, "account \(code) is not in \(name)",
        remedy: "Correct the code or add the account to the chart.")
    }
  }

  /// Accounts that still have the name that `tieout init` gave them, and with it a side that it guessed.
  private func placeholders(
    in chart: ChartOfAccounts, _ name: String, _ inspection: inout Inspection
  ) {
    let unnamed = chart.accounts.filter { $0.name.hasPrefix(JobDraft.placeholder) }.map(\.code)
    guard let first = unnamed.min() else { return }
    inspection.add(
      "chart", .warning,
      "\(unnamed.count.counted("account")) in \(name) \(unnamed.count == 1 ? "is" : "are") still called "
        + "\(JobDraft.placeholder), the first \(first)",
      remedy: "Write the names that finance uses, and correct the normal sides, which are a guess.")
  }

  private func openings(
    of tenants: [TenantID], _ charts: [(tenant: TenantID, chart: ChartOfAccounts)]?,
    _ shared: ChartOfAccounts, _ references: ChartAndOpenings, _ inspection: inout Inspection
  ) {
    guard let path = settings.opening else { return }
    let readers = charts ?? tenants.prefix(Self.tenantsMax).map { ($0, shared) }
    var rows = 0
    for (tenant, chart) in readers {
      do {
        rows += try references.openings(of: tenant, chart: chart).balances.count
      } catch {
        // Opening balances are read only at a tenant's first close.
        let isFirst = settings.store.map { !FilePath($0).exists } ?? true
        inspection.add(
          "opening", isFirst ? .error : .warning, "\(error)",
          remedy: "Correct it before a tenant's first close; later closes do not read it.")
        return
      }
    }
    inspection.add("opening", .fine, "\(path): \(rows) balances")
  }

  private func directory(_ path: String, _ name: String, _ inspection: inout Inspection) {
    let file = FilePath(path)
    if file.isDirectory && file.isReadable {
      inspection.add(name, .fine, path)
    } else {
      inspection.add(
        name, .error, "\(path) is not a readable directory",
        remedy: "Mount or create the directory, or correct the path.")
    }
  }

  /// Checks where a run writes.
  private func outputs(_ inspection: inout Inspection) {
    for (name, path) in [
      (JobSettings.name(of: \.store), settings.store.map { FilePath($0).directory.string }),
      (JobSettings.name(of: \.reports), settings.reports),
      (
        JobSettings.name(of: \.metricsFile),
        settings.metricsFile.map { FilePath($0).directory.string }
      ),
    ] {
      guard let path else { continue }
      let nearest = FilePath(path).nearestExisting
      // Metrics never stop a close, and their directory is not created.
      let level: Inspection.Level = name == JobSettings.name(of: \.metricsFile) ? .warning : .error
      if name == JobSettings.name(of: \.store), let store = settings.store,
        FilePath(store).isDirectory
      {
        inspection.add(
          name, level, "\(store) is a directory",
          remedy: "Name a file in it, such as books.sqlite."
        )
      } else if !nearest.isDirectory || !nearest.isWritable {
        inspection.add(
          name, level, "\(nearest) is not writable",
          remedy: "Grant write access to the user that runs the job, or correct the path.")
      } else if name == JobSettings.name(of: \.metricsFile) && nearest != FilePath(path) {
        inspection.add(
          name, level, "the directory \(path) does not exist", remedy: "Create it.")
      } else {
        inspection.add(name, .fine, path)
      }
    }
    if let path = settings.metricsFile, !path.hasSuffix(".prom") {
      inspection.add(
        "metrics_file", .warning, "\(path) does not end in .prom, so it would not be collected",
        remedy: "Choose a name that ends in .prom.")
    }
  }

  private func secret(_ path: String, _ inspection: inout Inspection) {
    do {
      _ = try WebhookSignature(keyFile: path)
    } catch {
      inspection.add(
        "webhook_secret_file", .warning, error.description,
        remedy: "Write at least 16 random bytes to it, for example with openssl rand -hex 32.")
      return
    }
    if FilePath(path).permissionBits & 0o077 != 0 {
      inspection.add(
        "webhook_secret_file", .warning, "\(path) is readable by users other than its owner",
        remedy: "Run chmod 600 \(path).")
    } else {
      inspection.add("webhook_secret_file", .fine, path)
    }
  }
}
