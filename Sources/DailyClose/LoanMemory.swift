import Workers

/// The memory that sorting the loans of a run may take, and where they go when it is too much.
public final class LoanMemory: Sendable {
  /// Bytes taken by all sorters of the run.
  private let taken = Monitor(0)
  private let limit: Int
  /// The directory of the files that loans are put aside in.
  let spillDirectory: String

  /// A limit in bytes for all sorters together; 64 MiB unless said otherwise.
  public init(limit: Int = 64 << 20, spillDirectory: String) {
    self.limit = limit
    self.spillDirectory = spillDirectory
  }

  /// What one sorter may take at most, so that several find room.
  var sorterLimit: Int { limit / 4 }

  var isPastLimit: Bool { taken.change { $0 } > limit }

  /// Takes so many bytes more.
  ///
  /// - Parameter isNeeded: whether they are taken even past the limit.
  /// - Returns: whether they were taken.
  func take(_ bytes: Int, isNeeded: Bool) -> Bool {
    taken.change { taken in
      guard isNeeded || taken + bytes <= limit else { return false }
      taken += bytes
      return true
    }
  }

  func giveBack(_ bytes: Int) { taken.change { $0 -= bytes } }
}
