import Foundation
import Testing

@Suite("Job check")
struct JobCheckTests {
  /// What a job says that is right, with its paths in the place.
  private static let right = """
    # the nightly job
    exports: exports
    chart: chart.csv
    store: books.sqlite
    reports: reports

    """

  private func check(
    _ job: String, _ more: String..., environment: [String: String] = [:],
    change: (TestDirectory) throws -> Void = { _ in }
  ) throws -> CommandOutcome {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    try place.write("job.yaml", job)
    try change(place)
    return try TieoutProcess(
      ["job", "check", "job.yaml"] + more, in: place, environment: environment
    )
    .wait()
  }

  /// The words of the line on a setting.
  private func row(_ key: String, in output: String) -> [String] {
    output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      .first { $0.first == key } ?? []
  }

  @Test("exits with 0 for a valid job and shows the source of each value")
  func validJobShowsSources() throws {
    let outcome = try check(
      Self.right + "time_zone: Europe/Berlin\nfindings_limit: 7\n", "--reports", "elsewhere",
      environment: ["TIEOUT_FINDINGS_LIMIT": "9"])
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(row("exports", in: outcome.output) == ["exports", "exports", "job.yaml", "line", "2"])
    #expect(row("reports", in: outcome.output) == ["reports", "elsewhere", "--reports"])
    #expect(
      row("findings_limit", in: outcome.output) == ["findings_limit", "9", "TIEOUT_FINDINGS_LIMIT"])
    #expect(row("bank_date_window", in: outcome.output) == ["bank_date_window", "3", "default"])
    #expect(row("memory_limit", in: outcome.output) == ["memory_limit", "-"])
    #expect(row("date", in: outcome.output).contains("yesterday"))
    #expect(outcome.output.contains("the chart") == false)
    #expect(outcome.output.contains("chart.csv: 3 accounts"))
  }

  @Test("changes nothing")
  func checkChangesNothing() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    try place.write("job.yaml", Self.right)
    #expect(try place.tieout("job", "check", "job.yaml").exitCode == 0)
    let left = try place.names("").filter { !$0.hasPrefix(".") }
    #expect(left == ["chart.csv", "exports", "job.yaml"])
  }

  @Test("reports each typo with its line and a suggestion, and exits with 64")
  func typosGetSuggestions() throws {
    let outcome = try check(
      Self.right + """
        locked_thru: 2025-12-31
        missing_dates: emty
        bank_accounts:
          - ref: operating
            account: 1000
            curency: USD

        """)
    #expect(outcome.exitCode == 64)
    for words in [
      ["job.yaml line 6", "'locked_thru'", "Did you mean 'locked_through'?"],
      ["job.yaml line 7", "'emty'", "Did you mean 'empty'?"],
      ["job.yaml line 11", "'curency'", "Did you mean 'currency'?"],
    ] {
      let line = outcome.output.split(separator: "\n").first { $0.contains(words[0]) } ?? ""
      for word in words { #expect(line.contains(word), "\(outcome.output)") }
    }
  }

  /// Jobs that refer to missing or invalid files, and what the check must report.
  static let broken = [
    ("exports: nowhere\nchart: chart.csv\nstore: b.sqlite\n", ["exports", "nowhere"]),
    ("exports: exports\nchart: none.csv\nstore: b.sqlite\n", ["chart", "none.csv"]),
    ("exports: exports\nchart: bad.csv\nstore: b.sqlite\n", ["chart", "bad.csv", "12"]),
    (right + "statements: nowhere\n", ["statements", "nowhere"]),
    (right + "loan_tape: nowhere\nprincipal_accounts: [1000]\n", ["loan_tape", "nowhere"]),
    (right + "principal_accounts: [1000, 1100]\n", ["principal_accounts", "1100"]),
    (
      right + """
        statements: exports
        bank_accounts:
          - {ref: lockbox, account: 1020, currency: USD}

        """, ["bank_accounts", "lockbox", "1020"]
    ),
    (right + "tenants: [\(TestDirectory.otherTenant)]\n", ["tenants", TestDirectory.otherTenant]),
    ("exports: exports\nchart: chart.csv\nstore: chart.csv/b.sqlite\n", ["store", "chart.csv"]),
    ("exports: exports\nchart: chart.csv\nstore: exports\n", ["store", "is a directory"]),
    (right + "opening: nowhere.csv\n", ["opening", "nowhere.csv"]),
  ]

  @Test("reports what a close would lack, and exits with 2", arguments: broken)
  func missingInputsAreReported(job: String, says: [String]) throws {
    let outcome = try check(job) { place in
      try place.write("bad.csv", "account_code,account_name,normal_side\n12,Cash,DR\n")
    }
    #expect(outcome.exitCode == 2, "\(outcome.output)")
    let line =
      outcome.output.split(separator: "\n").first {
        $0.hasPrefix("ERROR") && $0.contains(says[0])
      } ?? ""
    for word in says { #expect(line.contains(word), "\(outcome.output)") }
  }

  @Test("warns of a variable that is not a setting, and exits with 1")
  func unknownVariableIsWarnedOf() throws {
    let outcome = try check(Self.right, environment: ["TIEOUT_STROE": "books.sqlite"])
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("TIEOUT_STROE") && outcome.output.contains("TIEOUT_STORE?"))
  }

  @Test("rejects a webhook without a secret")
  func unsignedWebhookIsRejected() throws {
    let outcome = try check(Self.right + "webhook_url: https://ledger.example/hook\n")
    #expect(outcome.exitCode == 64)
    #expect(outcome.output.contains("--webhook-secret-file"))
  }

  @Test("never shows the secret parts of an address", arguments: [[], ["--json"]])
  func secretsAreHidden(more: [String]) throws {
    let place = try TestDirectory()
    try place.write("key", "0123456789abcdef-key")
    try place.write(
      "job.yaml",
      Self.right + """
        ping_url: https://hc-ping.com/s3cret-ping
        webhook_url: https://user:s3cret-password@ledger.example:8443/s3cret-path?sig=s3cret-query
        webhook_secret_file: key

        """)
    let outcome = try TieoutProcess(["job", "check", "job.yaml"] + more, in: place).wait()
    #expect(outcome.output.contains("https://hc-ping.com/"))
    #expect(outcome.output.contains("ledger.example:8443"))
    #expect(!outcome.output.contains("s3cret") && !outcome.errors.contains("s3cret"))
    #expect(!outcome.output.contains("0123456789abcdef"))
  }

  @Test("does not repeat an invalid address")
  func invalidAddressIsNotRepeated() throws {
    let outcome = try check(Self.right + "ping_url: hc-ping.com/s3cret\n")
    #expect(outcome.exitCode == 64)
    #expect(outcome.output.contains("job.yaml line 6") && !outcome.output.contains("s3cret"))
  }

  /// A job with a bank account whose statements are tables.
  private static let tables =
    right + """
      statements: statements
      bank_accounts:
        - ref: main
          account: 1000
          currency: USD
          csv_date: Date
          csv_amount: Amount
          csv_balance: Balance
          csv_reference: Ref

      """

  private static let table = "Date,Ref,Amount,Balance\n2026-01-05,R1,1.50,11.50\n"

  @Test("tries the settings for CSV on the newest statement that they fit")
  func mappingIsTriedOnTheNewest() throws {
    let outcome = try check(Self.tables) { place in
      let folder = "statements/tenant_id=\(TestDirectory.tenant)/inbox"
      try place.write("\(folder)/other.csv", "no table\n")
      try place.write("\(folder)/main.csv", Self.table)
    }
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(outcome.output.contains("bank account 'main' reads inbox/main.csv"))
    #expect(outcome.output.contains("2026-01-05    1.50    11.50"), "\(outcome.output)")
    #expect(outcome.output.contains("account servicer R1"))
    #expect(outcome.output.contains("closing balance 11.50 USD on 2026-01-05"))
    let none = try check(Self.tables) { place in
      try place.write("statements/tenant_id=\(TestDirectory.tenant)/a.csv", "no table\n")
    }
    #expect(none.exitCode == 0 && none.output.contains("were not tried"), "\(none.output)")
  }

  @Test("tries them on a given statement, and shows what is not understood")
  func mappingIsTriedOnAFile() throws {
    let outcome = try check(Self.tables, "--statement", "sample.csv", "--format", "json") { place in
      try place.write("statements/README", "")
      try place.write(
        "sample.csv", Self.table + "2026-01-06,R2,\"2,50\",14.00\n06.01.2026,R3,1.00,15.00\n")
    }
    struct Document: Decodable {
      struct Trial: Decodable {
        struct Row: Decodable {
          let line: Int
          let amount_minor: Int
          let balance_minor: Int?
        }
        let bank_account: String
        let row_count: Int
        let rows: [Row]
        let not_understood: [String]
      }
      let statements: [Trial]
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    #expect(outcome.exitCode == 1, "\(outcome.output)")
    let trial = try #require(document.statements.first)
    #expect(trial.bank_account == "main" && trial.row_count == 1)
    #expect(trial.rows.map(\.line) == [2] && trial.rows.first?.amount_minor == 150)
    #expect(trial.rows.first?.balance_minor == 1150)
    #expect(trial.not_understood.count == 2)
    #expect(trial.not_understood.first?.hasPrefix("line 3 has '2,50' in 'Amount'") == true)
    #expect(trial.not_understood.last?.contains("Set csv_date_format to DD.MM.YYYY") == true)
  }

  @Test("has a JSON format")
  func jsonHasProblemsAndFindings() throws {
    struct Document: Decodable {
      struct Setting: Decodable {
        let key: String
        let value: String?
        let source: String
      }
      struct Finding: Decodable {
        let subject: String
        let level: String
        let remedy: String?
      }
      let exit_code: Int
      let problems: [String]
      let settings: [Setting]
      let findings: [Finding]
    }
    let outcome = try check(Self.right + "stores: x\n", "--format", "json") {
      try $0.remove("chart.csv")
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    #expect(outcome.exitCode == 64 && document.exit_code == 64)
    #expect(document.problems.count == 1 && document.problems[0].contains("line 6"))
    #expect(document.settings.first { $0.key == "chart" }?.source == "job.yaml line 3")
    #expect(document.findings.contains { $0.subject == "chart" && $0.level == "error" })
  }
}
