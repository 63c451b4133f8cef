import FileInput
import LedgerDomain
import SnapshotStore
import SystemPackage

/// Whether a file system has enough free space for a run.
struct FreeSpaceInspector {
  /// Below this no close can commit: a commit leaves 4 MiB free, and reports need some space.
  private static let bytesMin = 16 << 20
  /// Below this the disk may soon be full.
  private static let bytesWanted = 256 << 20
  private static let filesWanted = 1000

  let path: String
  /// Additional bytes that a run could need.
  let needed: Int

  func inspect(_ subject: String, into inspection: inout Inspection) {
    guard let space = FreeSpace(at: path) else { return }
    let (free, directory) = (space.bytes, FilePath(path).nearestExisting)
    let text = "\(ReadableText.bytes(free)) free at \(directory)"
    let remedy = "Free some space or move it to a larger disk."
    if free < Self.bytesMin {
      inspection.add(subject, .error, text, remedy: remedy)
    } else if free < Self.bytesWanted + needed {
      inspection.add(
        subject, .warning,
        "\(text), less than the recommended \(ReadableText.bytes(Self.bytesWanted + needed))",
        remedy: remedy)
    } else {
      inspection.add(subject, .fine, text)
    }
    if let files = space.files, files < Self.filesWanted {
      inspection.add(
        subject, .warning, "only \(files.counted("more file")) can be created at \(directory)",
        remedy: "Delete files you do not need; old report sets can be rewritten with tieout report."
      )
    }
  }
}
