#if OPENSSL
  import COpenSSL

  /// An `EVP_MD_CTX` of libcrypto for SHA-256, freed with its last reference.
  ///
  /// Only one `SHA256` value writes to a context: it copies a context that others refer to first. So a
  /// context may pass between threads as the value does.
  final class DigestContext: @unchecked Sendable {
    private let pointer: OpaquePointer

    init() {
      pointer = Self.allocate()
      precondition(EVP_DigestInit_ex(pointer, EVP_sha256(), nil) == 1, "SHA-256 is unavailable")
    }

    private init(copyOf other: DigestContext) {
      pointer = Self.allocate()
      precondition(EVP_MD_CTX_copy_ex(pointer, other.pointer) == 1, "out of memory")
    }

    deinit { EVP_MD_CTX_free(pointer) }

    private static func allocate() -> OpaquePointer {
      guard let pointer = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
      return pointer
    }

    func copy() -> DigestContext { DigestContext(copyOf: self) }

    func update(_ bytes: UnsafeRawBufferPointer) {
      precondition(EVP_DigestUpdate(pointer, bytes.baseAddress, bytes.count) == 1)
    }

    /// Ends the computation; nothing can be added after it.
    func finalize() -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
        precondition(EVP_DigestFinal_ex(pointer, buffer.baseAddress, nil) == 1)
        count = SHA256.byteCount
      }
    }
  }
#endif
