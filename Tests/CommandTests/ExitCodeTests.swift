import Glibc
import Testing

@Suite("Each exit code")
struct ExitCodeTests {
  private static let date = "2026-01-05"

  private func place(_ amount: String = "500", debit: String = "1000") throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      Self.date,
      [
        TestDirectory.entry(1, on: Self.date),
        TestDirectory.entry(2, on: Self.date, amount, debit: debit),
      ])
    return place
  }

  @Test("0: everything ties out")
  func cleanCloseExitsWith0() throws {
    #expect(try place().close(through: Self.date).exitCode == 0)
  }

  @Test("1: closed, with breaks or quarantined records")
  func closeWithBreaksExitsWith1() throws {
    let place = try place(debit: "9999")
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("unknown_account 1"))
    #expect(try place.store().rows("SELECT count(*) FROM close_run") == ["1"])
  }

  @Test("2: failure, and nothing of it is published")
  func failureExitsWith2() throws {
    let place = try place()
    let outcome = try place.close(through: "2026-01-06")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("FAILED") && outcome.errors.contains("date=2026-01-06"))
    #expect(try place.store().rows("SELECT business_date FROM close_run") == [Self.date])
  }

  @Test("64: usage")
  func usageErrorExitsWith64() throws {
    #expect(try place().close(through: "yesterday").exitCode == 64)
  }

  @Test("75: another run holds the lock")
  func heldLockExitsWith75() throws {
    let place = try place()
    let lock = open(place.path("books.sqlite.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    #expect(try place.close(through: Self.date).exitCode == 75)
    #expect(flock(lock, LOCK_UN) == 0)
    #expect(try place.close(through: Self.date).exitCode == 0)
  }
}
