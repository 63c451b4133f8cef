import CLinux
import FileInput
import FoundationEssentials
import Glibc
import SystemPackage

/// What kind of file system a store lies on.
///
/// SQLite relies on locks that hold between processes and on syncs that reach the disk. Network file
/// systems promise one or the other only under conditions that nobody checks at night.
public struct StoreFileSystem: Hashable, Sendable {
  /// What a store there can rely on.
  public enum Kind: Sendable {
    /// Locks and syncs, as far as the disk keeps its word.
    case local
    /// Neither: another machine has the files.
    case network
    /// Locks, but no disk: it is gone with the next start.
    case memory
  }

  /// Its name: `ext4`, `nfs4`, `fuse.sshfs`; of one that has none, its number.
  public let name: String
  /// What a store there can rely on.
  public let kind: Kind

  /// The file system that a path is on, or will be: that of the nearest directory that exists.
  public init(of path: String) {
    let place = FilePath(path).nearestExisting.string
    self.init(magic: tieout_file_system_type(place), mounted: Self.mountedName(of: place))
  }

  /// The file system of a number that statfs gives.
  ///
  /// - Parameter mounted: what the table of mounts calls it, if it is there.
  public init(magic: UInt32, mounted: String?) {
    let known = Self.numbers[magic]
    // Under FUSE lies anything: only the table of mounts knows what.
    name = magic == Self.fuse ? mounted ?? "fuse" : known?.name ?? mounted ?? "type \(magic)"
    if magic == Self.fuse {
      kind = Self.localUnderFUSE.contains(name) ? .local : .network
    } else {
      kind = known?.kind ?? .local
    }
  }

  private static let fuse: UInt32 = 0x6573_5546
  private static let localUnderFUSE: Set = [
    "fuseblk", "fuse.fuse-overlayfs", "fuse.mergerfs", "fuse.gocryptfs", "fuse.encfs",
    "fuse.bindfs", "fuse.ntfs-3g", "fuse.ext2", "fuse.lxcfs",
  ]

  // Source: Linux, include/uapi/linux/magic.h, and the sources of file systems outside of it.
  private static let numbers: [UInt32: (name: String, kind: Kind)] = [
    0x6969: ("nfs", .network), 0x517B: ("smb", .network), 0xFF53_4D42: ("cifs", .network),
    0xFE53_4D42: ("smb2", .network), 0x0102_1997: ("9p", .network), 0x564C: ("ncp", .network),
    0x7375_7245: ("coda", .network), 0x5346_414F: ("afs", .network),
    0x6B41_4653: ("kafs", .network), 0x00C3_6400: ("ceph", .network),
    0x0116_1970: ("gfs2", .network), 0x7461_636F: ("ocfs2", .network),
    0x0BD0_0BD0: ("lustre", .network), 0x1983_0326: ("beegfs", .network),
    0x4750_4653: ("gpfs", .network), 0x786F_4256: ("vboxsf", .network),
    0xEF53: ("ext4", .local), 0x5846_5342: ("xfs", .local), 0x9123_683E: ("btrfs", .local),
    0x2FC1_2FC1: ("zfs", .local), 0xF2F5_2010: ("f2fs", .local), 0x794C_7630: ("overlay", .local),
    0x0102_1994: ("tmpfs", .memory), 0x8584_58F6: ("ramfs", .memory),
  ]

  /// What `/proc/self/mountinfo` calls the file system of a path's device.
  private static func mountedName(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0,
      let table = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    else { return nil }
    // As Linux puts them together in 64 bits.
    let device = UInt64(status.st_dev)
    let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
    let minor = device & 0xFF | (device >> 12) & ~0xFF
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 6, words[2] == "\(major):\(minor)",
        let hyphen = words.firstIndex(of: "-"), hyphen + 1 < words.count
      else { continue }
      return String(words[hyphen + 1])
    }
    return nil
  }

  /// - Throws: `StoreError` if a store at the path would lie on a network file system.
  static func refuseNetwork(_ storePath: String) throws(StoreError) {
    let system = StoreFileSystem(of: storePath)
    guard system.kind == .network else { return }
    throw StoreError(.networkFileSystem, system.refusal(of: storePath))
  }

  /// Why a store cannot be there, and what to do.
  public func refusal(of storePath: String) -> String {
    "\(storePath) lies on a network file system (\(name)), where SQLite's locks and syncs cannot be "
      + "relied on. Put the store on a local disk; tieout backup copies it elsewhere."
  }
}
