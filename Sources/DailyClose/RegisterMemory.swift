import Glibc
import Workers

/// The memory of all registers of a run, in chunks that are used again, and where entries go when it
/// is too much.
public final class RegisterMemory: Sendable {
  /// Entries in a chunk: 24 KiB.
  static let chunkItems = 1024
  private static let slabBytes = 2 << 20
  private static var chunkBytes: Int { chunkItems * MemoryLayout<EntryRegister.Item>.stride }

  // The pointers are handed to one register at a time.
  private struct Pool: @unchecked Sendable {
    var free: [EntryRegister.Items] = []
    var slabs: [UnsafeMutableRawPointer] = []
    var chunksInUse = 0
  }

  private let pool = Monitor(Pool())
  private let limit: Int
  /// The directory of the files that entries are put aside in.
  let spillDirectory: String

  /// A limit in bytes for all registers together.
  public init(limit: Int, spillDirectory: String) {
    self.limit = limit
    self.spillDirectory = spillDirectory
  }

  deinit { pool.change { $0.slabs.forEach { free($0) } } }

  var isPastLimit: Bool { pool.change { $0.chunksInUse } * Self.chunkBytes > limit }

  func take() -> EntryRegister.Items {
    pool.change { pool in
      pool.chunksInUse += 1
      if pool.free.isEmpty { Self.addSlab(to: &pool) }
      return pool.free.removeLast()
    }
  }

  func giveBack(_ items: EntryRegister.Items) {
    pool.change { pool in
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
