import FoundationEssentials
import LedgerDomain

extension JobSettings {
  /// A setting's value as it would be written; `nil` if it has none.
  ///
  /// Of an address only the host is told, since the rest of it may be what lets one in.
  public func text(of key: SettingKey) -> String? {
    switch key {
    case .exports: exports
    case .chart: chart
    case .opening: opening
    case .store: store
    case .reports: reports
    case .statements: statements
    case .bankAccounts: list(bankAccounts.map(\.account.reference))
    case .bankDateWindow: String(bankDateWindow)
    case .tenants: list(tenants.map(\.description))
    case .date: date?.description
    case .firstDate: firstDate?.description
    case .missingDates: missingDates.rawValue
    case .requireManifest: String(requiresManifest)
    case .timeZone: timeZone
    case .lockedThrough: lockedThrough?.description
    case .findingsLimit: String(findingsLimit)
    case .restatingEntriesLimit: String(restatingEntriesLimit)
    case .principalAccounts: list(principalAccounts?.codes.map(\.description) ?? [])
    case .loanTape: loanTape
    case .reportingCurrency: reportingCurrency?.description
    case .loanDifferencesLimit: String(loanDifferencesLimit)
    case .maxQuarantinedPercent: String(maxQuarantinedPercent)
    case .recordBytesMax: String(recordBytesMax)
    case .partBytesMax: String(partBytesMax)
    case .jobs: jobs.map { String($0) }
    case .memoryLimit: memoryLimit.map { String($0) }
    case .logFormat: logFormat.rawValue
    case .quiet: String(isQuiet)
    case .metricsFile: metricsFile
    case .pingURL: pingURL.map(Self.hostAlone)
    case .webhookURL: webhookURL.map(Self.hostAlone)
    case .webhookSecretFile: webhookSecretFile
    case .notificationSeconds: String(notificationSeconds)
    }
  }

  private func list(_ items: [String]) -> String? {
    items.isEmpty ? nil : items.joined(separator: ", ")
  }

  /// `https://hc-ping.com/…` of an address.
  private static func hostAlone(_ address: String) -> String {
    guard let url = URL(string: address), let scheme = url.scheme, let host = url.host() else {
      return "…"
    }
    return "\(scheme)://\(host)\(url.port.map { ":\($0)" } ?? "")/…"
  }
}
