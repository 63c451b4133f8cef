public import Foundation
import FoundationNetworking
import WebRequests

/// An issuer's key set cannot be read.
public struct KeySourceError: Error, CustomStringConvertible {
  /// What is wrong, and the remedy.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// The source of an issuer's key set.
public enum KeySource: Sendable, CustomStringConvertible {
  /// A file.
  case file(String)
  /// An HTTPS address, or an HTTP address on this machine.
  case address(URL)

  /// The source with a URL or a file path.
  ///
  /// - Throws: `KeySourceError` if the URL is invalid or not secure.
  public init(_ text: String) throws {
    guard let scheme = text.range(of: "://") else {
      self = .file(text)
      return
    }
    guard let url = URL(string: text), let host = url.host, !host.isEmpty else {
      throw KeySourceError("'\(text)' is not a valid URL. Give a file or an https URL.")
    }
    let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
    switch text[..<scheme.lowerBound].lowercased() {
    case "https": break
    case "http" where isLocal: break
    default:
      throw KeySourceError(
        "'\(text)' is not secure: others on the network could replace the keys. Use an https URL.")
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

  /// The current document, at most 1 MiB.
  func document() async throws -> Data {
    switch self {
    case .file(let path):
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw KeySourceError("\(path) cannot be read. Check the path and its permissions.")
      }
      defer { try? handle.close() }
      let data = try handle.read(upToCount: Self.documentBytesMax + 1) ?? Data()
      guard data.count <= Self.documentBytesMax else {
        throw KeySourceError("\(path) is larger than 1 MiB. Give a JSON Web Key Set.")
      }
      return data
    case .address(let url):
      var request = URLRequest(url: url)
      request.setValue("application/json", forHTTPHeaderField: "Accept")
      let response = try await WebClient(responseBytesMax: Self.documentBytesMax).send(request)
      guard response.status == 200 else {
        throw KeySourceError(
          "\(url.absoluteString) responded with status \(response.status). Check the URL.")
      }
      return response.body
    }
  }

  private static let documentBytesMax = 1 << 20
}
