import Digests
import Foundation

/// The styles and scripts embedded in the pages, with their hashes for the security policies.
enum PageAssets {
  /// The style sheet of a close's page.
  static let style = Asset(Templates.reconciliation_css)
  /// The script of a close's page.
  static let script = Asset(Templates.shared_js + Templates.reconciliation_js)
  /// The style sheet of the overview.
  static let overviewStyle = Asset(Templates.reconciliation_css + Templates.overview_css)
  /// The script of the overview.
  static let overviewScript = Asset(
    Templates.shared_js + Templates.overview_js + Templates.overview_calendar_js)

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
