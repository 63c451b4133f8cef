import CloseJob
import JournalReading
import LedgerDomain

/// Looks at everything that a job names: whether it is there, can be read, and says what it should.
struct InputInspector {
  private static let tenantsTried = 1000

  let settings: JobSettings

  /// Looks at all of it.
  func inspect(into inspection: inout Inspection) {
    let tenants = exports(&inspection)
    charts(of: tenants, &inspection)
    for (key, path) in [
      (SettingKey.statements, settings.statements), (.loanTape, settings.loanTape),
    ] {
      if let path { directory(path, key, &inspection) }
    }
    if settings.bankAccounts.isEmpty != (settings.statements == nil) {
      inspection.add(
        "statements", .warning,
        settings.statements == nil
          ? "bank_accounts are given, but no statements"
          : "statements are given, but no bank_accounts",
        remedy: "Give both, or the bank is not reconciled.")
    }
    places(&inspection)
    if let path = settings.webhookSecretFile { secret(path, &inspection) }
  }

  /// - Returns: the tenants that would be closed.
  private func exports(_ inspection: inout Inspection) -> [TenantID] {
    guard let root = settings.exports else { return settings.tenants }
    do {
      let found = try ExportLayout(root: root).tenants()
      for stray in found.unexpectedEntries { inspection.add("exports", .failure, stray.description) }
      let known = Set(found.tenants.map(\.tenant))
      for tenant in settings.tenants where !known.contains(tenant) {
        inspection.add(
          "tenants", .failure, "tenant \(tenant) has no directory below \(root)",
          remedy: "Check the UUID, and the exporter.")
      }
      if found.tenants.isEmpty {
        inspection.add(
          "exports", .warning, "\(root) holds no tenant_id=<uuid> directory",
          remedy: "Check the path, and whether the exporter has run.")
      } else {
        inspection.add("exports", .fine, "\(root): \(found.tenants.count) tenants")
      }
      return settings.tenants.isEmpty ? found.tenants.map(\.tenant) : settings.tenants
    } catch {
      inspection.add(
        "exports", .failure, error.description, remedy: "Mount or make it, or mend the path.")
      return settings.tenants
    }
  }

  /// Reads the charts and opening balances of the tenants, and looks for the accounts that the job
  /// names.
  private func charts(of tenants: [TenantID], _ inspection: inout Inspection) {
    guard let path = settings.chart else { return }
    let isShared = !FileInfo(path: path).isDirectory
    var references = ChartAndOpenings(settings: settings, isForOneTenant: tenants.count == 1)
    // Whose chart does not matter where all have the same.
    let nobody = TenantID(LedgerUUID(high: 0, low: 0))
    let readers = isShared ? [tenants.first ?? nobody] : Array(tenants.prefix(Self.tenantsTried))
    var charts: [(tenant: TenantID, chart: ChartOfAccounts)] = []
    for tenant in readers {
      do {
        charts.append((tenant, try references.chart(of: tenant)))
      } catch {
        inspection.add("chart", .failure, "\(error)", remedy: "Mend the file, or the path.")
      }
    }
    guard !charts.isEmpty else { return }
    let count = charts[0].chart.accounts.count
    inspection.add(
      "chart", .fine,
      isShared ? "\(path): \(count) accounts" : "\(path): charts of \(charts.count) tenants")
    for (tenant, chart) in charts {
      accounts(in: chart, isShared ? "the chart" : "the chart of \(tenant)", &inspection)
    }
    openings(of: tenants, isShared ? nil : charts, charts[0].chart, references, &inspection)
  }

  private func accounts(
    in chart: ChartOfAccounts, _ name: String, _ inspection: inout Inspection
  ) {
    for bank in settings.bankAccounts.map(\.account) where !chart.contains(bank.account) {
      inspection.add(
        "bank_accounts", .failure,
        "bank account '\(bank.reference)' is account \(bank.account), which \(name) lacks",
        remedy: "Mend the code, or add the account to the chart.")
    }
    for code in settings.principalAccounts?.codes ?? [] where !chart.contains(code) {
      inspection.add(
        "principal_accounts", .failure, "account \(code) is not in \(name)",
        remedy: "Mend the code, or add the account to the chart.")
    }
  }

  private func openings(
    of tenants: [TenantID], _ charts: [(tenant: TenantID, chart: ChartOfAccounts)]?,
    _ shared: ChartOfAccounts, _ references: ChartAndOpenings, _ inspection: inout Inspection
  ) {
    guard let path = settings.opening else { return }
    let readers = charts ?? tenants.prefix(Self.tenantsTried).map { ($0, shared) }
    var rows = 0
    for (tenant, chart) in readers {
      do {
        rows += try references.openings(of: tenant, chart: chart).count
      } catch {
        // It is read at a tenant's first close only.
        let isFirst = !FileInfo(path: settings.store ?? "").exists
        inspection.add(
          "opening", isFirst ? .failure : .warning, "\(error)",
          remedy: "Mend it before a tenant's first close; later ones do not read it.")
        return
      }
    }
    inspection.add("opening", .fine, "\(path): \(rows) balances")
  }

  private func directory(_ path: String, _ key: SettingKey, _ inspection: inout Inspection) {
    let place = FileInfo(path: path)
    if place.isDirectory && place.isReadable {
      inspection.add(key.rawValue, .fine, path)
    } else {
      inspection.add(
        key.rawValue, .failure, "\(path) is no directory that can be read",
        remedy: "Mount or make it, or mend the path.")
    }
  }

  /// Where a run writes.
  private func places(_ inspection: inout Inspection) {
    for (key, path) in [
      (SettingKey.store, settings.store.map { FileInfo(path: $0).parent.path }),
      (.reports, settings.reports),
      (.metricsFile, settings.metricsFile.map { FileInfo(path: $0).parent.path }),
    ] {
      guard let path else { continue }
      let nearest = FileInfo(path: path).nearest
      // Metrics never stop a close, and their directory is not made.
      let level: Inspection.Level = key == .metricsFile ? .warning : .failure
      if key == .store, let store = settings.store, FileInfo(path: store).isDirectory {
        inspection.add(
          key.rawValue, level, "\(store) is a directory", remedy: "Name a file in it: books.sqlite."
        )
      } else if !nearest.isDirectory || !nearest.isWritable {
        inspection.add(
          key.rawValue, level, "\(nearest.path) cannot be written to",
          remedy: "Give the user that runs the job the right to, or mend the path.")
      } else if key == .metricsFile && nearest.path != path {
        inspection.add(
          key.rawValue, level, "the directory \(path) does not exist", remedy: "Make it.")
      } else {
        inspection.add(key.rawValue, .fine, path)
      }
    }
    if let path = settings.metricsFile, !path.hasSuffix(".prom") {
      inspection.add(
        "metrics_file", .warning, "\(path) does not end in .prom, and would not be collected",
        remedy: "Give it a name that ends in .prom.")
    }
  }

  private func secret(_ path: String, _ inspection: inout Inspection) {
    do {
      _ = try WebhookSignature(keyFile: path)
    } catch {
      inspection.add(
        "webhook_secret_file", .warning, error.description,
        remedy: "Put at least 16 random bytes there, such as: openssl rand -hex 32.")
      return
    }
    if FileInfo(path: path).rights & 0o077 != 0 {
      inspection.add(
        "webhook_secret_file", .warning, "\(path) can be read by others than its owner",
        remedy: "chmod 600 \(path)")
    } else {
      inspection.add("webhook_secret_file", .fine, path)
    }
  }
}
