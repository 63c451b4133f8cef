/// Whether a file system has room for what a run is going to write.
struct FreeRoom {
  /// Below this nothing can be committed: a commit keeps 4 MiB free, and reports want some.
  private static let bytesMin = 16 << 20
  /// Below this somebody should look.
  private static let bytesWanted = 256 << 20
  private static let filesWanted = 1000

  let path: String
  /// Bytes that a run could want beside.
  let needed: Int

  func examine(_ subject: String, into inspection: inout Inspection) {
    let place = FileInfo(path: path)
    guard let free = place.freeBytes else { return }
    let text = "\(LogText.bytes(free)) free at \(place.nearest.path)"
    let remedy = "Make room, or put it on a larger disk."
    if free < Self.bytesMin {
      inspection.add(subject, .failure, text, remedy: remedy)
    } else if free < Self.bytesWanted + needed {
      inspection.add(
        subject, .warning,
        "\(text), less than the \(LogText.bytes(Self.bytesWanted + needed)) that are wise",
        remedy: remedy)
    } else {
      inspection.add(subject, .fine, text)
    }
    if let files = place.freeFiles, files < Self.filesWanted {
      inspection.add(
        subject, .warning, "only \(files) files can still be made at \(place.nearest.path)",
        remedy: "Remove files that are not needed; old report sets can be written again.")
    }
  }
}
