/// An algorithm that tokens may be signed with.
public enum TokenAlgorithm: String, Sendable, CaseIterable {
  /// RSASSA-PKCS1-v1_5 with SHA-256.
  case rs256 = "RS256"
  /// ECDSA on P-256 with SHA-256.
  case es256 = "ES256"
}

/// What selects a key: its identifier and the one algorithm that it is for.
///
/// A token names both. Nothing else is tried: there is no default key, and no key serves two
/// algorithms.
struct KeyID: Hashable, Sendable {
  let identifier: String
  let algorithm: TokenAlgorithm
}
