import Foundation
import SnapshotStore
import Testing

@Suite("The file system of a store")
struct StoreFileSystemTests {
  @Test(
    "is identified by its magic number, and under FUSE by the mount table",
    arguments: [
      (0x6969, "nfs4", "nfs", .network), (0xFF53_4D42, "cifs", "cifs", .network),
      (0xFE53_4D42, nil, "smb2", .network), (0x0102_1997, "9p", "9p", .network),
      (0x00C3_6400, "ceph", "ceph", .network), (0x6573_5546, "fuse.sshfs", "fuse.sshfs", .network),
      (0x6573_5546, "virtiofs", "virtiofs", .network), (0x6573_5546, nil, "fuse", .network),
      (0x6573_5546, "fuseblk", "fuseblk", .local), (0xEF53, "ext4", "ext4", .local),
      (0x5846_5342, "xfs", "xfs", .local), (0x794C_7630, nil, "overlay", .local),
      (0x0102_1994, "tmpfs", "tmpfs", .memory), (0x1234_5678, "newfs", "newfs", .local),
    ] as [(UInt32, String?, String, StoreFileSystem.Kind)])
  func kindFollowsFromMagicAndMount(
    magic: UInt32, mounted: String?, name: String, kind: StoreFileSystem.Kind
  ) {
    let system = StoreFileSystem(magic: magic, mounted: mounted)
    #expect(system.name == name)
    #expect(system.kind == kind)
  }

  @Test("is that of the nearest existing directory")
  func missingPathUsesNearestDirectory() {
    let proc = StoreFileSystem(of: "/proc/self/nowhere/at/all.sqlite")
    #expect(proc.name == "proc")
    #expect(StoreFileSystem(of: "books.sqlite") == StoreFileSystem(of: "."))
  }
}
