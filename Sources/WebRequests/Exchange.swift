import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// One request and its response.
final class Exchange: NSObject, URLSessionDataDelegate {
  private struct State {
    var body = Data()
    var session: URLSession?
    var completion: (@Sendable (Result<WebClient.Response, any Error>) -> Void)?
  }

  private let request: URLRequest
  private let timeoutSeconds: TimeInterval
  private let responseBytesMax: Int
  private let state = Mutex(State())

  init(_ request: URLRequest, timeoutSeconds: TimeInterval, responseBytesMax: Int) {
    self.request = request
    self.timeoutSeconds = timeoutSeconds
    self.responseBytesMax = responseBytesMax
  }

  /// Sends the request. The completion is called once, on a thread of the session.
  func start(_ completion: @escaping @Sendable (Result<WebClient.Response, any Error>) -> Void) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = timeoutSeconds
    configuration.timeoutIntervalForResource = timeoutSeconds
    configuration.httpCookieStorage = nil
    configuration.urlCache = nil
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    state.withLock {
      $0.session = session
      $0.completion = completion
    }
    session.dataTask(with: request).resume()
    // The session's limits apply to stalled transfers; this one applies to the whole exchange.
    DispatchQueue.global().asyncAfter(deadline: .now() + timeoutSeconds) { [weak self] in
      self?.finish(
        .failure(WebError("no complete response within \(self?.timeoutSeconds ?? 0) seconds")))
    }
  }

  func cancel() { finish(.failure(CancellationError())) }

  private func finish(_ result: Result<WebClient.Response, any Error>) {
    let (completion, session) = state.withLock { state in
      defer { (state.completion, state.session) = (nil, nil) }
      return (state.completion, state.session)
    }
    session?.invalidateAndCancel()
    completion?(result)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLong = state.withLock { state in
      state.body.append(data)
      return state.body.count > responseBytesMax
    }
    if isTooLong {
      finish(.failure(WebError("the response is larger than \(responseBytesMax) bytes")))
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    if let error { return finish(.failure(WebError(error.localizedDescription))) }
    guard let response = task.response as? HTTPURLResponse else {
      return finish(.failure(WebError("the response is not HTTP")))
    }
    let body = state.withLock { $0.body }
    finish(.success(WebClient.Response(status: response.statusCode, body: body)))
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}
