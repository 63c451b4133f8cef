/// Finds the known word that a misspelt one most likely stands for.
public enum SpellingSuggestion {
  /// The closest of some words; `nil` if none is close.
  ///
  ///     SpellingSuggestion.closest(to: "locked_thru", among: ["locked_through", "store"])  // "locked_through"
  static func closest(to text: String, among words: [String]) -> String? {
    let candidates = words.map { (word: $0, distance: distance(text, $0)) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
    return isClose(best.distance, best.word) ? best.word : nil
  }

  /// The closest of some words, the closest first: also those that contain the text, or that it contains.
  public static func closest(to text: String, among words: [String], count: Int) -> [String] {
    let candidates = words.enumerated().compactMap { index, word -> (Int, Int, String)? in
      let distance = distance(text, word)
      let isPart = text.count > 2 && (word.contains(text) || text.contains(word))
      return isPart || isClose(distance, word) ? (distance, index, word) : nil
    }
    return candidates.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(count).map(\.2)
  }

  private static func isClose(_ distance: Int, _ word: String) -> Bool {
    distance <= max(2, word.count / 3)
  }

  /// How many letters have to be added, left out or changed to get from one text to the other.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.prefix(200)), Array(right))
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
