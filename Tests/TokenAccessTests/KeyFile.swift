import Foundation
import Synchronization
import TestSupport

@testable import TokenAccess

/// A key set in a file of its own, and a ring that reads it.
final class KeyFile: Sendable {
  let path = NSTemporaryDirectory() + "tieout-keys-" + UUID().uuidString + ".json"
  private let events = Mutex<[String]>([])

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  func ring(_ timing: KeySetCache.Timing = .init()) throws -> KeySetCache {
    KeySetCache(source: try KeySource(path), timing: timing) { event in
      let word =
        switch event {
        case .changed(let count, let leftOut): "changed \(count) \(leftOut.count)"
        case .unchanged: "unchanged"
        case .failed: "failed"
        }
      self.events.withLock { $0.append(word) }
    }
  }

  var noted: [String] { events.withLock { $0 } }
}
