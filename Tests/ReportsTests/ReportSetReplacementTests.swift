import Crypto
import Foundation
import Glibc
import LedgerDomain
import Reports
import Synchronization
import Testing

@Suite("Report set replacement")
struct ReportSetReplacementTests {
  /// Whether the last set was written.
  private final class Writer: Sendable {
    let isFinished = Atomic(false)
  }

  private enum Sight: Equatable {
    /// All files of one close.
    case complete
    /// The directory was taken away while it was read: the name leads to another one now.
    case superseded
    case broken(String)
  }

  @Test("is atomic: a reader always sees all files of one close")
  func replacementIsAtomic() throws {
    let sample = SampleRecord()
    let root = sample.root
    let set = try sample.write(SampleRecord.record(closeID: 1))
    let writer = Writer()
    // A separate thread, so that both run concurrently even if the test runner is busy.
    Thread.detachNewThread {
      defer { writer.isFinished.store(true, ordering: .releasing) }
      for number in 0..<200 as Range<Int64> {
        try? ReportSet.write([SampleRecord.record(closeID: 1 + number % 2)], below: root)
      }
    }
    var sights: [Sight] = []
    while !writer.isFinished.load(ordering: .acquiring) { sights.append(look(at: set)) }
    sights.append(look(at: set))
    #expect(sights.filter { $0 != .complete && $0 != .superseded }.prefix(3).isEmpty)
    #expect(sights.last == .complete)
    #expect(sights.count > 10)
    withExtendedLifetime(sample) {}
  }

  /// Reads a set through one open directory, so that its files are of one set.
  private func look(at set: String) -> Sight {
    let directory = open(set, O_RDONLY | O_DIRECTORY)
    guard directory >= 0 else { return .broken("there is no set") }
    defer { close(directory) }
    guard let sums = read("SHA256SUMS", in: directory) else { return missing(set, directory) }
    let lines = String(decoding: sums, as: UTF8.self).split(separator: "\n").map(String.init)
    for line in lines.dropFirst() {
      let name = line.drop { $0 != " " }.drop { $0 == " " }
      guard let bytes = read(String(name), in: directory) else { return missing(set, directory) }
      let digest = SHA256.hash(data: bytes)
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      if !line.hasPrefix(digest) { return .broken("\(name) does not match SHA256SUMS") }
    }
    return lines.count == reportFiles.count + 1
      ? .complete : .broken("SHA256SUMS has \(lines.count) lines")
  }

  /// A missing file is a failure only if the set is still the current one.
  private func missing(_ set: String, _ directory: Int32) -> Sight {
    var (opened, current) = (stat(), stat())
    guard fstat(directory, &opened) == 0, stat(set, &current) == 0 else {
      return .broken("there is no set")
    }
    return opened.st_ino == current.st_ino && opened.st_nlink > 0
      ? .broken("a file of the current set is missing") : .superseded
  }

  private func read(_ name: String, in directory: Int32) -> [UInt8]? {
    let file = openat(directory, name, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 100_000)
    let count = Glibc.read(file, &bytes, bytes.count)
    return count < 0 ? nil : Array(bytes.prefix(count))
  }
}
