import Dispatch
public import Foundation
public import FoundationNetworking
import Synchronization

/// Sends single HTTP requests: a key set asked for, a run's outcome told.
///
/// Redirects are not followed, since what is asked for or told is meant for the named host alone.
public struct WebClient: Sendable {
  /// An answer, whatever its status.
  public struct Answer: Sendable {
    /// The HTTP status, 100 to 599.
    public let status: Int
    /// The body, at most as long as was allowed.
    public let body: Data
  }

  private let timeoutSeconds: TimeInterval
  private let answerBytesMax: Int

  /// A client.
  ///
  /// - Parameters:
  ///   - timeoutSeconds: how long an answer may take, from the first byte sent to the last received.
  ///   - answerBytesMax: how long a body may be.
  public init(timeoutSeconds: TimeInterval = 10, answerBytesMax: Int = 1 << 20) {
    self.timeoutSeconds = timeoutSeconds
    self.answerBytesMax = answerBytesMax
  }

  /// Sends a request and waits for the whole answer.
  ///
  /// - Throws: `WebError` if there was none in time, or it was too long.
  public func send(_ request: URLRequest) async throws -> Answer {
    let exchange = Exchange(
      request, timeoutSeconds: timeoutSeconds, answerBytesMax: answerBytesMax)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        exchange.start { continuation.resume(with: $0) }
      }
    } onCancel: {
      exchange.cancel()
    }
  }

  /// Sends a request and blocks the calling thread until the whole answer is there.
  ///
  /// - Throws: `WebError` if there was none in time, or it was too long.
  public func sendAndWait(_ request: URLRequest) throws -> Answer {
    let (outcome, done) = (Outcome(), DispatchSemaphore(value: 0))
    Exchange(request, timeoutSeconds: timeoutSeconds, answerBytesMax: answerBytesMax).start {
      result in
      outcome.result.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    guard let result = outcome.result.withLock({ $0 }) else { throw WebError("no answer") }
    return try result.get()
  }
}

/// What became of a request, for the thread that waits for it.
private final class Outcome: Sendable {
  let result = Mutex<Result<WebClient.Answer, any Error>?>(nil)
}

/// Why there is no answer.
public struct WebError: Error, CustomStringConvertible {
  /// What is the matter.
  public let description: String

  /// An error with that sentence.
  public init(_ description: String) {
    self.description = description
  }
}
