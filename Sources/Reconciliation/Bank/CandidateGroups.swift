import LedgerDomain

/// Decides between groups of items that could each be a match.
struct CandidateGroups {
  private struct Group {
    let members: [Int]
    let reference: String?
  }

  private var groups: [Group] = []
  private var known: Set<[Int]> = []

  /// Adds a group of items; one of the same items counts once.
  mutating func add(_ members: [Int], reference: String?) {
    let members = members.sorted()
    if known.insert(members).inserted {
      groups.append(Group(members: members, reference: reference))
    }
  }

  /// Makes a group a match unless it shares items with another one that does not contain it.
  ///
  /// - Returns: the groups that contradict each other, and whether any match was made.
  /// - Complexity: O(*n*), if each item is in few groups.
  func resolve(
    _ state: inout MatchingState, _ rule: BankMatchRule
  ) -> (conflicts: [[Int]], hasMatched: Bool) {
    var groupsOfItem: [Int: [Int]] = [:]
    for (number, group) in groups.enumerated() {
      for member in group.members { groupsOfItem[member, default: []].append(number) }
    }
    let accepted = groups.filter { isFree($0, groupsOfItem) }
    for group in accepted { state.match(group.members, rule, reference: group.reference) }
    let conflicts = groups.filter { $0.members.allSatisfy(state.isOpen) }
    return (conflicts.map(\.members), !accepted.isEmpty)
  }

  /// Whether every group that has one of its items has them all.
  private func isFree(_ group: Group, _ groupsOfItem: [Int: [Int]]) -> Bool {
    let first = groupsOfItem[group.members[0]]
    return group.members.allSatisfy { groupsOfItem[$0] == first }
  }
}
