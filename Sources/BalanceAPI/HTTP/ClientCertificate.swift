import Digests
import NIOCore
import NIOSSL

/// The certificate that a client presented in its TLS handshake.
struct ClientCertificate: Hashable {
  /// The SHA-256 of the certificate in DER, to which a token may be bound. Source: RFC 8705, section 3.1.
  let thumbprint: [UInt8]

  init(thumbprint: [UInt8]) { self.thumbprint = thumbprint }

  /// The certificate of a connection; `nil` if the client presented none.
  init?(_ pipeline: ChannelPipeline) {
    guard let certificate = try? pipeline.syncOperations.nioSSL_peerCertificate(),
      let bytes = try? certificate.toDERBytes()
    else { return nil }
    thumbprint = SHA256.hash(bytes)
  }
}
