/// Disjoint sets of items, merged by union–find.
struct DisjointSets {
  private var parents: [Int]
  private var counts: [Int]

  init(count: Int) {
    parents = Array(0..<count)
    counts = Array(repeating: 1, count: count)
  }

  /// The first item of the set that contains this one.
  mutating func root(of item: Int) -> Int {
    var current = item
    while parents[current] != current {
      parents[current] = parents[parents[current]]
      current = parents[current]
    }
    return current
  }

  /// How many items are in the set that contains this one.
  mutating func count(of item: Int) -> Int { counts[root(of: item)] }

  mutating func union(_ left: Int, _ right: Int) {
    let roots = (root(of: left), root(of: right))
    guard roots.0 != roots.1 else { return }
    let (kept, merged) = (min(roots.0, roots.1), max(roots.0, roots.1))
    parents[merged] = kept
    counts[kept] += counts[merged]
  }

  /// The sets among these items, each in their order, in the order of their first items.
  mutating func sets(of items: [Int]) -> [[Int]] {
    var positions: [Int: Int] = [:]
    var sets: [[Int]] = []
    for item in items {
      let root = root(of: item)
      if let position = positions[root] {
        sets[position].append(item)
      } else {
        positions[root] = sets.count
        sets.append([item])
      }
    }
    return sets
  }
}
