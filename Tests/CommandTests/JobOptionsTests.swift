import JobConfiguration
import Testing

@Suite("The options of settings")
struct JobOptionsTests {
  /// The words of a command's help, on lines that do not depend on the terminal.
  private func help(_ command: String, _ more: String...) throws -> [Substring] {
    let place = try TestDirectory()
    let outcome = try TieoutProcess([command, "--help"] + more, in: place).wait()
    #expect(outcome.exitCode == 0)
    return outcome.output.split { $0 == " " || $0 == "\n" }
  }

  @Test(
    "are listed by tieout close, every one with its help",
    arguments: SettingCatalogue.all.map(\.name))
  func closeListsEverySetting(name: String) throws {
    let setting = try #require(SettingCatalogue.named(name))
    let words = try help("close")
    #expect(words.contains(Substring("--\(setting.optionName)")))
    if case .declaredByCommand = setting.option { return }
    #expect(words.joined(separator: " ").contains(setting.help))
  }

  @Test(
    "without an effect on a command are accepted, but not listed",
    arguments: ["status", "balance", "report"])
  func unusedOptionsAreNotListed(command: String) throws {
    let words = try help(command)
    #expect(words.contains("--store") && !words.contains("--exports"))
    #expect(!words.contains("--webhook-url"))
    let place = try TestDirectory()
    let outcome = try place.tieout("status", "--exports", "exports")
    #expect(outcome.errors.contains("no store is given"), "\(outcome.errors)")
  }

  @Test("give values, repeated values and flags")
  func valuesReachTheJob() throws {
    let place = try TestDirectory()
    try place.write("job.yaml", "bank_date_window: 1\n")
    let outcome = try place.tieout(
      "job", "check", "job.yaml", "--bank-date-window", "5", "--require-manifest",
      "--bank-account", "ref=operating,account=1000,currency=USD",
      "--bank-account", "ref=lockbox,account=1020,currency=USD")
    let rows = outcome.output.split(separator: "\n").map { line in
      line.split(separator: " ").joined(separator: " ")
    }
    for row in [
      "bank_date_window 5 --bank-date-window", "require_manifest true --require-manifest",
      "bank_accounts operating, lockbox --bank-account",
    ] { #expect(rows.contains(row), "\(outcome.output)") }
  }

  @Test("without a value are rejected")
  func missingValueIsRejected() throws {
    let outcome = try TestDirectory().tieout("close", "--store")
    #expect(outcome.exitCode == 64 && outcome.errors.contains("--store"))
  }
}
