import Foundation

/// How far a campaign goes: little by default, as far as variables of the environment say.
enum CampaignSize {
  /// What every random choice comes from: `TIEOUT_SEED`.
  static let seed = UInt64(number("TIEOUT_SEED", otherwise: 1))

  static func number(_ variable: String, otherwise usual: Int) -> Int {
    let text = ProcessInfo.processInfo.environment[variable] ?? ""
    return text == "all" ? .max : Int(text) ?? usual
  }

  /// Tells a campaign's figures, beside what the tests say.
  static func say(_ text: String) {
    FileHandle.standardError.write(Data("campaign: \(text)\n".utf8))
  }
}
