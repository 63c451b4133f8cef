import CLinux
import FileInput
import FoundationEssentials
import Glibc
import SystemPackage

/// The file system that holds a store.
///
/// SQLite relies on locks between processes and on syncs that reach the disk. A network file system
/// guarantees them only under conditions that Tieout cannot check.
public struct StoreFileSystem: Hashable, Sendable {
  /// The guarantees of a file system.
  public enum Kind: Sendable {
    /// A local disk: locks and syncs work.
    case local
    /// Files on another machine: neither locks nor syncs are reliable.
    case network
    /// Main memory: locks work, but the files do not survive a restart.
    case memory
  }

  /// The name, such as `ext4`, `nfs4` or `fuse.sshfs`; the magic number if it has no known name.
  public let name: String
  /// The guarantees it gives.
  public let kind: Kind

  /// The file system of a path; for a path that does not exist, that of its nearest existing directory.
  public init(of path: String) {
    let existing = FilePath(path).nearestExisting.string
    self.init(
      magic: tieout_file_system_type(existing), mounted: Self.mountedName(of: existing))
  }

  /// The file system with a magic number, as returned by statfs.
  ///
  /// - Parameters:
  ///   - magic: the magic number.
  ///   - mounted: its name in the mount table, if listed.
  public init(magic: UInt32, mounted: String?) {
    let known = Self.numbers[magic]
    // FUSE can be backed by anything: only the mount table names it.
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

  // Source: Linux, include/uapi/linux/magic.h, and the sources of out-of-tree file systems.
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

  /// The name of the file system of a path's device in `/proc/self/mountinfo`.
  private static func mountedName(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0,
      let table = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    else { return nil }
    // The layout of Linux's 64-bit dev_t.
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

  /// - Throws: `StoreError` with `network_file_system` if the path is on a network file system.
  static func refuseNetwork(_ storePath: String) throws(StoreError) {
    let system = StoreFileSystem(of: storePath)
    guard system.kind == .network else { return }
    throw StoreError(.networkFileSystem, system.refusal(of: storePath))
  }

  /// The message for a store that cannot be there, with what to do.
  public func refusal(of storePath: String) -> String {
    "\(storePath) is on a network file system (\(name)), where SQLite's locks and syncs are "
      + "unreliable. Move the store to a local disk; tieout backup can copy it elsewhere."
  }
}
