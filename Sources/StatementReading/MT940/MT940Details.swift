import LedgerDomain

/// What the field `:86:` says of an entry: its text and references.
///
/// Banks write it in one of three ways: in numbered subfields (`166?00CREDIT?20EREF+…`), with codes
/// between slashes (`/EREF/…/REMI/…`), or as text. SEPA's labels (`EREF+`) may stand in any of them.
struct MT940Details {
  private(set) var text: String?
  private(set) var references: [BankReference] = []

  /// Reads the lines of a field.
  init(_ lines: [ArraySlice<UInt8>]) {
    let separator = MT940Subfields.separator(of: lines)
    let bytes = Self.joined(lines, subfieldSeparator: separator)
    var found = MT940References()
    var remittance: ArraySlice<UInt8>
    if let separator {
      let subfields = MT940Subfields(bytes[...], separator: separator)
      remittance = Self.labelled(subfields.purpose[...], &found)
      if remittance.isEmpty { remittance = subfields.bookingText }
    } else if let codes = MT940SlashCodes(bytes[...]) {
      for (kind, value) in codes.references { found.add(kind, value) }
      remittance = Self.labelled(codes.remittance, &found)
    } else {
      remittance = Self.labelled(bytes[...], &found)
    }
    for reference in CreditorReference.all(in: remittance) { found.add(reference) }
    references = found.list
    text = SingleLineText.of(CollectionOfOne(remittance))
  }

  /// Adds the references that have labels; the remittance text without them.
  private static func labelled(
    _ bytes: ArraySlice<UInt8>, _ found: inout MT940References
  ) -> ArraySlice<UInt8> {
    guard let labels = MT940Labels(bytes) else { return bytes }
    for (kind, value) in labels.references { found.add(kind, value) }
    return labels.remittance[...]
  }

  /// The lines as one, with a space between two of them where none is in the middle of a word.
  ///
  /// A line of text may have 65 characters. One that has is full: what follows it may be the rest of a
  /// word. Coded fields are filled without regard to words, and by some banks the tag is counted too.
  private static func joined(
    _ lines: [ArraySlice<UInt8>], subfieldSeparator: UInt8?
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lines.reduce(lines.count) { $0 + $1.count })
    let isCoded = subfieldSeparator != nil || lines.first?.first == UInt8(ascii: "/")
    let fullCount = isCoded ? 61 : 65
    for (index, line) in lines.enumerated() {
      bytes.append(contentsOf: line)
      guard index + 1 < lines.count else { break }
      let next = lines[index + 1]
      let isAtSubfield =
        subfieldSeparator != nil
        && (next.first == subfieldSeparator || line.last == subfieldSeparator)
      let isInTime =
        next.first == UInt8(ascii: ":") && line.last.map(MT940Bytes.isDigit) == true
      if !isAtSubfield, !isInTime, line.count < fullCount, characterCount(line) < fullCount {
        bytes.append(0x20)
      }
    }
    return bytes
  }

  /// Characters of UTF-8.
  private static func characterCount(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }
}
