import Foundation
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Names of tenants")
struct TenantNamesTests {
  private static let harbor = "11111111-2222-3333-4444-555555555555"
  private static let juniper = "99999999-8591-45e3-abcf-f39bbbbf0f6b"

  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("tenant-names-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  /// The names that a job file gives, with a table beside it.
  private func names(job: String, table: String = "") throws -> TenantNames {
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("job.yaml")
    try job.write(to: path, atomically: true, encoding: .utf8)
    try table.write(
      to: directory.appendingPathComponent("tenants.csv"), atomically: true, encoding: .utf8)
    let file = JobFile(reading: path.path)
    if let problem = file.problems.first { throw problem }
    return try JobSettings(SettingSources(flags: [:], environment: [:], file: file.settings))
      .tenantNames
  }

  private func tenant(_ text: String) throws -> TenantID { try #require(TenantID(text)) }

  @Test("are read from a mapping in the job file, in either case of the UUID")
  func mappingIsRead() throws {
    let names = try names(
      job: "tenant_names:\n  \(Self.juniper.uppercased()): 'Juniper: Credit'\n")
    #expect(names.count == 1)
    #expect(names[try tenant(Self.juniper)] == "Juniper: Credit")
    #expect(names[try tenant(Self.harbor)] == nil)
    #expect(names.label(try tenant(Self.harbor)) == Self.harbor)
  }

  @Test("are read from a CSV file beside the job file")
  func tableIsRead() throws {
    let names = try names(
      job: "tenant_names: tenants.csv\n",
      table: "tenant_name,tenant_id\r\n\"Harbor, Lending & Söhne\",\(Self.harbor)\r\n")
    #expect(names[try tenant(Self.harbor)] == "Harbor, Lending & Söhne")
  }

  @Test(
    "that cannot be names are refused, with file and line",
    arguments: [
      ("acme,Acme", "tenants.csv line 2: 'acme' is not a UUID"),
      ("\(harbor), Acme", "begins or ends with a space"), ("\(harbor),", "empty"),
      ("\(harbor),A\u{1B}[31mcme", "control character"),
      ("\(harbor),A\u{202E}cme", "control character"),
      ("\(harbor),\"A\ncme\"", "control character"),
      ("\(harbor),\(String(repeating: "a", count: 101))", "more than 100 characters"),
      (
        "\(harbor),Acme\n\(harbor.uppercased()),Other",
        "tenants.csv line 3: the line of \(harbor) names a tenant a second time"
      ),
    ])
  func invalidNameIsRefused(rows: String, expected: String) throws {
    #expect {
      _ = try names(job: "tenant_names: tenants.csv\n", table: "tenant_id,tenant_name\n\(rows)\n")
    } throws: { error in
      "\(error)".contains(expected)
    }
  }

  @Test("in a file that is not there, or lacks a column, are refused with the setting's line")
  func unusableFileIsRefused() throws {
    #expect {
      _ = try names(job: "tenant_names: other.csv\n")
    } throws: { error in
      "\(error)".contains("job.yaml line 1") && "\(error)".contains("other.csv")
    }
    let directory = try TenantNamesTests()
    #expect {
      _ = try directory.names(job: "tenant_names: tenants.csv\n", table: "tenant_id,name\n")
    } throws: { error in
      "\(error)".contains("tenant_name")
    }
  }

  @Test("in a list are refused")
  func listIsRefused() throws {
    #expect {
      _ = try names(job: "tenant_names:\n  - \(Self.harbor): Acme\n")
    } throws: { error in
      "\(error)".contains("job.yaml line 1") && "\(error)".contains("tenant_names")
    }
  }
}
