import Digests
import Foundation

/// The style and script embedded in the page, with their hashes for its security policy.
enum PageAssets {
  /// The style sheet.
  static let style = Asset(Templates.reconciliation_css)
  /// The script.
  static let script = Asset(Templates.reconciliation_js)

  struct Asset: Sendable {
    let bytes: [UInt8]
    /// `sha256-…`: the browser applies only content with this hash.
    let policyHash: String

    init(_ content: String) {
      bytes = Array(content.utf8)
      // The element's text includes the line break after its start tag.
      let digest = SHA256.hash([UInt8(ascii: "\n")] + bytes)
      policyHash = "sha256-" + Data(digest).base64EncodedString()
    }
  }
}
