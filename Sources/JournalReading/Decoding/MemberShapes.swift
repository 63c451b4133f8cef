/// The text that stood between two values of an object: the comma, the next name, the colon, and the
/// white space around them.
struct MemberText {
  /// The longest text that is remembered, in bytes.
  static let bytesMax = 32

  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var masks: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// Its bytes.
  private(set) var count: Int
  /// The number of the field that it names.
  private(set) var field: UInt8
  /// The field's bit among those of the object, 0 for an unknown name.
  private(set) var bit: UInt32
  /// Its name, if the field is unknown.
  private(set) var name = MemberName(offset: 0, count: 0, hasEscapes: false, fingerprint: 0)

  /// A text of at most `bytesMax` bytes that names the field.
  init(_ bytes: JSONScanner.Bytes, count: Int, field: UInt8, name: MemberName?) {
    precondition(count > 0 && count <= Self.bytesMax, "a longer text is not remembered")
    self.count = count
    self.field = field
    if let name { self.name = name }
    bit = name == nil ? 1 << UInt32(field) : 0
    withUnsafeMutableBytes(of: &words) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: count))
    }
    withUnsafeMutableBytes(of: &masks) { masks in
      for index in 0..<count { masks[index] = 0xFF }
    }
  }

  /// A text that stands nowhere: an object that ends is not asked what follows.
  static var none: MemberText {
    withUnsafePointer(to: UInt8(ascii: "}")) { MemberText($0, count: 1, field: 0, name: nil) }
  }

  /// Whether the text is at `bytes`, where 32 bytes must be readable.
  @inline(__always)
  func stands(at bytes: JSONScanner.Bytes) -> Bool {
    let first = (JSONScanner.word(bytes) ^ words.0) & masks.0
    let second = (JSONScanner.word(bytes + 8) ^ words.1) & masks.1
    if first | second != 0 { return false }
    if count <= 16 { return true }
    let third = (JSONScanner.word(bytes + 16) ^ words.2) & masks.2
    let fourth = (JSONScanner.word(bytes + 24) ^ words.3) & masks.3
    return third | fourth == 0
  }
}

/// An unknown name in a remembered text: what finds its repetitions.
struct MemberName {
  /// Where its content begins in the text.
  let offset: Int
  let count: Int
  let hasEscapes: Bool
  /// The fingerprint of the name as decoded.
  let fingerprint: UInt64
}

/// The shapes of one kind of object: after each field, the texts that led to the next value.
///
/// An exporter writes its objects in a few shapes. So the text behind a value is first compared, eight
/// bytes at a time, with the last ones that followed the same field: a comparison covers separators,
/// white space and name. Only if none of them stands there is the text read token by token, and then
/// remembered. A text that stands has been read before, so it can be nothing else the second time.
struct MemberShapes: ~Copyable {
  /// How many texts are remembered behind a field.
  private static let textsPerSlot = 4

  private let names: [StaticString]
  private let texts: UnsafeMutablePointer<MemberText>
  /// The number of known names; as a field number, it means an unknown name.
  let unknown: UInt8

  init(_ fields: [StaticString]) {
    precondition(fields.count < 32, "each field has a bit")
    names = fields
    unknown = UInt8(fields.count)
    let count = (fields.count + 2) * Self.textsPerSlot
    texts = .allocate(capacity: count)
    texts.initialize(repeating: .none, count: count)
  }

  deinit { texts.deallocate() }

  /// The remembered text at `bytes`; `nil` if none of the slot's texts stands there.
  ///
  /// - Parameters:
  ///   - bytes: what follows a value or the opening brace, no closing brace.
  ///   - slot: 0 for an object's first member, else the field before it, plus one.
  @inline(__always)
  func text(at bytes: JSONScanner.Bytes, in slot: Int) -> UnsafePointer<MemberText>? {
    var text = UnsafePointer(texts + slot &* Self.textsPerSlot)
    if text.pointee.stands(at: bytes) { return text }
    let end = text + Self.textsPerSlot
    text += 1
    while text < end {
      if text.pointee.stands(at: bytes) { return text }
      text += 1
    }
    return nil
  }

  /// Remembers a text in place of the slot's oldest, if it is short enough.
  func remember(
    from bytes: JSONScanner.Bytes, to end: JSONScanner.Bytes, field: UInt8, name: MemberName?,
    in slot: Int
  ) {
    guard end - bytes <= MemberText.bytesMax else { return }
    let first = texts + slot * Self.textsPerSlot
    for index in (1..<Self.textsPerSlot).reversed() { first[index] = first[index - 1] }
    first.pointee = MemberText(bytes, count: end - bytes, field: field, name: name)
  }

  /// The field of that name, or `unknown`.
  func field(named name: UnsafeBufferPointer<UInt8>) -> UInt8 {
    for index in names.indices where names[index].utf8CodeUnitCount == name.count {
      let candidate = UnsafeBufferPointer(start: names[index].utf8Start, count: name.count)
      if candidate.elementsEqual(name) { return UInt8(index) }
    }
    return unknown
  }
}
