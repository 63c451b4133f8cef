/// Cuts a text into rows of cells.
struct DelimitedTextParser {
  let bytes: [UInt8]
  let delimiter: UInt8
  private var position = 0
  private var line = 1

  init(bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func records() throws(DelimitedTextFault) -> [DelimitedRecord] {
    var records: [DelimitedRecord] = []
    while position < bytes.count {
      if let record = try record() { records.append(record) }
    }
    return records
  }

  private mutating func record() throws(DelimitedTextFault) -> DelimitedRecord? {
    let firstLine = line
    var cells: [String] = []
    while true {
      cells.append(try cell())
      guard position < bytes.count, bytes[position] == delimiter else { break }
      position += 1
    }
    if position < bytes.count && bytes[position] == 0x0D { position += 1 }
    if position < bytes.count {
      guard bytes[position] == 0x0A else {
        throw fault(line, "has text behind a closing quote or a stray CR")
      }
      position += 1
      line += 1
    }
    return cells == [""] ? nil : DelimitedRecord(line: firstLine, cells: cells)
  }

  private mutating func cell() throws(DelimitedTextFault) -> String {
    var content: [UInt8] = []
    if position < bytes.count && bytes[position] == UInt8(ascii: "\"") {
      content = try quotedCell()
    } else {
      while position < bytes.count, bytes[position] != delimiter,
        bytes[position] != 0x0A, bytes[position] != 0x0D
      {
        if bytes[position] == UInt8(ascii: "\"") {
          throw fault(line, "has a quote inside a cell that is not quoted")
        }
        content.append(bytes[position])
        position += 1
      }
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw fault(line, "is not UTF-8")
    }
    // What is stored of a text ends at its first NUL, and would not have its digest any more.
    guard !content.contains(0) else { throw fault(line, "has a NUL character") }
    return text
  }

  private mutating func quotedCell() throws(DelimitedTextFault) -> [UInt8] {
    let firstLine = line
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return content }
        position += 1
      } else if byte == 0x0A {
        line += 1
      }
      content.append(byte)
    }
    throw fault(firstLine, "opens a quote that is never closed")
  }

  private func fault(_ line: Int, _ message: String) -> DelimitedTextFault {
    DelimitedTextFault(line: line, message: message)
  }
}
