import JobConfiguration
import LedgerDomain
import Testing

@Suite("The catalogue of settings")
struct SettingCatalogueTests {
  private func settings(_ values: [String: String]) throws -> JobSettings {
    try JobSettings(
      SettingSources(
        flags: values.mapValues { SettingText($0, source: "--option") }, environment: [:], file: [:]
      )
    )
  }

  @Test("gives each setting a key, an option and a help text of its own")
  func settingsAreDistinct() {
    let all = SettingCatalogue.all
    #expect(all.count == 44)
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(Set(all.map(\.optionName)).count == all.count)
    #expect(Set(all.map(\.help)).count == all.count)
  }

  @Test("has a default that its own parser accepts", arguments: SettingCatalogue.all.map(\.name))
  func defaultIsValid(name: String) throws {
    let setting = try #require(SettingCatalogue.named(name))
    guard let text = setting.defaultText else { return }
    #expect(setting.text(in: try settings([name: text])) == text)
  }

  @Test("parses values by type, and keeps the defaults of the others")
  func valuesAreParsed() throws {
    let settings = try settings([
      "memory_limit": "512MiB", "principal_accounts": "1100, 1110", "quiet": "yes",
      "missing_dates": "empty", "exports": "exports/",
    ])
    #expect(settings.memoryLimit == 512 << 20)
    #expect(settings.principalAccounts?.codes.map(\.description) == ["1100", "1110"])
    #expect(settings.isQuiet && settings.missingDates == .empty)
    #expect(settings.exports == "exports")
    #expect(settings.chart == nil && settings.bankDateWindow == 3)
  }

  @Test("lets a value be taken back")
  func valueCanBeRemoved() {
    var settings = JobSettings()
    settings.exports = "exports"
    settings.exports = nil
    #expect(settings.exports == nil)
  }

  @Test(
    "rejects invalid values and names their source",
    arguments: [
      ("bank_date_window", "367"), ("memory_limit", "79MiB"), ("time_zone", "Mars/Base"),
      ("reporting_currency", "XXQ"), ("tenants", "acme"), ("principal_accounts", ""),
      ("ping_url", "https://ping.example?key=1"), ("require_manifest", "maybe"), ("store", ""),
    ])
  func invalidValueIsRejected(name: String, text: String) {
    #expect { _ = try settings([name: text]) } throws: { error in
      "\(error)".hasPrefix("--option: ")
    }
  }

  @Test("shows only the host of a URL")
  func urlIsShortened() throws {
    let settings = try settings(["ping_url": "https://ping.example:8443/secret"])
    let shown = SettingCatalogue.named("ping_url")?.text(in: settings)
    #expect(shown == "https://ping.example:8443/…")
  }
}
