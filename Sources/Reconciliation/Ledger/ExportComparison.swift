public import LedgerDomain

/// A part of an export, as a directory or a manifest shows it.
public struct ExportedPart: Hashable, Sendable {
  /// The file's name.
  public let file: String
  /// The size on disk, in bytes; `nil` if it is not known.
  public let bytes: Int?
  /// The SHA-256 in lower-case hexadecimal; `nil` if it is not known.
  public let sha256: String?

  /// A part with that name.
  public init(file: String, bytes: Int?, sha256: String? = nil) {
    self.file = file
    self.bytes = bytes
    self.sha256 = sha256
  }
}

/// One part of a closed date's export that is not as the close read it.
public struct PartDifference: Hashable, Sendable, CustomStringConvertible {
  /// What differs.
  public enum Kind: Hashable, Sendable {
    /// The close did not read it.
    case added
    /// It is no longer there.
    case removed
    /// It has another size, in bytes.
    case resized(from: Int, to: Int)
    /// It has the same size and other contents.
    case rewritten
    /// It is there, and its size cannot be told.
    case unreadable
    /// The manifest lists it; the close did not read it.
    case listedOnly
    /// The manifest does not list it; the close read it.
    case unlisted
    /// The manifest gives it another size, in bytes.
    case listedSize(from: Int, to: Int)
    /// The manifest gives it another SHA-256.
    case listedDigest
  }

  /// The file's name.
  public let file: String
  /// What differs.
  public let kind: Kind

  /// A difference of that kind.
  public init(_ file: String, _ kind: Kind) {
    self.file = file
    self.kind = kind
  }

  /// Whether it is the manifest that differs, not the part itself.
  public var isOfManifest: Bool {
    switch kind {
    case .added, .removed, .resized, .rewritten, .unreadable: false
    case .listedOnly, .unlisted, .listedSize, .listedDigest: true
    }
  }

  /// The difference as a clause.
  public var description: String {
    switch kind {
    case .added: "\(file) is new"
    case .removed: "\(file) is gone"
    case .resized(let from, let to): "\(file) has \(to.counted("byte")) instead of \(from)"
    case .rewritten: "\(file) has other contents"
    case .unreadable: "\(file) cannot be read"
    case .listedOnly: "manifest.json lists \(file), which was not closed"
    case .unlisted: "manifest.json does not list \(file), which was closed"
    case .listedSize(let from, let to):
      "manifest.json gives \(file) \(to.counted("byte")) instead of \(from)"
    case .listedDigest: "manifest.json gives \(file) another SHA-256"
    }
  }
}

/// Compares the export of a closed date with the parts that its close read, without reading a part.
public enum ExportComparison {
  private static let namedMax = 5

  /// What differs, in the order of the parts' names.
  ///
  /// - Parameters:
  ///   - closed: the parts that the close read.
  ///   - present: the parts that are there now.
  ///   - listed: the parts that the manifest lists; `nil` if it lists none, or need not be compared.
  /// - Complexity: linear if nothing differs and both are in the same order.
  public static func differences(
    closed: [InputPart], present: [ExportedPart], listed: [ExportedPart]?
  ) -> [PartDifference] {
    let isSame =
      closed.count == present.count
      && zip(closed, present).allSatisfy {
        $0.bytes == $1.bytes && ExactText($0.file) == ExactText($1.file)
      }
    if isSame && listed == nil { return [] }
    let closedParts = Dictionary(
      closed.map { (ExactText($0.file), $0) }, uniquingKeysWith: { $1 })
    var differences: [PartDifference] = []
    if !isSame { differences += ofParts(closedParts, present) }
    if let listed { differences += ofManifest(closedParts, listed) }
    return differences.sorted { ExactText($0.file) < ExactText($1.file) }
  }

  private static func ofParts(
    _ closed: [ExactText: InputPart], _ present: [ExportedPart]
  ) -> [PartDifference] {
    var missing = closed
    let changed: [PartDifference] = present.compactMap { part in
      guard let before = missing.removeValue(forKey: ExactText(part.file)) else {
        return PartDifference(part.file, .added)
      }
      guard let bytes = part.bytes else { return PartDifference(part.file, .unreadable) }
      return bytes == before.bytes
        ? nil : PartDifference(part.file, .resized(from: before.bytes, to: bytes))
    }
    return changed + missing.keys.map { PartDifference($0.text, .removed) }
  }

  private static func ofManifest(
    _ closed: [ExactText: InputPart], _ listed: [ExportedPart]
  ) -> [PartDifference] {
    var unlisted = closed
    let changed: [PartDifference] = listed.compactMap { part in
      guard let before = unlisted.removeValue(forKey: ExactText(part.file)) else {
        return PartDifference(part.file, .listedOnly)
      }
      if let bytes = part.bytes, bytes != before.bytes {
        return PartDifference(part.file, .listedSize(from: before.bytes, to: bytes))
      }
      guard let sha256 = part.sha256, sha256 != before.sha256 else { return nil }
      return PartDifference(part.file, .listedDigest)
    }
    return changed + unlisted.keys.map { PartDifference($0.text, .unlisted) }
  }

  /// The differences in a phrase; the first few of many.
  public static func phrase(_ differences: [PartDifference]) -> String {
    let named = differences.prefix(namedMax).map(\.description).joined(separator: ", ")
    let more = differences.count - namedMax
    return more > 0 ? "\(named), and \(more.counted("more difference"))" : named
  }
}
