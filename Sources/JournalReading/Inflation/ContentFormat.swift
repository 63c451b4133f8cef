/// A format of files that are taken for parts by mistake, told by its magic number.
struct ContentFormat {
  /// What a file of this format is, as in “is a zip archive”.
  let description: String
  let magic: [UInt8]

  static let gzip = ContentFormat(description: "compressed with gzip twice", magic: [0x1F, 0x8B])

  /// The formats, each with what can be said of a part once it is inflated.
  static let all = [
    gzip,
    ContentFormat(description: "a zip archive", magic: [0x50, 0x4B, 0x03, 0x04]),
    ContentFormat(description: "an empty zip archive", magic: [0x50, 0x4B, 0x05, 0x06]),
    ContentFormat(description: "compressed with zstd", magic: [0x28, 0xB5, 0x2F, 0xFD]),
    ContentFormat(
      description: "compressed with xz", magic: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    ContentFormat(description: "compressed with bzip2", magic: Array("BZh".utf8)),
    ContentFormat(description: "compressed with lz4", magic: [0x04, 0x22, 0x4D, 0x18]),
    ContentFormat(description: "a Parquet file", magic: Array("PAR1".utf8)),
    ContentFormat(description: "an Avro file", magic: Array("Obj\u{1}".utf8)),
    ContentFormat(
      description: "an SQLite database", magic: Array("SQLite format 3\0".utf8)),
  ]
}
