import NIOSSL
import Synchronization

/// A TLS listener cannot be set up.
public struct TLSError: Error, CustomStringConvertible {
  /// The file, what is wrong with it, and the remedy.
  public let description: String
}

/// The partner listener's certificate and the authorities whose clients it accepts.
final class PartnerTLS: Sendable {
  /// The files, all PEM.
  struct Files: Sendable {
    /// The server's certificate, followed by its intermediate certificates.
    let certificate: String
    /// Its private key.
    let key: String
    /// The authorities whose client certificates are accepted.
    let clientAuthority: String
  }

  private let files: Files
  private let current: Mutex<NIOSSLContext>

  /// - Throws: `TLSError`, naming the file that cannot be used.
  init(_ files: Files) throws(TLSError) {
    self.files = files
    current = Mutex(try Self.read(files))
  }

  /// The context for new connections.
  var context: NIOSSLContext { current.withLock { $0 } }

  /// Rereads the files. Open connections are not affected.
  ///
  /// - Throws: `TLSError`; the present certificates stay in use.
  func reload() throws(TLSError) {
    let context = try Self.read(files)
    current.withLock { $0 = context }
  }

  private static func read(_ files: Files) throws(TLSError) -> NIOSSLContext {
    let chain = try pem(files.certificate, "a certificate") {
      try NIOSSLCertificate.fromPEMFile($0)
    }
    let key = try pem(files.key, "a private key") { try NIOSSLPrivateKey(file: $0, format: .pem) }
    let authorities = try pem(files.clientAuthority, "a certificate") {
      try NIOSSLCertificate.fromPEMFile($0)
    }
    guard !chain.isEmpty, !authorities.isEmpty else {
      throw TLSError(
        description:
          "\(chain.isEmpty ? files.certificate : files.clientAuthority) has no certificate. Give a PEM file with one."
      )
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.trustRoots = .certificates(authorities)
    // Clients have no host name to verify; they must still present a certificate of the authorities.
    configuration.certificateVerification = .noHostnameVerification
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw TLSError(
        description: "\(files.certificate) and \(files.key) cannot be used together: \(error)")
    }
  }

  private static func pem<Value>(
    _ path: String, _ what: String, _ read: (String) throws -> Value
  ) throws(TLSError) -> Value {
    do {
      return try read(path)
    } catch {
      throw TLSError(description: "\(path) is not \(what) in PEM format: \(error)")
    }
  }
}
