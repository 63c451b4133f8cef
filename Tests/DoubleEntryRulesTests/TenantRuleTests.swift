import DoubleEntryRules
import LedgerDomain
import TestSupport
import Testing

@Suite("Entries are in their tenant's directory")
struct TenantRuleTests {
  private let rule = TenantRule(tenant: .sample)

  private func entry(of tenant: TenantID?) -> SampleEntry {
    var entry = SampleEntry("1 DR 1100 USD SETTLED 5")
    entry.tenant = tenant
    return entry
  }

  @Test("an entry names its directory's tenant or none")
  func matching() {
    #expect(rule.findings(of: entry(of: nil)).isEmpty)
    #expect(rule.findings(of: entry(of: .sample)).isEmpty)
  }

  @Test("another tenant's entry is reported with both tenants")
  func mismatch() throws {
    let entry = entry(of: .other)
    let finding = try #require(rule.findings(of: entry).first)
    #expect(finding.code == .tenantMismatch)
    #expect(finding.field == "tenant_id")
    #expect(finding.entry == entry.id)
    #expect(finding.message.contains(TenantID.sample.description))
    #expect(finding.message.contains(TenantID.other.description))
  }

  @Test("a tenant that differs in one bit of either word is another")
  func bits() {
    for bit in [0, 31, 63] as [UInt64] {
      let uuid = TenantID.sample.uuid
      for near in [
        LedgerUUID(high: uuid.high ^ 1 << bit, low: uuid.low),
        LedgerUUID(high: uuid.high, low: uuid.low ^ 1 << bit),
      ] {
        #expect(rule.findings(of: entry(of: TenantID(near))).count == 1)
      }
    }
  }

  @Test("holds exactly if there is no finding")
  func agreement() {
    let seed: UInt64 = 105
    var numbers = SeededNumbers(seed: seed)
    for number in 0..<500 {
      let entry = SampleEntry.random(&numbers)
      if !rule.agreesWithItself(on: entry) { Issue.record("seed \(seed), entry \(number)") }
    }
  }
}
