import NIOSSL
import Synchronization

/// Why a listener with TLS cannot begin.
public struct TLSError: Error, CustomStringConvertible {
  /// What is the matter, and what to do about it.
  public let description: String
}

/// The certificates of the partners' listener: its own, and whose clients it takes.
final class PartnerTLS: Sendable {
  /// The files, all PEM.
  struct Files: Sendable {
    /// The server's certificate, with those between it and its root behind it.
    let certificate: String
    /// Its private key.
    let key: String
    /// The authorities whose clients are let in.
    let clientAuthority: String
  }

  private let files: Files
  private let current: Mutex<NIOSSLContext>

  /// - Throws: `TLSError` that names the file that cannot be used.
  init(_ files: Files) throws(TLSError) {
    self.files = files
    current = Mutex(try Self.read(files))
  }

  /// The context for a connection that begins.
  var context: NIOSSLContext { current.withLock { $0 } }

  /// Reads the files again. Connections that are open go on as they are.
  ///
  /// - Throws: `TLSError`; the certificates stay as they were.
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
      throw TLSError(description: "there is no certificate in the files of the partners' listener")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.trustRoots = .certificates(authorities)
    // A client has no host name; that it must show a certificate of the authorities stays.
    configuration.certificateVerification = .noHostnameVerification
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw TLSError(
        description: "\(files.certificate) and \(files.key) do not go together: \(error)")
    }
  }

  private static func pem<Value>(
    _ path: String, _ what: String, _ read: (String) throws -> Value
  ) throws(TLSError) -> Value {
    do {
      return try read(path)
    } catch {
      throw TLSError(description: "\(path) does not hold \(what) in PEM form: \(error)")
    }
  }
}
