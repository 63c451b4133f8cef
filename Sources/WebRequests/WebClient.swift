import Dispatch
public import Foundation
public import FoundationNetworking
import Synchronization

/// Sends single HTTP requests, such as fetching a key set or notifying a webhook.
///
/// Redirects are not followed: requests and their content are for the named host only.
public struct WebClient: Sendable {
  /// A response, whatever its status.
  public struct Response: Sendable {
    /// The HTTP status, 100 to 599.
    public let status: Int
    /// The body, at most `responseBytesMax` long.
    public let body: Data
  }

  private let timeoutSeconds: TimeInterval
  private let responseBytesMax: Int

  /// Creates a client.
  ///
  /// - Parameters:
  ///   - timeoutSeconds: the limit for the whole exchange, from the first byte sent to the last received.
  ///   - responseBytesMax: the most bytes that a response's body may have.
  public init(timeoutSeconds: TimeInterval = 10, responseBytesMax: Int = 1 << 20) {
    self.timeoutSeconds = timeoutSeconds
    self.responseBytesMax = responseBytesMax
  }

  /// Sends a request and waits for the whole response.
  ///
  /// - Throws: `WebError` if it did not arrive in time or is too large.
  public func send(_ request: URLRequest) async throws -> Response {
    let exchange = Exchange(
      request, timeoutSeconds: timeoutSeconds, responseBytesMax: responseBytesMax)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        exchange.start { continuation.resume(with: $0) }
      }
    } onCancel: {
      exchange.cancel()
    }
  }

  /// Sends a request and blocks the calling thread until the whole response has arrived.
  ///
  /// - Throws: `WebError` if it did not arrive in time or is too large.
  public func sendAndWait(_ request: URLRequest) throws -> Response {
    let (outcome, done) = (Outcome(), DispatchSemaphore(value: 0))
    Exchange(request, timeoutSeconds: timeoutSeconds, responseBytesMax: responseBytesMax).start {
      result in
      outcome.result.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    guard let result = outcome.result.withLock({ $0 }) else { throw WebError("no response") }
    return try result.get()
  }
}

/// The outcome of a request, for the thread that waits for it.
private final class Outcome: Sendable {
  let result = Mutex<Result<WebClient.Response, any Error>?>(nil)
}

/// A request got no usable response.
public struct WebError: Error, CustomStringConvertible {
  /// What went wrong.
  public let description: String

  /// Creates an error with a description.
  public init(_ description: String) {
    self.description = description
  }
}
