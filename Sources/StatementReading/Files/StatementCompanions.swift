/// What banks put beside statements in an archive for people to read: a PDF, an image, a page.
enum StatementCompanions {
  /// The files with a note in place of the finding for each such companion, if the archive has a
  /// statement; otherwise as they are.
  static func excused(_ files: [StatementFile]) -> [StatementFile] {
    guard files.contains(where: { !$0.statements.isEmpty || !$0.notifications.isEmpty }) else {
      return files
    }
    return files.map { file in
      guard let description = file.companion else { return file }
      var contents = StatementContents()
      contents.notes = [
        StatementNote("It is \(description) beside statements; it was passed over.")
      ]
      return StatementFile(name: file.name, format: nil, contents: contents)
    }
  }
}
