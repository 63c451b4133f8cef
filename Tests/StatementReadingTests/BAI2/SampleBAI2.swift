import LedgerDomain

@testable import StatementReading

/// A short BAI2 file whose pieces a test can replace.
enum SampleBAI2 {
  static let text = """
    01,BANK,CLIENT,260401,0215,1,,,2/
    02,CLIENT,BANK,1,260331,,USD,2/
    03,A1,,010,1000,,,015,1300,,/
    16,165,500,,B-1,C-1,RENT
    16,475,200,,B-2,0000104711,/
    49,3000,4/
    03,A2,,015,70,,/
    49,70,2/
    98,3070,2,8/
    99,3070,1,10/
    """

  /// The file with one piece, which must be in it, replaced everywhere.
  static func with(_ replacements: (piece: String, replacement: String)...) -> String {
    var result = text
    for (piece, replacement) in replacements {
      precondition(result.contains(piece), "there is no \(piece)")
      result = result.split(separator: piece, omittingEmptySubsequences: false).joined(
        separator: replacement)
    }
    return result
  }

  static func read(_ text: String) -> StatementFile {
    StatementFile(
      name: "bank.bai", format: .bai2,
      contents: BAI2Reader.contents(of: Array(text.utf8), name: "bank.bai"))
  }
}
