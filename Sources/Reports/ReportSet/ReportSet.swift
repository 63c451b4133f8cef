import CLinux
import FileInput
import Glibc
public import LedgerDomain
import SystemPackage

/// The directory of a close's report files, `<reports>/<tenant>/<business date>`, replaced
/// atomically.
///
/// The files are written to a hidden directory beside it, which is then renamed over it: a reader
/// sees either the complete old set or the complete new one.
public enum ReportSet {
  /// The directory of a close's report set.
  public static func directory(
    below root: String, tenant: TenantID, date: BusinessDate
  ) -> String {
    "\(root)/\(tenant)/\(date)"
  }

  /// Whether the complete set of a close is present.
  ///
  /// The first line of `SHA256SUMS`, the last file written, identifies the close.
  ///
  /// - Parameter reconciliationCount: how many bank reconciliations of the date the set must know; `nil` if
  ///   it may know any number.
  public static func isPresent(
    _ header: CloseHeader, reconciliationCount: Int? = nil, below root: String
  ) -> Bool {
    let set = directory(below: root, tenant: header.tenant, date: header.businessDate)
    guard let file = fopen("\(set)/SHA256SUMS", "r") else { return false }
    defer { fclose(file) }
    let wanted = Array(
      (reconciliationCount.map { firstLine(header, reconciliationCount: $0) }
        ?? identification(header)).utf8)
    var found = [UInt8](repeating: 0, count: wanted.count)
    return fread(&found, 1, wanted.count, file) == wanted.count && found == wanted
  }

  /// Writes the report files of closes and replaces the sets that are there.
  ///
  /// All sets are synced to disk together before the first one is replaced.
  ///
  /// - Parameter options: what the job's settings say about reports.
  public static func write(
    _ records: [CloseRecord], _ options: ReportOptions = ReportOptions(), below root: String
  ) throws(ReportError) {
    try makeDirectories(root)
    for record in records {
      var record = record
      record.tenantName = options.tenantNames[record.header.tenant]
      record.reviewThreshold = options.reviewThreshold
      try writeDraft(of: record, below: root)
    }
    try sync(root)
    for record in records {
      let header = record.header
      try swap(
        draft(of: header, below: root),
        with: directory(below: root, tenant: header.tenant, date: header.businessDate))
    }
  }

  private static func draft(of header: CloseHeader, below root: String) -> String {
    "\(root)/\(header.tenant)/.\(header.businessDate).new"
  }

  private static func writeDraft(
    of record: CloseRecord, below root: String
  ) throws(ReportError) {
    let draft = draft(of: record.header, below: root)
    if mkdir(draft, 0o755) != 0 {
      try makeDirectories("\(root)/\(record.header.tenant)")
      try removeDirectory(draft)
      guard mkdir(draft, 0o755) == 0 else { throw .system(draft) }
    }
    var sums = firstLine(record.header, reconciliationCount: record.reconciliationCount)
    for file in reportFiles {
      var output = try ReportOutput(path: "\(draft)/\(file.name)")
      try file.write(record, to: &output)
      sums += "\(try output.finish())  \(file.name)\n"
    }
    var output = try ReportOutput(path: "\(draft)/SHA256SUMS")
    try output.write(sums)
    _ = try output.finish()
  }

  /// Identifies the close and what was known of the bank; `sha256sum -c` takes it for a comment.
  private static func firstLine(_ header: CloseHeader, reconciliationCount count: Int) -> String {
    identification(header) + (count == 0 ? "\n" : ", bank reconciliation \(count)\n")
  }

  private static func identification(_ header: CloseHeader) -> String {
    "# close \(header.closeID) \(header.chainDigest)"
  }

  private static func swap(_ draft: String, with set: String) throws(ReportError) {
    if tieout_rename_new(draft, set) == 0 { return }
    guard errno == EEXIST || errno == EINVAL || errno == ENOSYS else { throw .system(set) }
    if tieout_rename_exchange(draft, set) == 0 {
      try removeDirectory(draft)
      return
    }
    // This file system cannot exchange two names: there may briefly be no set, but never half of
    // one.
    let old = draft + ".old"
    try removeDirectory(old)
    guard rename(set, old) == 0 || errno == ENOENT, rename(draft, set) == 0 else {
      throw .system(set)
    }
    try removeDirectory(old)
  }

  /// Removes what a killed run left beside a set after replacing it.
  public static func discardDraft(of header: CloseHeader, below root: String) {
    try? removeDirectory(draft(of: header, below: root))
  }

  /// Creates a directory and its missing parents.
  public static func makeDirectories(_ path: String) throws(ReportError) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw .system(path) }
    let parent = FilePath(path).directory
    guard parent != "/", parent != "." else {
      throw ReportError(path: path, reason: Errno.noSuchFileOrDirectory.description)
    }
    try makeDirectories(parent.string)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .system(path) }
  }

  /// Removes the directory of a set with its files; it has no subdirectories.
  private static func removeDirectory(_ path: String) throws(ReportError) {
    guard let directory = opendir(path) else {
      if errno == ENOENT { return }
      throw .system(path)
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      guard unlink("\(path)/\(name)") == 0 else { throw .system("\(path)/\(name)") }
    }
    guard rmdir(path) == 0 else { throw .system(path) }
  }

  /// Syncs the file system of a directory, and so all files and renames below it, in one call.
  public static func sync(_ path: String) throws(ReportError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(path) }
    defer { close(descriptor) }
    guard tieout_sync_file_system(descriptor) == 0 else { throw .system(path) }
  }
}
