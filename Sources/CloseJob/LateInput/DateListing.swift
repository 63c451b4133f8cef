import Digests
import FileInput
import JournalReading
import LedgerDomain
import Reconciliation
import SnapshotStore

/// What the directory of a closed date shows without a part being read.
struct DateListing {
  /// A larger manifest is parsed without its digest being computed.
  private static let manifestBytesMax = 64 << 20

  /// The files other than the manifest, in the order of their names.
  let parts: [ExportedPart]
  /// The parts that the manifest lists; `nil` if it lists none, or is the one that the close read.
  let listed: [ExportedPart]?
  /// What cannot be read; `nil` if nothing.
  let unreadable: PartDifference?

  /// Lists a date's directory.
  ///
  /// - Parameters:
  ///   - closed: what the close of the date read.
  ///   - directory: the tenant's directory.
  ///   - path: the path of the tenant's directory.
  /// - Returns: `nil` if the date has no directory, or only names that do not count.
  init?(
    _ closed: ClosedInput, in directory: borrowing OpenDirectory, path: String, tenant: TenantID,
    layout: ExportLayout
  ) {
    let name = "date=\(closed.date)"
    do throws(ReadingError) {
      guard let listing = try layout.listing(of: closed.date, in: directory, path: path),
        !listing.export.hasOnlyBegun
      else { return nil }
      let export = listing.export
      let unexpected = export.unexpected.map { [ExportedPart(file: $0.file, bytes: nil)] }
      parts =
        zip(export.parts, listing.byteCounts).map { ExportedPart(file: $0.name, bytes: $1) }
        + (unexpected ?? [])
      guard let manifest = export.manifestPath,
        !Self.isManifestOfClose(
          closed, String(decoding: manifest.utf8.dropFirst(path.utf8.count + 1), as: UTF8.self),
          in: directory)
      else {
        (listed, unreadable) = (nil, nil)
        return
      }
      (listed, unreadable) = Self.listedParts(manifest, tenant: tenant, date: closed.date)
    } catch {
      (parts, listed, unreadable) = ([], nil, PartDifference(name, .unreadable))
    }
  }

  private static func listedParts(
    _ path: String, tenant: TenantID, date: BusinessDate
  ) -> ([ExportedPart]?, PartDifference?) {
    do throws(ReadingError) {
      let manifest = try Manifest.read(at: path, tenant: tenant, date: date)
      let parts = manifest.parts?.map {
        ExportedPart(file: $0.file, bytes: $0.bytes, sha256: $0.sha256)
      }
      return (parts, nil)
    } catch {
      return (nil, PartDifference("manifest.json", .unreadable))
    }
  }

  /// Whether the manifest has the digest that was stored at the close.
  private static func isManifestOfClose(
    _ closed: ClosedInput, _ manifest: String, in directory: borrowing OpenDirectory
  ) -> Bool {
    guard case .sha256(let stored) = closed.manifest else { return false }
    do throws(FileError) {
      guard let bytes = try directory.bytes(of: manifest, bytesMax: manifestBytesMax) else {
        return false
      }
      return Hexadecimal.text(SHA256.hash(bytes)) == stored
    } catch {
      return false
    }
  }

  /// How the listing differs from what the close read.
  func differences(from closed: ClosedInput) -> [PartDifference] {
    if let unreadable { return [unreadable] }
    return ExportComparison.differences(closed: closed.parts, present: parts, listed: listed)
  }
}
