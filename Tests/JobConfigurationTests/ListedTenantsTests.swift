import JobConfiguration
import LedgerDomain
import Testing

@Suite("The tenants that a job lists")
struct ListedTenantsTests {
  private static let first = "0f000000-0000-4000-8000-00000000000a"
  private static let second = "0f000000-0000-4000-8000-00000000000b"

  private func listed(
    flag: String? = nil, environment: String? = nil, file: String? = nil
  ) -> [String]? {
    func settings(_ text: String?) -> [String: SettingText] {
      text.map { ["tenants": SettingText($0, source: "test")] } ?? [:]
    }
    return SettingSources(
      flags: settings(flag),
      environment: environment.map { ["TIEOUT_TENANTS": $0] } ?? [:], file: settings(file)
    ).listedTenants?.map(\.description)
  }

  @Test("are those of the environment or the file where a flag names others")
  func flagOverridesList() {
    #expect(
      listed(flag: Self.first, file: "\(Self.first),\(Self.second)") == [Self.first, Self.second])
    #expect(listed(flag: Self.first, environment: Self.second, file: Self.first) == [Self.second])
    #expect(listed(flag: Self.first) == [])
    #expect(listed(flag: Self.first, file: "no UUID") == [])
  }

  @Test("are the run's own without a flag")
  func noFlag() {
    #expect(listed() == nil)
    #expect(listed(file: Self.first) == nil)
    #expect(listed(environment: Self.first) == nil)
  }
}
