import Crypto
import Foundation
import Testing

@Suite("Webhook")
struct WebhookTests {
  private static let date = "2026-01-05"
  private static let key = "0123456789abcdef0123456789abcdef"

  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      Self.date,
      [TestDirectory.entry(1, on: Self.date), TestDirectory.entry(2, on: Self.date, debit: "9999")])
    try place.write("key", Self.key + "\n")
    return place
  }

  private func close(
    _ place: TestDirectory, _ receiver: WebReceiver, through date: String = WebhookTests.date
  ) throws -> CommandOutcome {
    try place.close(
      through: date, "--webhook-url", receiver.address("/hook?tenant=1"), "--webhook-secret-file",
      "key", "--notification-seconds", "8")
  }

  /// What the receiver would compute: the HMAC of the time, a full stop and the body.
  private func isSigned(_ request: WebReceiver.Request) throws -> Bool {
    let header = try #require(request.headers["tieout-signature"])
    let parts = header.split(separator: ",").map(String.init)
    try #require(parts.count == 2 && parts[0].hasPrefix("t=") && parts[1].hasPrefix("v1="))
    let time = try #require(Int(parts[0].dropFirst(2)))
    #expect(abs(Double(time) - Date().timeIntervalSince1970) < 60)
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("\(time).\(request.body)".utf8), using: SymmetricKey(data: Data(Self.key.utf8)))
    return code.map { String(format: "%02x", $0) }.joined() == parts[1].dropFirst(3)
  }

  @Test("is sent the closes with their reconciliation status, signed")
  func closesAreSentSigned() throws {
    let place = try place()
    let receiver = try WebReceiver(place)
    #expect(try close(place, receiver).exitCode == 1)
    let request = try #require(try receiver.requests().first)
    #expect(request.path == "/hook?tenant=1")
    #expect(request.headers["content-type"] == "application/json")
    #expect(try isSigned(request))
    let body = try #require(
      try JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? [String: Any])
    #expect(body["type"] as? String == "tieout.run.finished")
    #expect(body["exit_code"] as? Int == 1 && body["outcome"] as? String == "closed_with_breaks")
    let tenant = try #require((body["tenants"] as? [[String: Any]])?.first)
    #expect(tenant["tenant_id"] as? String == TestDirectory.tenant)
    let close = try #require((tenant["closes"] as? [[String: Any]])?.first)
    #expect(close["business_date"] as? String == Self.date)
    #expect(close["quarantined"] as? [String: Int] == ["unknown_account": 1])
    let status = try #require(close["reconciliation_status"] as? [String: Any])
    #expect(status["as_of_date"] as? String == Self.date)
    #expect((status["ledger_integrity"] as? [String: Any])?["status"] as? String == "ok")
    let digest = try place.store().rows("SELECT chain_digest FROM close_run")
    #expect([close["chain_digest"] as? String] == digest)
  }

  @Test("is retried with the same delivery ID and a new signature")
  func retryHasSameDeliveryAndNewSignature() throws {
    let place = try place()
    let receiver = try WebReceiver(place, statuses: [500, 502, 200])
    #expect(try close(place, receiver).exitCode == 1)
    let requests = try receiver.requests()
    #expect(requests.map { $0.headers["tieout-attempt"] } == ["1", "2", "3"])
    #expect(Set(requests.map { $0.headers["tieout-delivery"] }).count == 1)
    #expect(Set(requests.map(\.body)).count == 1)
    for request in requests { #expect(try isSigned(request)) }
  }

  @Test("is sent failures")
  func failureIsSent() throws {
    let place = try place()
    let receiver = try WebReceiver(place)
    #expect(try close(place, receiver, through: "2026-01-06").exitCode == 2)
    let body = try #require(try receiver.requests().first?.body)
    #expect(body.contains("\"exit_code\":2") && body.contains("\"failure_date\":\"2026-01-06\""))
    // A run that could not begin has a sentence instead of tenants.
    try place.remove("exports")
    #expect(try close(place, receiver).exitCode == 2)
    let last = try #require(try receiver.requests().last?.body)
    #expect(last.contains("\"tenants\":[]") && last.contains("\"failure\":\"exports"))
  }

  @Test("is not sent without a usable key, which is logged")
  func missingOrShortKeyIsLogged() throws {
    let place = try place()
    let receiver = try WebReceiver(place)
    for text in ["short", nil] {
      if let text { try place.write("key", text) } else { try place.remove("key") }
      let outcome = try close(place, receiver)
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors.contains("the webhook secret file key"), "\(outcome.errors)")
      #expect(!outcome.errors.contains("short\n"))
    }
    #expect(try receiver.requests().isEmpty)
  }

  @Test("that fails delays the end by at most the allowed time and changes no exit code")
  func failedWebhookIsOnlyLogged() throws {
    let place = try place()
    let start = ContinuousClock.now
    let outcome = try place.close(
      through: Self.date, "--webhook-url", "http://127.0.0.1:9/s3cret", "--webhook-secret-file",
      "key", "--notification-seconds", "1")
    #expect(outcome.exitCode == 1)
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(outcome.errors.contains("the webhook was not delivered"))
    for secret in ["s3cret", Self.key] {
      #expect(!outcome.errors.contains(secret) && !outcome.output.contains(secret))
    }
  }
}
