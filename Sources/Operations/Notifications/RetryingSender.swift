import Foundation
import FoundationNetworking
import WebRequests

/// Sends a request until it succeeds, is refused permanently, or time runs out.
struct RetryingSender {
  /// Why a request was not delivered. Of the address, it reveals only the host.
  struct DeliveryError: Error, CustomStringConvertible {
    let description: String
  }

  private static let firstPauseSeconds = 0.5
  private static let attemptSecondsMax = 10.0

  /// When to give up.
  let deadline: Date
  /// The maximum number of attempts.
  var attemptsMax = Int.max

  /// Sends a request, doubling the pause before each further attempt.
  ///
  /// - Parameter request: makes the request of an attempt; attempts are counted from 1.
  func send(_ request: (_ attempt: Int) -> URLRequest) throws(DeliveryError) {
    var pause = Self.firstPauseSeconds
    var attempt = 1
    while true {
      let request = request(attempt)
      let failure = Self.attempt(
        request, seconds: min(Self.attemptSecondsMax, max(0.2, deadline.timeIntervalSinceNow)))
      guard let failure else { return }
      let isTimeLeft = deadline.timeIntervalSinceNow > pause
      guard failure.isRetryable && isTimeLeft && attempt < attemptsMax else {
        let host = request.url?.host() ?? ""
        throw DeliveryError(
          description:
            "\(host) \(failure.reason), after \(attempt) attempt\(attempt > 1 ? "s" : "")")
      }
      Thread.sleep(forTimeInterval: pause)
      pause *= 2
      attempt += 1
    }
  }

  /// - Returns: why the attempt failed; `nil` if it succeeded.
  private static func attempt(
    _ request: URLRequest, seconds: Double
  ) -> (reason: String, isRetryable: Bool)? {
    do {
      let status = try WebClient(timeoutSeconds: seconds, responseBytesMax: 64 << 10)
        .sendAndWait(request).status
      if (200..<300).contains(status) { return nil }
      // Timeouts, rate limits and server errors may pass; other statuses are permanent.
      let isRetryable = status >= 500 || [408, 425, 429].contains(status)
      return ("responded with status \(status)", isRetryable)
    } catch {
      var reason = "\(error)"
      // The library's message may contain the address, which can hold secrets.
      if let address = request.url?.absoluteString {
        reason = reason.replacingOccurrences(of: address, with: "the address")
      }
      return ("could not be reached (\(reason))", true)
    }
  }
}
