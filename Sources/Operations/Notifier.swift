import BuildInfo
import CloseJob
import Foundation
import FoundationNetworking
import Reports
import Synchronization
import Workers

/// Tells others of a run: a ping when it begins and when it ends, a webhook with what was closed.
///
/// It never changes how a run ends. While the run goes on nothing waits for it; at the end it has
/// `notification_seconds`, and what could not be told then is logged.
final class Notifier: Sendable {
  /// How long the first ping may take; the run goes on meanwhile.
  private static let startSeconds = 5.0

  private let settings: JobSettings
  private let log: RunLog
  private let clock: RunClock
  private let startIsTold = DispatchSemaphore(value: 0)

  init(_ settings: JobSettings, log: RunLog, clock: RunClock) {
    self.settings = settings
    self.log = log
    self.clock = clock
  }

  /// Says that a run begins, while it does.
  func begin() {
    guard let address = settings.pingURL else { return }
    let thread = WorkerThread { [self] in
      ping(
        address, "/start", body: "", Delivery(deadline: after(Self.startSeconds), attemptsMax: 1))
      startIsTold.signal()
    }
    if thread == nil { startIsTold.signal() }
  }

  /// Says how the run ended, and waits until it is told or time is up.
  ///
  /// - Parameter hasBegun: whether `begin` was called.
  func end(_ outcome: RunOutcome, hasBegun: Bool) {
    let limit = Double(settings.notificationSeconds)
    let delivery = Delivery(deadline: after(limit))
    // Whatever a resolver or a kernel does to a thread, the run ends in time.
    let patience = DispatchTime.now() + limit + 0.5
    var jobs: [@Sendable () -> Void] = []
    if let address = settings.pingURL {
      jobs.append { [self] in
        // A start that came after the end would open a run that never ends.
        if hasBegun { _ = startIsTold.wait(timeout: patience) }
        let path = outcome.exitCode == 0 ? "" : "/\(outcome.exitCode)"
        ping(address, path, body: outcome.sentence, delivery)
      }
    }
    if let address = settings.webhookURL, outcome.exitCode != 64, outcome.exitCode != 75 {
      jobs.append { [self] in tellWebhook(address, outcome, delivery) }
    }
    let done = DispatchSemaphore(value: 0)
    let started = jobs.filter { job in
      WorkerThread {
        job()
        done.signal()
      } != nil
    }
    for _ in started where done.wait(timeout: patience) == .timedOut {
      warn("ping or webhook were not told in time")
    }
  }

  private func after(_ seconds: Double) -> Date { Date(timeIntervalSinceNow: seconds) }

  private func ping(_ address: String, _ path: String, body: String, _ delivery: Delivery) {
    let base = address.hasSuffix("/") ? String(address.dropLast()) : address
    guard let url = URL(string: base + path) else { return }
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.setValue("text/plain", forHTTPHeaderField: "Content-Type")
    request.setValue("tieout/\(BuildInfo.version)", forHTTPHeaderField: "User-Agent")
    request.httpBody = Data(body.utf8)
    do {
      try delivery.send { _ in request }
    } catch {
      warn("the ping was not taken: \(error)")
    }
  }

  private func tellWebhook(_ address: String, _ outcome: RunOutcome, _ delivery: Delivery) {
    do {
      let signature = try WebhookSignature(keyFile: settings.webhookSecretFile ?? "")
      guard let url = URL(string: address) else { return }
      let body = Data(try JSONDocument.text(WebhookMessage(outcome), .compact).utf8)
      let identifier = UUID().uuidString.lowercased()
      try delivery.send { attempt in
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("tieout/\(BuildInfo.version)", forHTTPHeaderField: "User-Agent")
        // The same however often it is sent, so that a receiver can pass over what it has.
        request.setValue(identifier, forHTTPHeaderField: "Tieout-Delivery")
        request.setValue("\(attempt)", forHTTPHeaderField: "Tieout-Attempt")
        request.setValue(
          signature.value(of: body, at: clock.now()),
          forHTTPHeaderField: WebhookSignature.header)
        return request
      }
    } catch {
      warn("the webhook was not taken: \(error)")
    }
  }

  private func warn(_ message: String) {
    log.log(LogEvent(level: .warning, event: "notification_failed", message: message))
  }
}
