import Digests
import Foundation

/// The page's style and script, which are in the page itself, and what its security policy calls them.
enum PageAssets {
  /// The style, and the policy's name for it.
  static let style = Asset(PackageResources.reconciliation_css)
  /// The script, and the policy's name for it.
  static let script = Asset(PackageResources.reconciliation_js)

  struct Asset: Sendable {
    let bytes: [UInt8]
    /// `sha256-…`: the browser applies what has this digest and nothing else.
    let policyName: String

    init(_ content: [UInt8]) {
      bytes = content
      // The element's text begins after the line break that follows its tag, and holds that too.
      let digest = SHA256.hash([UInt8(ascii: "\n")] + content)
      policyName = "sha256-" + Data(digest).base64EncodedString()
    }
  }
}
