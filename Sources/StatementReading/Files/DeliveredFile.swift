import LedgerDomain

/// Reads a file as a bank delivered it: compressed or not, in whatever format.
struct DeliveredFile {
  let mappings: [NamedMapping]
  let date: BusinessDate?
  let limits: StatementLimits
  private let budget: InflationBudget

  private enum Container: String {
    case gzip = "a gzip file"
    case zip = "a zip archive"
  }

  init(mappings: [NamedMapping], date: BusinessDate?, limits: StatementLimits) {
    self.mappings = mappings
    self.date = date
    self.limits = limits
    budget = InflationBudget(bytesMax: limits.documentBytesMax)
  }

  /// The file, or, of an archive, its members.
  func files(_ source: any ByteSource, name: String) throws(StatementError) -> [StatementFile] {
    try files(source, name: name, within: [])
  }

  private func files(
    _ source: any ByteSource, name: String, within outer: [Container]
  ) throws(StatementError) -> [StatementFile] {
    let source = try PeekingSource(source)
    if let fault = source.fault { return [StatementFile(name: name, format: nil, fault: fault)] }
    let head = source.head[...]
    if head.starts(with: GzipSource.magic) {
      if outer.contains(.gzip) { return [nested(.gzip, in: .gzip, name)] }
      return try files(GzipSource(source, budget: budget), name: name, within: outer + [.gzip])
    }
    if ZipArchive.magics.contains(where: { head.starts(with: $0) }) {
      if let last = outer.last { return [nested(.zip, in: last, name)] }
      return try members(of: source, name: name)
    }
    return [try file(source, name: name)]
  }

  private func nested(_ inner: Container, in outer: Container, _ name: String) -> StatementFile {
    StatementFile(
      name: name, format: nil,
      fault: StatementFault(
        "is \(inner.rawValue) within \(outer.rawValue). Have the bank pack statements once."))
  }

  private func members(
    of source: PeekingSource, name: String
  ) throws(StatementError) -> [StatementFile] {
    func refused(_ fault: StatementFault) -> StatementFile {
      StatementFile(name: name, format: nil, fault: fault)
    }
    guard let bytes = try source.rest(bytesMax: limits.tableBytesMax) else {
      return [refused(.tooLarge(limits.tableBytesMax))]
    }
    let archive: ZipArchive
    do throws(StatementFault) {
      archive = try ZipArchive(bytes, bytesMax: limits.documentBytesMax)
    } catch {
      return [refused(error)]
    }
    var files: [StatementFile] = []
    for (memberName, member) in archive.members {
      files += try self.files(of: member, name: "\(name)/\(memberName)")
    }
    return StatementCompanions.excused(files)
  }

  private func files(
    of member: ZipMember, name: String
  ) throws(StatementError) -> [StatementFile] {
    let source: any ByteSource
    do throws(StatementFault) {
      source = try member.source()
    } catch {
      return [StatementFile(name: name, format: nil, fault: error)]
    }
    return try files(source, name: name, within: [.zip])
  }

  /// A file that is not compressed, or no longer.
  private func file(
    _ source: PeekingSource, name: String
  ) throws(StatementError) -> StatementFile {
    let head = source.head[...]
    if let foreign = ForeignContent.of(head) {
      var file = StatementFile(name: name, format: nil, fault: foreign.fault)
      file.companion = foreign.isForPeople ? foreign.description : nil
      return file
    }
    if head.count < PeekingSource.headBytes && StatementHead.text(head).isEmpty {
      return StatementFile(
        name: name, format: nil,
        fault: StatementFault(
          "\(head.isEmpty ? "is empty" : "has nothing but white space"). "
            + "Ask the bank to deliver it again."))
    }
    guard StatementFormatReader.isXML(head) else {
      guard let bytes = try source.rest(bytesMax: limits.tableBytesMax) else {
        return StatementFile(name: name, format: nil, fault: .tooLarge(limits.tableBytesMax))
      }
      if let fault = source.fault { return StatementFile(name: name, format: nil, fault: fault) }
      return formats.file(bytes, name: name)
    }
    let file = try StatementReader.camt053(from: source, name: name, limits: limits)
    if !file.statements.isEmpty || !file.notifications.isEmpty || file.findings.isEmpty {
      // A checksum stands at the end of compressed data, where the parser need not get.
      while try !source.read(bytesMax: 1 << 20).isEmpty {}
    }
    return source.fault.map { StatementFile(name: name, format: file.format, fault: $0) } ?? file
  }

  private var formats: StatementFormatReader {
    StatementFormatReader(mappings: mappings, date: date)
  }
}
