import Foundation
import Glibc
import Testing

@Suite("Pings")
struct PingTests {
  private static let date = "2026-01-05"

  private func place(debit: String = "1000") throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date, debit: debit)])
    return place
  }

  @Test("report the beginning and the success of a run")
  func successfulRunIsPinged() throws {
    let place = try place()
    let receiver = try WebReceiver(place)
    let outcome = try place.close(through: Self.date, "--ping-url", receiver.address("/uuid"))
    #expect(outcome.exitCode == 0)
    let requests = try receiver.requests()
    #expect(requests.map(\.path) == ["/uuid/start", "/uuid"])
    #expect(requests.last?.body == "everything ties out")
    #expect(requests.last?.headers["user-agent"]?.hasPrefix("tieout/") == true)
  }

  @Test("report the exit code of a failed run or of breaks")
  func exitCodeIsPinged() throws {
    let breaks = try place(debit: "9999")
    let receiver = try WebReceiver(breaks)
    let address = receiver.address("/uuid/")
    #expect(try breaks.close(through: Self.date, "--ping-url", address).exitCode == 1)
    #expect(try breaks.close(through: "2026-01-06", "--ping-url", address).exitCode == 2)
    #expect(
      try receiver.requests().map(\.path) == ["/uuid/start", "/uuid/1", "/uuid/start", "/uuid/2"])
  }

  @Test("report an invalid job, or that another run holds the lock")
  func runThatCannotBeginIsPinged() throws {
    let place = try place()
    let receiver = try WebReceiver(place)
    let environment = ["TIEOUT_PING_URL": receiver.address("/uuid")]
    try place.write("job.yaml", "exports: exports\nchart: chart.csv\nstorr: books.sqlite\n")
    let usage = try place.tieout("close", "--job", "job.yaml", environment: environment)
    #expect(usage.exitCode == 64)
    #expect(try receiver.requests().map(\.path) == ["/uuid/64"])
    let lock = open(place.path("books.sqlite.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let locked = try place.close(through: Self.date, "--ping-url", receiver.address("/uuid"))
    #expect(locked.exitCode == 75)
    #expect(try receiver.requests().map(\.path).suffix(2) == ["/uuid/start", "/uuid/75"])
  }

  @Test("are retried after a server error")
  func serverErrorIsRetried() throws {
    let place = try place()
    let receiver = try WebReceiver(place, statuses: [200, 503, 429, 200])
    let outcome = try place.close(through: Self.date, "--ping-url", receiver.address("/p"))
    #expect(outcome.exitCode == 0 && !outcome.errors.contains("ping"))
    #expect(try receiver.requests().map(\.path) == ["/p/start", "/p", "/p", "/p"])
  }

  @Test("are not retried if refused or redirected", arguments: [404, 302])
  func refusedPingIsNotRetried(status: Int) throws {
    let place = try place()
    let receiver = try WebReceiver(place, statuses: [status])
    let outcome = try place.close(through: Self.date, "--ping-url", receiver.address("/p"))
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains("responded with status \(status)"))
    #expect(try receiver.requests().map(\.path) == ["/p/start", "/p"])
  }

  @Test("that fail change no exit code, reveal no secret, and end in time")
  func failedPingIsOnlyLogged() throws {
    let place = try place()
    let receiver = try WebReceiver(place, statuses: [0])
    // A port where nothing listens, and one where something takes all and answers nothing.
    let silent = receiver.address("/s3cret")
    for address in ["http://127.0.0.1:9/s3cret", silent] {
      let start = ContinuousClock.now
      let outcome = try place.close(
        through: Self.date, "--ping-url", address, "--notification-seconds", "2")
      let seconds = ContinuousClock.now - start
      #expect(outcome.exitCode == 0)
      #expect(seconds < .seconds(6), "\(seconds)")
      #expect(outcome.errors.contains("warning: ") && outcome.errors.contains("ping"))
      #expect(!outcome.errors.contains("s3cret") && !outcome.output.contains("s3cret"))
    }
  }
}
