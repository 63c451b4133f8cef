import LedgerDomain

/// A supported signature algorithm.
public enum TokenAlgorithm: String, Sendable, CaseIterable {
  /// RSASSA-PKCS1-v1_5 with SHA-256.
  case rs256 = "RS256"
  /// ECDSA on P-256 with SHA-256.
  case es256 = "ES256"
}

/// Selects a key: its identifier (`kid`) and its one algorithm.
///
/// A token names both. There is no default key, and no key serves two algorithms.
struct KeyID: Hashable, Sendable {
  let identifier: ExactText
  let algorithm: TokenAlgorithm

  init(identifier: String, algorithm: TokenAlgorithm) {
    (self.identifier, self.algorithm) = (ExactText(identifier), algorithm)
  }
}
