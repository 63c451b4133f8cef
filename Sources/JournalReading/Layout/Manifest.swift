import Digests
import FoundationEssentials
public import LedgerDomain

/// The exporter's own statement of what it exported for a date. All of it is checked.
public struct Manifest: Sendable {
  /// What it states about one part.
  public struct Part: Sendable {
    /// The part's name.
    public let file: String
    /// Its size on disk, in bytes.
    public let bytes: Int?
    /// Its SHA-256, in lower-case hexadecimal.
    public let sha256: String?
    /// How many entries it holds.
    public let entryCount: Int?
  }

  /// What it states about the date as a whole.
  public let totals: ExportTotals
  /// The SHA-256 of the file, in lower-case hexadecimal.
  public let sha256: String
  /// The parts it lists, which may be none; `nil` if it has no list of parts.
  public let parts: [Part]?

  /// Reads a manifest and checks that it belongs to the tenant and date.
  ///
  /// - Throws: `ReadingError` with `invalid_manifest` if it is not JSON, has a field of the wrong
  ///   type, or belongs to another tenant or date.
  public static func read(
    at path: String, tenant: TenantID, date: BusinessDate
  ) throws(ReadingError) -> Manifest {
    let content = try InflatedFile.bytes(at: path)
    let bytes = content.dropFirst(
      content.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0)
    if let fault = JSONSyntax.fault(in: bytes) {
      throw ReadingError(
        .invalidManifest, file: "manifest.json", byteOffset: bytes.startIndex + fault.offset,
        message: "is not valid JSON: \(fault.reason). Ask the exporter for it again.")
    }
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch {
      throw invalid(describe(error))
    }
    if let named = document.tenant_id, TenantID(named) != tenant {
      throw invalid("it belongs to tenant \(named)")
    }
    if let named = document.date, BusinessDate(named) != date {
      throw invalid("it belongs to date \(named)")
    }
    return try document.manifest(sha256: Hexadecimal.text(SHA256.hash(content)))
  }

  fileprivate static func invalid(_ reason: String) -> ReadingError {
    ReadingError(
      .invalidManifest, file: "manifest.json",
      message: "cannot be used: \(reason). Ask the exporter for it again.")
  }

  private static func describe(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func path(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
        .joined()
      return path.isEmpty ? "the manifest" : String(path.drop { $0 == "." })
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(path(context)) has no \(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      return "\(path(context)) has the wrong type"
    @unknown default: return "\(error)"
    }
  }
}

/// The manifest as it is written.
private struct Document: Decodable {
  struct Control: Decodable {
    var currency: String
    var layer: String
    var dr_minor: WideInteger
    var cr_minor: WideInteger
  }
  struct Part: Decodable {
    var file: String
    var bytes: Int?
    var sha256: String?
    var entry_count: Int?
  }
  var tenant_id: String?
  var date: String?
  var entry_count: Int?
  var line_count: Int?
  var control_totals: [Control]?
  var parts: [Part]?

  func manifest(sha256: String) throws(ReadingError) -> Manifest {
    var controls: [CurrencyLayer: WideTotals]?
    for control in control_totals ?? [] {
      guard let currency = CurrencyCode(control.currency),
        let layer = EntryLayer(code: control.layer)
      else {
        throw Manifest.invalid(
          "control_totals has an unknown currency or layer: \(control.currency) \(control.layer)")
      }
      let pair = CurrencyLayer(currency: currency, layer: layer)
      guard controls?[pair] == nil else {
        throw Manifest.invalid("control_totals has \(pair) twice")
      }
      var totals = WideTotals()
      totals.debitMinor = control.dr_minor.value
      totals.creditMinor = control.cr_minor.value
      controls = (controls ?? [:]).merging([pair: totals]) { _, new in new }
    }
    let counts = [entry_count, line_count] + (parts ?? []).flatMap { [$0.bytes, $0.entry_count] }
    guard counts.allSatisfy({ $0 ?? 0 >= 0 }) else { throw Manifest.invalid("a count is negative") }
    let named = (parts ?? []).map(\.file)
    guard Set(named.map(ExactText.init)).count == named.count else {
      throw Manifest.invalid("it lists a part twice")
    }
    return Manifest(
      totals: ExportTotals(
        entryCount: entry_count, lineCount: line_count,
        controlTotals: controls ?? (control_totals == nil ? nil : [:])),
      sha256: sha256,
      parts: parts?.map {
        Manifest.Part(
          file: $0.file, bytes: $0.bytes, sha256: $0.sha256?.lowercased(),
          entryCount: $0.entry_count)
      })
  }
}

/// An integer from 0 to 2^127 − 1, written as a number or as a string of digits.
private struct WideInteger: Decodable {
  let value: Int128

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self), let value = Int128(text),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      self.value = value
    } else {
      value = try container.decode(Int128.self)
    }
    guard value >= 0 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "an amount is negative")
    }
  }
}
