import BuildInfo
import CloseJob
import Foundation
import FoundationNetworking
import JobConfiguration
import Reports
import Synchronization
import Workers

/// Sends a run's notifications: pings when it begins and ends, and a webhook with what was closed.
///
/// Notifications never change the outcome of a run. Nothing waits for them while the run is going
/// on; at the end they have `notification_seconds`, and failures are logged.
final class Notifier: Sendable {
  /// How long the start ping may take; the run does not wait for it.
  private static let startSeconds = 5.0

  private let settings: JobSettings
  private let log: RunLog
  private let clock: RunClock
  private let startIsSent = DispatchSemaphore(value: 0)

  init(_ settings: JobSettings, log: RunLog, clock: RunClock) {
    self.settings = settings
    self.log = log
    self.clock = clock
  }

  /// Sends the start ping in the background.
  func begin() {
    guard let address = settings.pingURL else { return }
    let thread = WorkerThread { [self] in
      ping(
        address, "/start", body: "",
        RetryingSender(deadline: after(Self.startSeconds), attemptsMax: 1))
      startIsSent.signal()
    }
    if thread == nil { startIsSent.signal() }
  }

  /// Sends the outcome of the run and waits until it is delivered or time is up.
  ///
  /// - Parameter hasBegun: whether `begin` was called.
  func end(_ outcome: RunOutcome, hasBegun: Bool) {
    let limit = Double(settings.notificationSeconds)
    let sender = RetryingSender(deadline: after(limit))
    // The run ends in time even if a thread hangs in the resolver or the kernel.
    let giveUpTime = DispatchTime.now() + limit + 0.5
    var jobs: [@Sendable () -> Void] = []
    if let address = settings.pingURL {
      jobs.append { [self] in
        // A start ping that arrived after the end ping would begin a run that never ends.
        if hasBegun { _ = startIsSent.wait(timeout: giveUpTime) }
        let path = outcome.exitCode == 0 ? "" : "/\(outcome.exitCode)"
        ping(address, path, body: outcome.summary, sender)
      }
    }
    if let address = settings.webhookURL, outcome.exitCode != 64, outcome.exitCode != 75 {
      jobs.append { [self] in postWebhook(address, outcome, sender) }
    }
    let done = DispatchSemaphore(value: 0)
    let started = jobs.filter { job in
      WorkerThread {
        job()
        done.signal()
      } != nil
    }
    for _ in started where done.wait(timeout: giveUpTime) == .timedOut {
      warn("a ping or webhook was not delivered in time")
    }
  }

  private func after(_ seconds: Double) -> Date { Date(timeIntervalSinceNow: seconds) }

  private func ping(_ address: String, _ path: String, body: String, _ sender: RetryingSender) {
    let base = address.hasSuffix("/") ? String(address.dropLast()) : address
    guard let url = URL(string: base + path) else { return }
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.setValue("text/plain", forHTTPHeaderField: "Content-Type")
    request.setValue("tieout/\(BuildInfo.version)", forHTTPHeaderField: "User-Agent")
    request.httpBody = Data(body.utf8)
    do {
      try sender.send { _ in request }
    } catch {
      warn("the ping was not delivered: \(error)")
    }
  }

  private func postWebhook(_ address: String, _ outcome: RunOutcome, _ sender: RetryingSender) {
    do {
      let signature = try WebhookSignature(keyFile: settings.webhookSecretFile ?? "")
      guard let url = URL(string: address) else { return }
      let body = Data(try JSONDocument.text(WebhookMessage(outcome), .compact).utf8)
      let identifier = UUID().uuidString.lowercased()
      try sender.send { attempt in
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("tieout/\(BuildInfo.version)", forHTTPHeaderField: "User-Agent")
        // The same for every attempt, so that receivers can recognise repetitions.
        request.setValue(identifier, forHTTPHeaderField: "Tieout-Delivery")
        request.setValue("\(attempt)", forHTTPHeaderField: "Tieout-Attempt")
        request.setValue(
          signature.value(of: body, at: clock.now()),
          forHTTPHeaderField: WebhookSignature.header)
        return request
      }
    } catch {
      warn("the webhook was not delivered: \(error)")
    }
  }

  private func warn(_ message: String) {
    log.log(LogEvent(level: .warning, event: "notification_failed", message: message))
  }
}
