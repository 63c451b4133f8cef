import Glibc
import Synchronization

/// The memory of all entry registers of a run: reusable chunks, and the directory to spill to past the
/// limit.
public final class EntryChunkPool: Sendable {
  /// Entries in a chunk: 24 KiB.
  static let chunkItems = 1024
  private static let slabBytes = 2 << 20
  private static var chunkBytes: Int { chunkItems * MemoryLayout<EntryRegister.Item>.stride }

  // Each chunk belongs to one register at a time.
  private struct Pool: @unchecked Sendable {
    var free: [EntryRegister.Items] = []
    var slabs: [UnsafeMutableRawPointer] = []
    var chunksInUse = 0
  }

  private let pool = Mutex(Pool())
  private let limit: Int
  /// The directory in which spill files are created.
  let spillDirectory: String

  /// Creates a pool.
  ///
  /// - Parameters:
  ///   - limit: bytes for all registers together.
  ///   - spillDirectory: the directory in which to create spill files.
  public init(limit: Int, spillDirectory: String) {
    self.limit = limit
    self.spillDirectory = spillDirectory
  }

  deinit { pool.withLock { $0.slabs.forEach { free($0) } } }

  var isPastLimit: Bool { isPastLimit(withOther: 0) }

  /// Whether the chunks in use and these other bytes pass the limit.
  func isPastLimit(withOther bytes: Int) -> Bool {
    pool.withLock { $0.chunksInUse } * Self.chunkBytes + bytes > limit
  }

  func allocate() -> EntryRegister.Items {
    pool.withLock { pool in
      pool.chunksInUse += 1
      if pool.free.isEmpty { Self.addSlab(to: &pool) }
      return pool.free.removeLast()
    }
  }

  func release(_ items: EntryRegister.Items) {
    pool.withLock { pool in
      pool.chunksInUse -= 1
      pool.free.append(items)
    }
  }

  /// Adds memory in one huge page, which costs one page fault where small pages cost hundreds.
  private static func addSlab(to pool: inout Pool) {
    var slab: UnsafeMutableRawPointer?
    guard posix_memalign(&slab, slabBytes, slabBytes) == 0, let slab else {
      fatalError("the system has no memory left for the identifiers of a date's entries")
    }
    madvise(slab, slabBytes, MADV_HUGEPAGE)
    pool.slabs.append(slab)
    for index in 0..<(slabBytes / chunkBytes) {
      let chunk = slab + index * chunkBytes
      pool.free.append(chunk.bindMemory(to: EntryRegister.Item.self, capacity: chunkItems))
    }
  }
}
