import Glibc
import TestSupport
import Testing

/// Flips single bits of the store's file. `TIEOUT_FLIPS` says how many, `TIEOUT_SEED` which.
@Suite("A disk that lies", .serialized)
struct FlipCampaignTests {
  @Test("gives no wrong balance: the right one, or a refusal")
  func flippedBitIsNoWrongBalance() throws {
    let flips = CampaignSize.number("TIEOUT_FLIPS", otherwise: 16)
    let campaign = try FlipCampaign()
    var numbers = SeededNumbers(seed: CampaignSize.seed)
    var (served, printed) = (FlipCampaign.Tally(), FlipCampaign.Tally())
    for flip in 0..<flips {
      try campaign.flip(
        isAimed: flip % 2 == 0, isWarm: flip % 4 >= 2, &numbers, &served, &printed)
    }
    #expect(served.wrong == [])
    #expect(printed.wrong == [])
    #expect(served.refused > 0 && printed.refused > 0)
    CampaignSize.say("\(flips) flips: server: \(served.text); tieout balance: \(printed.text)")
  }

  @Test("is an alarm in log, metrics and readiness, until the store is restored")
  func damageRaisesTheAlarm() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    #expect(try place.close(through: "2026-01-05").exitCode == 0)
    let sound = try place.bytes("books.sqlite")
    let server = try ServerProcess(place, "--metrics-port", "0", listeners: 2)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    func status(_ path: String) throws -> Int { try server.ask(path, token: token).status }
    let question = "/accounts/1000/balance?currency=USD"
    #expect(try status(question) == 200)
    try place.store().execute("UPDATE stored_snapshot SET dr_balance_minor = 501")
    #expect(try status(question) == 503)
    #expect(try status("/health/ready") == 503)
    let metrics = try CurlReply([server.base("metrics") + "/metrics"]).body
    #expect(metrics.contains("tieout_server_store_damaged 1"))
    #expect(!metrics.contains("tieout_server_store_faults_total 0"))
    let alarm = try server.lines().first { $0["level"] as? String == "alert" }
    #expect((alarm?["detail"] as? String)?.contains("altered_store") == true)
    #expect(
      try place.tieout("balance", "--store", "books.sqlite", "--tenant", TestDirectory.tenant)
        .exitCode == 2)
    try place.write("sound.sqlite", sound)
    #expect(rename(place.path("sound.sqlite"), place.path("books.sqlite")) == 0)
    for _ in 0..<100 where try status("/health/ready") != 200 { usleep(100_000) }
    #expect(try status("/health/ready") == 200)
    #expect(try status(question) == 200)
  }

  @Test("is found in the background, also where nobody asks")
  func damageIsFoundInTheBackground() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    #expect(try place.close(through: "2026-01-05").exitCode == 0)
    let server = try ServerProcess(place)
    #expect(try server.ask("/health/ready", token: nil).status == 200)
    try place.store().execute("UPDATE stored_finding SET message = 'x'")
    try place.store().execute("UPDATE stored_movement SET dr_minor = dr_minor + 1")
    for _ in 0..<100 where try server.ask("/health/ready", token: nil).status == 200 {
      usleep(100_000)
    }
    #expect(try server.ask("/health/ready", token: nil).status == 503)
    #expect(try server.log().contains("no longer match their digest"))
  }
}
