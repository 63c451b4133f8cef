public import LedgerDomain

/// What closing a date again changes about its movement.
public enum MovementDiff {
  /// What has to be added to the old movements to get the new ones; sides may be negative.
  ///
  /// A movement that is the same in both is left out. One of a new key stays even if it is zero:
  /// a key has a balance from its first entry on.
  ///
  /// - Parameters:
  ///   - old: in the order of key and effective date.
  ///   - new: in the same order.
  /// - Returns: in the same order.
  public static func between(old: [Movement], new: [Movement]) -> [Movement] {
    var changes: [Movement] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if right == new.count || left < old.count && precedes(old[left], new[right]) {
        changes.append(negated(old[left]))
        left += 1
      } else if left == old.count || precedes(new[right], old[left]) {
        changes.append(new[right])
        right += 1
      } else {
        if old[left].totals != new[right].totals {
          var change = new[right]
          change.totals = change.totals.subtracting(old[left].totals)
          change.lineCount -= old[left].lineCount
          changes.append(change)
        }
        left += 1
        right += 1
      }
    }
    return changes
  }

  private static func precedes(_ left: Movement, _ right: Movement) -> Bool {
    (left.key, left.effectiveDate) < (right.key, right.effectiveDate)
  }

  private static func negated(_ movement: Movement) -> Movement {
    var movement = movement
    movement.totals = DebitCreditTotals.zero.subtracting(movement.totals)
    movement.lineCount = -movement.lineCount
    return movement
  }
}
