import Glibc
import SnapshotStore
import Synchronization
import Workers

/// Proves the books again and again on a thread of its own, while the server answers.
///
/// It begins when the server starts, when the file has changed, and some time after the last proof. It
/// rests three times as long as it reads.
final class BooksProof: Sendable {
  /// The file as it was when it was last proved.
  private struct Stamp: Equatable {
    let inode: UInt
    let bytes: Int
    let seconds: Int
    let nanoseconds: Int

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      (inode, bytes) = (UInt(status.st_ino), Int(status.st_size))
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  private static let interval = Duration.seconds(600)
  private static let pollMicroseconds: UInt32 = 200_000
  private let books: any BooksRepository
  private let path: String
  private let alarm: DamageAlarm
  private let isStopped = Atomic(false)

  /// - Parameter path: the file whose change begins a proof.
  init(books: any BooksRepository, path: String, alarm: DamageAlarm) {
    (self.books, self.path, self.alarm) = (books, path, alarm)
  }

  /// Starts the thread, which ends soon after `stop`.
  func start() { _ = WorkerThread { self.run() } }

  /// Ends the thread.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  private var goesOn: Bool { !isStopped.load(ordering: .relaxed) }

  private func run() {
    while goesOn {
      let (stamp, faults) = (Stamp(path), alarm.faults)
      do {
        if stamp != nil, try books.prove(pause: pause) { alarm.proved(since: faults) }
      } catch {
        alarm.found(error)
      }
      let end = ContinuousClock.now + Self.interval
      while goesOn && .now < end && Stamp(path) == stamp { usleep(Self.pollMicroseconds) }
      // Closes of one run follow each other.
      if goesOn { usleep(Self.pollMicroseconds) }
    }
  }

  private func pause(after time: Duration) -> Bool {
    usleep(UInt32(clamping: Int(time * 3 / .microseconds(1))))
    return goesOn
  }
}
