import Foundation
import GRDB
import SnapshotStore

/// A store in a temporary directory of its own, removed when the object is.
final class StoreFile {
  let directory: String
  var path: String { directory + "/books.sqlite" }

  init() throws {
    directory = NSTemporaryDirectory() + "tieout-store-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// A copy of the file in a directory of its own.
  func copy() throws -> StoreFile {
    let copy = try StoreFile()
    try FileManager.default.copyItem(atPath: path, toPath: copy.path)
    return copy
  }

  func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  func write(_ bytes: Data) throws { try bytes.write(to: URL(fileURLWithPath: path)) }

  /// Opens the store and does something with its books.
  func open<Outcome>(_ body: (BookWriter) throws -> Outcome) throws -> Outcome {
    try BookStore(writingTo: path).write(body)
  }

  func read<Outcome>(_ body: (BookReader) throws -> Outcome) throws -> Outcome {
    try BookStore(readingFrom: path).read(body)
  }

  /// Changes the file behind the store's back.
  func tamper(_ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = OFF; " + sql)
    }
  }

  /// The rows of a query, each as its values with a bar between them.
  func rows(_ sql: String) throws -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { value in
          value.isNull ? "" : String.fromDatabaseValue(value) ?? "\(value)"
        }.joined(separator: "|")
      }
    }
  }

  /// The code of the error that opening the store gives; `nil` if it opens.
  func refusal(writing: Bool) -> StoreError.Code? {
    do {
      _ = try writing ? BookStore(writingTo: path) : BookStore(readingFrom: path)
      return nil
    } catch {
      return (error as? StoreError)?.code
    }
  }
}
