import Foundation
import Synchronization
import TestSupport

@testable import TokenAccess

/// A key set in a temporary file, and caches that read it.
final class KeyFile: Sendable {
  let path = NSTemporaryDirectory() + "tieout-keys-" + UUID().uuidString + ".json"
  private let events = Mutex<[String]>([])

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  func cache(_ timing: KeySetCache.Timing = .init()) throws -> KeySetCache {
    KeySetCache(source: try KeySource(path), timing: timing) { event in
      let description =
        switch event {
        case .changed(let count, let skipped): "changed \(count) \(skipped.count)"
        case .unchanged: "unchanged"
        case .failed: "failed"
        }
      self.events.withLock { $0.append(description) }
    }
  }

  var recordedEvents: [String] { events.withLock { $0 } }
}
