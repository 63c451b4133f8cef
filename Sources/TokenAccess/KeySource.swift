public import Foundation
import FoundationNetworking
import WebRequests

/// Why an issuer's keys cannot be had.
public struct KeySourceError: Error, CustomStringConvertible {
  /// What is the matter, and what to do about it.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Where an issuer's keys are.
public enum KeySource: Sendable, CustomStringConvertible {
  /// A file.
  case file(String)
  /// An address, asked over HTTPS; over HTTP on this machine only.
  case address(URL)

  /// The source that a text names: a URL, else a path.
  ///
  /// - Throws: `KeySourceError` if it is a URL that must not be trusted.
  public init(_ text: String) throws {
    guard let scheme = text.range(of: "://") else {
      self = .file(text)
      return
    }
    guard let url = URL(string: text), let host = url.host, !host.isEmpty else {
      throw KeySourceError("'\(text)' is not a URL")
    }
    let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
    switch text[..<scheme.lowerBound].lowercased() {
    case "https": break
    case "http" where isLocal: break
    default:
      throw KeySourceError(
        "keys are asked for over https only, so that nobody can put others in their place")
    }
    self = .address(url)
  }

  /// The path or the URL.
  public var description: String {
    switch self {
    case .file(let path): path
    case .address(let url): url.absoluteString
    }
  }

  /// The document as it is now, at most 1 MiB.
  func document() async throws -> Data {
    switch self {
    case .file(let path):
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw KeySourceError("\(path) cannot be read. Check the path and its permissions.")
      }
      defer { try? handle.close() }
      let data = try handle.read(upToCount: Self.documentBytesMax + 1) ?? Data()
      guard data.count <= Self.documentBytesMax else {
        throw KeySourceError("\(path) is longer than 1 MiB")
      }
      return data
    case .address(let url):
      var request = URLRequest(url: url)
      request.setValue("application/json", forHTTPHeaderField: "Accept")
      let answer = try await WebClient(answerBytesMax: Self.documentBytesMax).send(request)
      guard answer.status == 200 else {
        throw KeySourceError("\(url.absoluteString) answers with \(answer.status)")
      }
      return answer.body
    }
  }

  private static let documentBytesMax = 1 << 20
}
