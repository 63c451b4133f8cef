/// Finds the known word that a misspelt one most likely stands for.
enum SpellingSuggestion {
  /// The closest of some words; `nil` if none is close.
  ///
  ///     SpellingSuggestion.closest(to: "locked_thru", among: ["locked_through", "store"])  // "locked_through"
  static func closest(to text: String, among words: [String]) -> String? {
    let candidates = words.map { (word: $0, distance: distance(text, $0)) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(2, best.word.count / 3) ? best.word : nil
  }

  /// How many letters have to be added, left out or changed to get from one text to the other.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
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
