#if XLSX
  import Foundation
  import Glibc

  /// A program that a test needs beside the product.
  enum Program {
    struct Failed: Error {
      let program: String
      let errors: String
    }

    static func path(_ name: String) -> String? {
      ["/usr/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    static func run(_ name: String, _ arguments: [String]) throws {
      guard let path = path(name) else {
        throw Failed(program: name, errors: "is not installed: apt-get install \(name)")
      }
      let process = Process()
      let errors = Pipe()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = errors
      try process.run()
      let said = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw Failed(program: name, errors: String(decoding: said, as: UTF8.self))
      }
    }
  }
#endif
