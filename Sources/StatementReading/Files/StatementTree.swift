import FileInput
import Glibc
import LedgerDomain

/// The files below a tenant's directory of statements.
struct StatementTree {
  private let directory: String

  init(_ directory: String) {
    self.directory = directory
  }

  /// A folder that is still to be listed.
  private struct Folder {
    /// Its path below the directory, with `/` behind it; empty for the directory itself.
    var prefix: String
    var date: BusinessDate?
  }

  func listing() throws(StatementError) -> StatementListing { try listing(opened()) }

  private func opened() throws(StatementError) -> OpenDirectory {
    do throws(FileError) {
      return try OpenDirectory(path: directory)
    } catch {
      throw failure(error, directory)
    }
  }

  private func listing(_ root: borrowing OpenDirectory) throws(StatementError) -> StatementListing {
    var files: [ListedStatement] = []
    var faults: [(name: String, message: String)] = []
    var folders = [Folder(prefix: "", date: nil)]
    while let folder = folders.popLast() {
      for entry in try entries(root, folder) where !isSkipped(entry.name) {
        let name = folder.prefix + entry.name
        if let fault = fault(entry) {
          faults.append((name, fault))
        } else if entry.kind == .directory {
          folders.append(Folder(prefix: name + "/", date: date(entry.name) ?? folder.date))
        } else {
          files.append(
            ListedStatement(
              name: name, path: "\(directory)/\(name)", byteCount: entry.byteCount,
              modifiedNanoseconds: entry.modifiedNanoseconds, folderDate: folder.date))
        }
      }
    }
    files.sort { Self.isBefore($0.name, $1.name) }
    faults.sort { Self.isBefore($0.name, $1.name) }
    return StatementListing(files: files, findings: faults.map(finding))
  }

  /// Whether a name is before another by its bytes; a name has no zero byte.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    left.withCString { left in right.withCString { right in strcmp(left, right) < 0 } }
  }

  private func entries(
    _ root: borrowing OpenDirectory, _ folder: Folder
  ) throws(StatementError) -> [DirectoryEntry] {
    do throws(FileError) {
      return try root.entries(in: folder.prefix.isEmpty ? "." : folder.prefix)
    } catch {
      throw failure(error, folder.prefix.isEmpty ? directory : "\(directory)/\(folder.prefix)")
    }
  }

  private func failure(_ error: FileError, _ directory: String) -> StatementError {
    StatementError(
      error.kind == .open ? .cannotOpen : .cannotRead, file: directory,
      message: "cannot be listed: \(error.reason). Check the path and its permissions.")
  }

  private func isSkipped(_ name: String) -> Bool { name.hasPrefix(".") || name.hasPrefix("_") }

  private func fault(_ entry: DirectoryEntry) -> String? {
    if entry.kind == .link {
      return "is a symbolic link. Put the file itself there, or put _ before its name."
    }
    if entry.kind == .special {
      return "is a named pipe, a socket or a device, not a file. Remove it."
    }
    return entry.isNameValid ? nil : "has a name that is not UTF-8. Rename it."
  }

  private func date(_ name: String) -> BusinessDate? {
    name.hasPrefix("date=") ? BusinessDate(name.dropFirst("date=".count)) : nil
  }

  private func finding(_ fault: (name: String, message: String)) -> Finding {
    var finding = Finding(.statementMalformed, message: "\(fault.name) \(fault.message)")
    finding.file = fault.name
    return finding
  }
}
