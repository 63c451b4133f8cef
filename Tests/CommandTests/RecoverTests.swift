import Foundation
import Glibc
import TestSupport
import Testing

@Suite("tieout recover")
struct RecoverTests {
  private static let recover = ["recover", "--store", "books.sqlite"]
  /// Starts a command as a user that may read the files of the test and write none.
  private static let asReader = [
    "/usr/bin/env", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
  ]
  private static let canBecomeReader = geteuid() == 0

  /// Two exported dates, of which the first is closed.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    try place.export("2026-01-06", [TestDirectory.entry(2, on: "2026-01-06", "40")])
    #expect(try place.close(through: "2026-01-05").exitCode == 0)
    return place
  }

  /// Kills a close of the second date when all of it is in the file and only the journal is not removed yet.
  private func killClose(_ place: TestDirectory) throws {
    let journal = place.path("books.sqlite-journal")
    let killed = try TieoutProcess(
      [
        "close", "--exports", "exports", "--chart", "chart.csv", "--store",
        place.path("books.sqlite"), "--date", "2026-01-06",
      ], in: place,
      launcher: FaultInjection.killing(at: "unlink", on: journal, log: place.path("calls"))
    ).wait()
    #expect(killed.exitCode == 128 + SIGKILL, "\(killed.errors)")
    #expect(try place.bytes("books.sqlite-journal").first != 0)
  }

  @Test(
    "lets a server that may not write answer again, from the books before the close that was killed",
    .enabled(if: canBecomeReader && FaultInjection.isPossible()))
  func serverAnswersAgain() throws {
    let place = try place()
    let server = try ServerProcess(place, launcher: Self.asReader)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    let question = "/accounts/1000/balance?currency=USD"
    let before = try server.ask(question, token: token)
    #expect(before.status == 200 && before.member("as_of_date") == "2026-01-05")
    try killClose(place)
    #expect(try server.ask(question, token: token).status == 503)
    #expect(try server.ask("/health/ready", token: nil).status == 503)
    let start = ContinuousClock.now
    let outcome = try TieoutProcess(Self.recover, in: place).wait()
    #expect(.now - start < .seconds(5))
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("rolled back") && outcome.output.contains("last close is 1"))
    #expect(try server.ask(question, token: token).lasting == before.lasting)
    #expect(try server.ask("/health/ready", token: nil).status == 200)
    #expect(try place.close(through: "2026-01-06").exitCode == 0)
    #expect(try server.ask(question, token: token).member("dr_balance_minor") == "540")
  }

  @Test("rolls back pages of a transaction that are already in the file")
  func changedPagesAreRolledBack() throws {
    let place = try place()
    let before = try place.bytes("books.sqlite")
    try place.store().leaveTransaction(
      "UPDATE stored_snapshot SET dr_balance_minor = 7; UPDATE stored_close SET business_date = '2026-01-09'"
    )
    #expect(try place.bytes("books.sqlite") != before)
    let outcome = try TieoutProcess(Self.recover + ["--json"], in: place).wait()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(document["rolled_back"] as? Bool == true)
    #expect(document["last_close_id"] as? Int == 1)
    #expect(document["journal_bytes"] as? Int ?? 0 > 0)
    #expect(try place.bytes("books.sqlite") == before)
    #expect(!place.exists("books.sqlite-journal"))
  }

  @Test("does nothing where nothing was left")
  func nothingLeftIsSuccess() throws {
    let place = try place()
    let before = try place.bytes("books.sqlite")
    let outcome = try TieoutProcess(Self.recover, in: place).wait()
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == "books.sqlite: nothing to roll back; the last close is 1\n")
    // A journal that was begun but never filled, or whose header was cleared.
    for journal in ["", String(repeating: "\0", count: 512)] {
      try place.write("books.sqlite-journal", journal)
      #expect(try TieoutProcess(Self.recover, in: place).wait().exitCode == 0)
    }
    #expect(try place.bytes("books.sqlite") == before)
    try place.write("empty.sqlite", "")
    let empty = try place.tieout("recover", "--store", "empty.sqlite")
    #expect(empty.exitCode == 0 && empty.output.contains("nothing is closed yet"))
  }

  @Test("leaves a store alone that a run holds, or waits for its end")
  func runningCloseIsNotDisturbed() throws {
    let place = try place()
    let lock = open(place.path("books.sqlite.lock"), O_RDWR)
    #expect(flock(lock, LOCK_EX) == 0)
    try place.store().leaveTransaction("UPDATE stored_snapshot SET dr_balance_minor = 7")
    let refused = try TieoutProcess(Self.recover, in: place).wait()
    #expect(refused.exitCode == 75 && refused.errors.contains("another run"))
    #expect(place.exists("books.sqlite-journal"))
    let waiting = try TieoutProcess(Self.recover + ["--wait"], in: place)
    while !waiting.errorsSoFar.contains("waiting") && waiting.isRunning { usleep(10_000) }
    #expect(waiting.isRunning)
    close(lock)
    let outcome = try waiting.wait()
    #expect(outcome.exitCode == 0 && outcome.output.contains("rolled back"))
  }

  @Test("says what keeps it from recovering")
  func failuresSayWhy() throws {
    let place = try place()
    func expectFailure(_ store: String, _ code: String, launcher: [String] = []) throws {
      let outcome = try TieoutProcess(
        ["recover", "--store", place.path(store)], in: place, launcher: launcher
      ).wait()
      #expect(outcome.exitCode == 2, "\(store): \(outcome.output)")
      #expect(outcome.output == "" && outcome.errors.contains(code), "\(outcome.errors)")
    }
    try expectFailure("missing.sqlite", "not_found")
    #expect(!place.exists("missing.sqlite") && !place.exists("missing.sqlite.lock"))
    try place.write("text", String(repeating: "These are not the books.\n", count: 100))
    try expectFailure("text", "not_a_store")
    try place.write("damaged", Array(try place.bytes("books.sqlite").prefix(5_000)))
    try expectFailure("damaged", "not_a_store")
    try place.store("foreign").execute("CREATE TABLE invoice (number INTEGER)")
    let foreign = try place.bytes("foreign")
    try expectFailure("foreign", "not_a_store")
    #expect(try place.bytes("foreign") == foreign)
    try place.makeDirectory("directory")
    try expectFailure("directory", "cannot_open")
    #expect(try place.tieout("recover").exitCode == 64)
    guard Self.canBecomeReader else { return }
    try place.store().leaveTransaction("UPDATE stored_snapshot SET dr_balance_minor = 7")
    try expectFailure("books.sqlite", "cannot_open", launcher: Self.asReader)
    #expect(place.exists("books.sqlite-journal"))
  }
}
