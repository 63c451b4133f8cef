import LedgerDomain

/// A 64-bit checksum of what a look-up answers with. The same content has the same checksum in every run
/// and on every machine.
///
/// Damage passes unnoticed with a chance of 1 in 2^64, or in 2^32 where a balance's entry keeps half of it.
/// Whoever changes a store on purpose can make the checksum again; the digests of the chain are against that.
struct ProofChecksum {
  /// What is proved. Equal content of two kinds has different checksums.
  enum Kind: UInt64 {
    case balance = 1
    case page, date, tenant, tenantName
  }

  private var state: UInt64

  init(_ kind: Kind) { state = Fingerprint.mix(kind.rawValue, 0x7469_656F_7574) }

  mutating func add(_ value: Int64) {
    state = Fingerprint.mix(state, UInt64(bitPattern: value))
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    // SQLite gives no address for empty bytes.
    let start = bytes.isEmpty ? nil : bytes.bindMemory(to: UInt8.self).baseAddress
    let fingerprint = start.map { Fingerprint.of($0, count: bytes.count) } ?? 0
    state = Fingerprint.mix(state, fingerprint ^ UInt64(bytes.count))
  }

  var value: Int64 { Int64(bitPattern: state) }

  /// The checksum of a tenant's name and number: those of all tenants are added up.
  static func of(tenant: String, reference: Int64) -> Int64 {
    var checksum = ProofChecksum(.tenantName)
    checksum.add(tenant)
    checksum.add(reference)
    return checksum.value
  }
}
