import Foundation
import FoundationNetworking
import WebRequests

/// Sends a request until it is taken, it is refused for good, or time is up.
struct Delivery {
  /// Why a request was not delivered; it says nothing of the address but its host.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let firstPauseSeconds = 0.5
  private static let attemptSecondsMax = 10.0

  /// When to give up.
  let deadline: Date
  /// How often to try at most.
  var attemptsMax = Int.max

  /// Sends a request, again and again with growing pauses.
  ///
  /// - Parameter request: makes the request of an attempt, from 1.
  func send(_ request: (_ attempt: Int) -> URLRequest) throws(Failure) {
    var pause = Self.firstPauseSeconds
    var attempt = 1
    while true {
      let request = request(attempt)
      let failure = Self.attempt(
        request, seconds: min(Self.attemptSecondsMax, max(0.2, deadline.timeIntervalSinceNow)))
      guard let failure else { return }
      let isTimeLeft = deadline.timeIntervalSinceNow > pause
      guard failure.isWorthTrying && isTimeLeft && attempt < attemptsMax else {
        let host = request.url?.host() ?? ""
        throw Failure(
          description:
            "\(host) \(failure.reason), after \(attempt) attempt\(attempt > 1 ? "s" : "")")
      }
      Thread.sleep(forTimeInterval: pause)
      pause *= 2
      attempt += 1
    }
  }

  /// - Returns: why the request was not taken; `nil` if it was.
  private static func attempt(
    _ request: URLRequest, seconds: Double
  ) -> (reason: String, isWorthTrying: Bool)? {
    do {
      let status = try WebClient(timeoutSeconds: seconds, answerBytesMax: 64 << 10)
        .sendAndWait(request).status
      if (200..<300).contains(status) { return nil }
      // Too early, too many, or the other side's own failure; else it is refused for good.
      let isWorthTrying = status >= 500 || [408, 425, 429].contains(status)
      return ("answered \(status)", isWorthTrying)
    } catch {
      var reason = "\(error)"
      // Not that the address should be in it, but what is in it is not ours to say.
      if let address = request.url?.absoluteString {
        reason = reason.replacingOccurrences(of: address, with: "the address")
      }
      return ("did not answer (\(reason))", true)
    }
  }
}
