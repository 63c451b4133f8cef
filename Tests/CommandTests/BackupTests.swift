import Foundation
import GRDB
import Testing

@Suite("tieout backup")
struct BackupTests {
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", ".", "--tenants", "2", "--dates", "6", "--entries", "40",
      "--seed", "5")
    #expect(try close(place, "2026-01-04").exitCode == 1)
    return place
  }

  private func close(_ place: TestDirectory, _ date: String) throws -> CommandOutcome {
    try place.tieout("close", "--job", "job.yaml", "--date", date)
  }

  private func backUp(
    _ place: TestDirectory, to copy: String = "copy.sqlite", launcher: [String] = []
  ) throws -> CommandOutcome {
    try TieoutProcess(
      ["backup", "--store", "books.sqlite", "--to", copy], in: place, launcher: launcher
    ).wait()
  }

  private func expectFailure(_ outcome: CommandOutcome, _ place: TestDirectory, says: String) throws
  {
    #expect(outcome.exitCode == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(outcome.errors.contains("backup_failed"), "\(outcome.errors)")
    #expect(try place.names(".").filter { $0.contains("partial") } == [])
  }

  private func verify(_ place: TestDirectory, _ store: String) throws -> Int32 {
    try place.tieout("verify", "--store", store, "--store-only").exitCode
  }

  @Test("makes a store like the other, that verifies, answers and can be closed on")
  func backupHasTheSameBooks() throws {
    let place = try place()
    let before = try place.bytes("books.sqlite")
    let outcome = try backUp(place)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output == "copy.sqlite: 2 tenants, 8 closes, verified\n")
    #expect(try place.bytes("books.sqlite") == before)
    #expect(try verify(place, "copy.sqlite") == 0)
    #expect(try place.names(".").filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
    for tenant in try place.store().rows("SELECT tenant_id FROM tenant") {
      for close in ["1", "3", "8"] {
        let answers = try ["books.sqlite", "copy.sqlite"].map { store in
          try place.tieout(
            "balance", "--store", store, "--tenant", tenant, "--known-at", close, "--json")
        }
        #expect(answers[0].output == answers[1].output)
        #expect(answers[0].exitCode == answers[1].exitCode)
      }
    }
    let digests = "SELECT tenant_id, business_date, chain_digest FROM close_run ORDER BY 1, 2"
    for store in ["books.sqlite", "copy.sqlite"] {
      #expect(
        try place.tieout("close", "--job", "job.yaml", "--store", store, "--reports", store + "-r")
          .exitCode == 1)
    }
    #expect(try place.store().rows(digests) == place.store("copy.sqlite").rows(digests))
  }

  @Test("does not wait for somebody who reads")
  func backupDoesNotWaitForReaders() throws {
    let place = try place()
    try DatabaseQueue(path: place.path("books.sqlite")).read { db in
      _ = try Row.fetchAll(db, sql: "SELECT * FROM stored_close")
      #expect(try backUp(place).exitCode == 0)
    }
    #expect(try verify(place, "copy.sqlite") == 0)
  }

  @Test("copies whole closes while a run closes")
  func backupDuringACloseHasWholeCloses() throws {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--out", ".", "--tenants", "4", "--dates", "25", "--entries", "300", "--no-defects",
      "--compression", "1")
    #expect(try close(place, "2026-01-02").exitCode == 0)
    let run = try TieoutProcess(["close", "--job", "job.yaml"], in: place)
    var copies: [String] = []
    while run.isRunning, copies.count < 20 {
      let copy = "copy-\(copies.count).sqlite"
      let outcome = try backUp(place, to: copy)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      copies.append(copy)
    }
    #expect(try run.wait().exitCode == 0)
    #expect(!copies.isEmpty)
    let whole = try place.store().rows("SELECT tenant_id, chain_digest FROM close_run")
    for copy in copies {
      #expect(try verify(place, copy) == 0)
      let closes = try place.store(copy).rows("SELECT tenant_id, chain_digest FROM close_run")
      #expect(closes.count >= 8)
      #expect(Set(closes).isSubset(of: whole))
    }
    #expect(try verify(place, "books.sqlite") == 0)
  }

  @Test("overwrites nothing")
  func existingTargetIsNotOverwritten() throws {
    let place = try place()
    try place.write("copy.sqlite", "precious")
    try expectFailure(try backUp(place), place, says: "copy.sqlite already exists")
    #expect(try place.text("copy.sqlite") == "precious")
    try expectFailure(try backUp(place, to: "books.sqlite"), place, says: "already exists")
    #expect(try verify(place, "books.sqlite") == 0)
  }

  @Test("does not take a name that is the store's, nor the store for its own draft")
  func namesOfTheStoreAreRefused() throws {
    let place = try place()
    for name in ["books.sqlite-journal", "books.sqlite-wal"] {
      try expectFailure(try backUp(place, to: name), place, says: "is a file of the store itself")
      #expect(!place.exists(name))
    }
    try place.write("copy.sqlite.partial", try place.bytes("books.sqlite"))
    let outcome = try place.tieout(
      "backup", "--store", "copy.sqlite.partial", "--to", "copy.sqlite")
    #expect(outcome.exitCode == 2)
    #expect(try place.bytes("copy.sqlite.partial") == place.bytes("books.sqlite"))
    #expect(!place.exists("copy.sqlite"))
  }

  @Test("needs the directory of its target")
  func missingTargetDirectoryIsRefused() throws {
    let place = try place()
    try expectFailure(
      try backUp(place, to: "none/copy.sqlite"), place, says: "none/copy.sqlite cannot be written")
    #expect(!place.exists("none"))
  }

  @Test("needs a store, and makes none")
  func missingStoreIsRefusedAndNotMade() throws {
    let place = try TestDirectory()
    let outcome = try backUp(place)
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains("not_found"))
    #expect(try place.names(".").filter { $0.contains("sqlite") } == [])
  }

  @Test("that finds the disk full leaves nothing behind", arguments: [8, 60, 120])
  func fullDiskLeavesNothingBehind(kibibytes: Int) throws {
    let place = try place()
    #expect(try place.bytes("books.sqlite").count > 120 << 10)
    let outcome = try backUp(
      place,
      launcher: [
        "/bin/bash", "-c", "trap '' XFSZ; ulimit -f \(kibibytes); exec \"$@\"", "backup",
      ])
    try expectFailure(outcome, place, says: "copy.sqlite cannot be written")
    #expect(!place.exists("copy.sqlite"))
    #expect(try backUp(place).exitCode == 0)
  }

  @Test("does not take altered books for good ones")
  func alteredBooksAreRefused() throws {
    let place = try place()
    try place.store().execute("UPDATE stored_tie_out SET detail = 'fine' WHERE close_id = 3")
    try expectFailure(try backUp(place), place, says: "record of close 3")
    #expect(!place.exists("copy.sqlite"))
  }

  @Test("replaces what a killed run left of itself")
  func draftOfAKilledRunIsReplaced() throws {
    let place = try place()
    try place.write("copy.sqlite.partial", "half a page")
    try place.write("copy.sqlite.partial-journal", "half a journal")
    #expect(try backUp(place).exitCode == 0)
    #expect(try place.names(".").filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
    #expect(try verify(place, "copy.sqlite") == 0)
  }
}
