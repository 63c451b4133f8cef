/// What is unusual about a part as a file. None of it changes what its close says.
struct PartForm {
  /// A second gzip member begins in the middle.
  var hasTwoMembers = false
  /// The last record has no line feed.
  var lacksLastLineFeed = false
  /// The part begins with a byte order mark.
  var hasByteOrderMark = false
  /// Empty lines follow the last record.
  var endsWithEmptyLines = false
  /// It is gzip without `.gz` in its name.
  var hidesCompression = false
  /// The extensions are in upper case.
  var isUpperCase = false

  /// The usual form.
  init() {}

  /// The form of a part, which changes with tenants, dates and parts.
  init(tenantIndex: Int, dateIndex: Int, index: Int, options: DemoOptions) {
    guard options.plantsDefects else { return }
    let turn = tenantIndex + dateIndex + index
    hasTwoMembers = turn % 3 == 0
    lacksLastLineFeed = turn % 4 == 1
    hasByteOrderMark = turn % 5 == 2
    endsWithEmptyLines = turn % 5 == 2 && !lacksLastLineFeed
    hidesCompression = turn % 7 == 3
    isUpperCase = turn % 6 == 4
  }

  /// The name of a part.
  func name(index: Int, isCompressed: Bool) -> String {
    let isNamedGzip = isCompressed && !hidesCompression
    let ending = isNamedGzip ? ".ndjson.gz" : ".ndjson"
    return "part-\(String(100_000 + index).dropFirst())"
      + (isUpperCase ? ending.uppercased() : ending)
  }
}
